import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { retryOf } from '../errors/status.ts';

/**
 * RATE_LIMITED, BUSY and UNAVAILABLE have HTTP's own status and say when to come again, so that clients and proxies that
 * know no GraphQL wait. An answer that has some data stays 200.
 */
export const httpStatus: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { http, body } }) {
        if (body.kind !== 'single') return;
        const { data, errors } = body.singleResult;
        const retry = errors?.map(({ extensions }) => retryOf(extensions)).find((found) => found !== null);
        if (!retry) return;
        http.headers.set('retry-after', retry.seconds);
        if (!data || Object.values(data).every((value) => value === null)) http.status = retry.status;
      },
    };
  },
};
