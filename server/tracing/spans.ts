import { type Attributes, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

// Until `startTracing` is called the tracer makes nothing.
const tracer = trace.getTracer('armoire');

/** A part of a request's work as a span. Work that no request waits for has none. */
export async function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()) return work();
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A part that has just ended, after so many milliseconds. */
export function noteSpan(name: string, milliseconds: number): void {
  if (!trace.getActiveSpan()) return;
  tracer.startSpan(name, { startTime: Date.now() - milliseconds }).end();
}

/** The span of a whole request, as a child of the active context's. */
export function startRequestSpan(method: string, path: string): Span {
  // The names of OpenTelemetry's semantic conventions for HTTP.
  const attributes = { 'http.request.method': method, 'url.path': path };
  return tracer.startSpan(method, { kind: SpanKind.SERVER, attributes });
}
