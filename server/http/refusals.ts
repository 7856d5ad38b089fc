import type { Request, RequestHandler, Response } from 'express';
import { InvalidInputError } from '../errors/errors.ts';

/** How long a client that is still sending has to read its refusal. */
const LINGER_MS = 2000;

/** Nothing here speaks WebSocket. Other upgrades, such as to HTTP/2, may be offered and are passed over. */
export const refuseWebSockets: RequestHandler = (request, response, next) => {
  if (!/\bwebsocket\b/i.test(request.get('upgrade') ?? '')) return next();
  response.set('Connection', 'close');
  throw new InvalidInputError('There are no WebSockets here: subscriptions come by Server-Sent Events.', {
    code: 'UPGRADE_REFUSED',
  });
};

/** Refuses what is no path, or cannot be decoded, before the pages' framework takes it for a fault of its own. */
export const refuseBadPaths: RequestHandler = ({ path }, _, next) => {
  if (!path.startsWith('/') || !isDecodable(path)) {
    throw new InvalidInputError('The path of this request cannot be read.', { code: 'BAD_REQUEST' });
  }
  next();
};

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The readers of bodies would wait for the end of one that is too long before they refuse it. */
export function refuseLongBody(request: Request, response: Response, maxBytes: number, error: Error): void {
  if (Number(request.get('content-length') ?? 0) <= maxBytes) return;
  // Closed at once, the connection would be reset, and the answer might be lost.
  response.once('finish', () => {
    request.resume();
    setTimeout(() => request.complete || request.socket.destroy(), LINGER_MS).unref();
  });
  throw error;
}
