import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

/**
 * Node closes a connection with the answer where the client asked for it, as most proxies do. Where the client is still
 * sending, that resets the connection, and the answer may be lost. Such a connection is closed in stages (RFC 9112, 9.6): for
 * writing with the answer, for reading once the whole request has arrived. What bounds a request bounds this, too.
 */
export function closeInStages(request: IncomingMessage): void {
  const { socket } = request;
  const close = () => Socket.prototype.destroySoon.call(socket);
  socket.destroySoon = () => {
    if (request.complete) return close();
    socket.end();
    request.once('close', close).resume();
  };
}
