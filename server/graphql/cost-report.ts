import type { ApolloServerPlugin, BaseContext } from '@apollo/server';

/** Tells with every answer what it cost and what the client has left, as `extensions.cost`. */
export function costReport<Context extends BaseContext>(
  report: (context: Context) => object,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const extensions = { ...singleResult.extensions, cost: report(contextValue) };
          // Not in place: an answer about the schema is kept for others.
          response.body = { kind: 'single', singleResult: { ...singleResult, extensions } };
        },
      };
    },
  };
}
