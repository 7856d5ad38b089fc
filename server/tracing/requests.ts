import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { startRequestSpan } from './spans.ts';

/** Of a path, in characters. */
const MAX_PATH = 300;

/** Makes each request a span, within the trace that `traceparent` names. */
export const traceRequests: RequestHandler = ({ method, path, headers }, response, next) => {
  context.with(propagation.extract(context.active(), headers), () => {
    const span = startRequestSpan(method, path.slice(0, MAX_PATH));
    response.once('close', () => {
      span.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(context.active(), span), next);
  });
};

/** Names the span of a request by its operation: its type, and the first field that it asks for. */
export const traceOperations: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (!operation) return;
        const [first] = operation.selectionSet.selections;
        const field = first?.kind === 'Field' ? first.name.value : 'fragment';
        const span = trace.getActiveSpan();
        span?.updateName(`${operation.operation} ${field}`);
        span?.setAttribute('graphql.operation.type', operation.operation);
      },
    };
  },
};
