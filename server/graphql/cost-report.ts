import type { ApolloServerPlugin, BaseContext } from '@apollo/server';

/** Tells with every answer what it cost and what the client has left, as `extensions.cost`. */
export function costReport<Context extends BaseContext>(
  report: (context: Context) => Promise<object>,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const cost = await report(contextValue);
          // Other plugins may have replaced it meanwhile.
          const { singleResult } = response.body;
          const extensions = { ...singleResult.extensions, cost };
          // Not in place: an answer about the schema is kept for others.
          response.body = { kind: 'single', singleResult: { ...singleResult, extensions } };
        },
      };
    },
  };
}
