import http from 'node:http';
import https from 'node:https';
import type { Request, RequestHandler, Response } from 'express';
import { createProxyServer } from 'httpxy';
import { currentRequest } from '../log.ts';
import { forwardedFor } from './forwarded-for.ts';

const RETRY_AFTER_SECONDS = 5;
/**
 * Headers about the connection to the client: RFC 9110, 7.6.1. Node refuses to send a `Trailer` without chunks, and
 * httpxy then never answers.
 */
const OF_CONNECTION = ['keep-alive', 'proxy-connection', 'te', 'trailer'] as const;

/** Whoever asks for the API's health wants to know soon, as from the API itself. */
const HEALTH_WITHIN_MS = 5000;

export interface ApiProxy {
  readonly handle: RequestHandler;
  /** Ends the streams that would otherwise go on as long as an import does. */
  endStreams(): void;
}

/** Streams requests to the API and its responses back, so that no size of them takes memory here. */
export function proxyTo(api: URL, healthWithinMs = HEALTH_WITHIN_MS): ApiProxy {
  const proxy = createProxyServer({
    target: api,
    // A connection for each request: one that was kept might be closed by the API just as it is used again. Without a
    // bound, because every open event stream has one.
    agent: new (api.protocol === 'https:' ? https : http).Agent({ keepAlive: false }),
  });
  const streams = new Set<http.ServerResponse>();
  proxy.on('proxyRes', (answer, _, response) => {
    // These are about the connection to the API, not about the client's.
    delete answer.headers.connection;
    delete answer.headers['keep-alive'];
    if (!answer.headers['content-type']?.startsWith('text/event-stream')) return;
    const stream = response as http.ServerResponse;
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
  });
  return {
    async handle(request, response) {
      for (const name of OF_CONNECTION) delete request.headers[name];
      request.headers['x-forwarded-for'] = forwardedFor(request);
      // The API takes this process's word, which is no client's.
      const id = currentRequest.getStore();
      if (id === undefined) delete request.headers['x-request-id'];
      else request.headers['x-request-id'] = id;
      // HTTP/1.0 has no host.
      if (request.headers.host !== undefined) request.headers['x-forwarded-host'] ??= request.headers.host;
      try {
        await proxy.web(
          request,
          response,
          request.path === '/healthz' ? { proxyTimeout: healthWithinMs } : {},
        );
      } catch (error) {
        refuse(request, response, error as NodeJS.ErrnoException);
      }
    },
    endStreams() {
      for (const stream of streams) stream.end();
    },
  };
}

function refuse(request: Request, response: Response, error: NodeJS.ErrnoException): void {
  // A client that hangs up is no fault, nor is an API that has answered before it had all of the request.
  if (response.destroyed || response.headersSent) return;
  console.error(`The API cannot be reached: ${error.message || error.code}`);
  // What was on its way to the API would stay before the next request of this connection.
  request.unpipe().resume();
  const message = 'Armoire is starting, or cannot be reached. Try again in a moment.';
  const extensions = { code: 'UNAVAILABLE', retryAfter: RETRY_AFTER_SECONDS };
  response
    .status(503)
    .set({ 'Retry-After': String(RETRY_AFTER_SECONDS), 'Cache-Control': 'no-store' })
    .json({ errors: [{ message, extensions }] });
}
