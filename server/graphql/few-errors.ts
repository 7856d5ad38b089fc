import type { ApolloServerPlugin, BaseContext } from '@apollo/server';

/** Of a request that is refused as a whole: enough to mend it by. graphql-js would list a hundred, many times the request. */
export const MOST_ERRORS = 10;

/** An operation that ran has at most one error per field, and clients find each by its path: these stay. */
export const fewErrors: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const { data, errors = [] } = singleResult;
        if (data !== undefined || errors.length <= MOST_ERRORS) return;
        const message = `Too many errors: the first ${MOST_ERRORS} are listed.`;
        const { code } = errors[0]!.extensions ?? {};
        const told = [...errors.slice(0, MOST_ERRORS), { message, extensions: { code } }];
        response.body = { kind: 'single', singleResult: { ...singleResult, errors: told } };
      },
    };
  },
};
