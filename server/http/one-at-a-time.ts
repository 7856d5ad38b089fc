import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The requests of one connection that may wait for the answers before them. Browsers and proxies send none ahead. */
export const MOST_AHEAD = 100;

type Exchange = [request: IncomingMessage, response: ServerResponse];

/**
 * Begins a request only once the one before it on its connection has been answered. Node hands on all that have arrived, a
 * thousand in one turn of the event loop, while nobody else is heard. Of those that wait, over all connections, one begins in
 * each turn. A client that sends more than MOST_AHEAD ahead is cut off. A request that waits holds no place, lock or file, so
 * nothing has to be given back when its connection closes.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, Exchange[]>();
  /** The connections whose next request may begin. */
  const due = new Set<Socket>();

  function begin(socket: Socket, [request, response]: Exchange): void {
    response.once('close', () => {
      if (due.size === 0) setImmediate(goOn);
      due.add(socket);
    });
    listener(request, response);
  }

  function goOn(): void {
    const [socket] = due;
    if (!socket) return;
    due.delete(socket);
    if (due.size > 0) setImmediate(goOn);
    const next = socket.destroyed ? undefined : waiting.get(socket)?.shift();
    if (next) begin(socket, next);
    else waiting.delete(socket);
  }

  return (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    const ahead = waiting.get(socket);
    if (!ahead) {
      waiting.set(socket, []);
      begin(socket, [request, response]);
    } else if (ahead.length < MOST_AHEAD) ahead.push([request, response]);
    else cutOff(socket);
  };
}

/** What Node's parser takes as: neither a body nor another request follows. */
const NOTHING_FOLLOWS = 2;

/**
 * Closes the connection, and has Node parse no further requests that have arrived on it: that would take five times as long.
 * Node has no public way to do so. In a version without `parser`, the connection is closed all the same.
 */
function cutOff(socket: Socket & { parser?: { onIncoming: () => number } | null }): void {
  if (socket.parser) socket.parser.onIncoming = () => NOTHING_FOLLOWS;
  socket.destroy();
}
