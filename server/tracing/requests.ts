import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { shortPath } from '../log.ts';
import { startRequestSpan } from './spans.ts';

/** Makes each request a span, within the trace that `traceparent` names. */
export const traceRequests: RequestHandler = ({ method, path, headers }, response, next) => {
  context.with(propagation.extract(context.active(), headers), () => {
    const span = startRequestSpan(method, shortPath(path));
    response.once('close', () => {
      span.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(context.active(), span), next);
  });
};
