import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { trace } from '@opentelemetry/api';
import { firstField } from './first-field.ts';

/** Names the span of a request by its operation: its type, and the first field that it asks for. */
export const traceOperations: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (!operation) return;
        const span = trace.getActiveSpan();
        span?.updateName(`${operation.operation} ${firstField(operation)}`);
        span?.setAttribute('graphql.operation.type', operation.operation);
      },
    };
  },
};
