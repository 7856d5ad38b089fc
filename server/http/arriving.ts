import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCodeName } from '../errors/codes.ts';

/** How long what is arriving may take at a stop. */
const ARRIVE_MS = 5000;
const LOOK_MS = 1000;
const RETRY_AFTER_SECONDS = 5;

type Exchange = [request: IncomingMessage, response: ServerResponse];

/**
 * Returns what a server that stops calls: connections on which nothing but the rest of a request is awaited are ended within
 * a few seconds. A client that sends half a request would otherwise keep the server from stopping.
 */
export function watchArriving(server: Server): (withinMs?: number) => void {
  const open = new Map<Socket, Set<Exchange>>();
  server.on('connection', (socket: Socket) => {
    open.set(socket, new Set());
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (...exchange: Exchange) => {
    const [{ socket }, response] = exchange;
    open.get(socket)?.add(exchange);
    response.once('close', () => open.get(socket)?.delete(exchange));
  });

  function look(): void {
    for (const [socket, exchanges] of open) {
      // Whoever has sent a whole request gets its answer.
      if ([...exchanges].some(([request]) => request.complete)) continue;
      const [first] = exchanges;
      if (first && !first[1].headersSent) refuse(first[1]);
      else socket.destroy();
    }
  }

  return (withinMs = ARRIVE_MS) => {
    const begin = setTimeout(() => {
      look();
      const looking = setInterval(look, LOOK_MS).unref();
      server.once('close', () => clearInterval(looking));
    }, withinMs).unref();
    server.once('close', () => clearTimeout(begin));
  };
}

function refuse(response: ServerResponse): void {
  const code: ErrorCodeName = 'UNAVAILABLE';
  const message = 'The server is stopping. Try again in a moment.';
  response
    .writeHead(503, {
      Connection: 'close',
      'Content-Type': 'application/json; charset=utf-8',
      'Retry-After': String(RETRY_AFTER_SECONDS),
    })
    .end(JSON.stringify({ errors: [{ message, extensions: { code, retryAfter: RETRY_AFTER_SECONDS } }] }));
}
