import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCodeName } from '../errors/codes.ts';
import { own } from '../vocabulary/own.ts';
import { watchArriving } from './arriving.ts';
import { closeInStages } from './close-in-stages.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Of one event of a response: a pipeline alone takes seven. Node warns of a leak beyond ten. */
const MOST_LISTENERS = 30;

/** How often Node looks for requests that take too long. */
const CHECK_MS = 1000;

const REFUSALS: Readonly<Record<string, { status: string; code: ErrorCodeName; message: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'REQUEST_TIMEOUT',
    message: 'The request took too long to arrive.',
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'BAD_REQUEST',
    message: 'The headers are too long.',
  },
};
const MALFORMED = { status: '400 Bad Request', code: 'BAD_REQUEST', message: 'This is not HTTP.' };

export interface HttpServer extends Server {
  /** At a stop: ends the requests of which half has arrived, once they have had a few seconds. */
  endArriving(withinMs?: number): void;
}

/**
 * A server that works on one request of a connection at a time, ends requests that do not arrive in time, and refuses what is
 * not HTTP in GraphQL's own shape.
 */
export function openHttp(listener: RequestListener, requestMs: number): HttpServer {
  const options = {
    requestTimeout: requestMs,
    headersTimeout: Math.min(requestMs, 60_000),
    connectionsCheckingInterval: CHECK_MS,
  };
  const server = createServer(options, oneAtATime(listener))
    .on('clientError', refuse)
    .prependListener('request', (request, response) => {
      closeInStages(request);
      response.setMaxListeners(MOST_LISTENERS);
    });
  return Object.assign(server, { endArriving: watchArriving(server) });
}

function refuse(
  error: NodeJS.ErrnoException,
  socket: Duplex & { _httpMessage?: { headersSent: boolean } },
): void {
  // Half an answer must not be followed by another one.
  if (!socket.writable || socket._httpMessage?.headersSent) return void socket.destroy();
  const { status, code, message } = own(REFUSALS, error.code ?? '') ?? MALFORMED;
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
