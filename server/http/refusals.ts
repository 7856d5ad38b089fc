import type { Request, RequestHandler, Response } from 'express';
import { type ArmoireError, InvalidInputError } from '../errors/errors.ts';
import { sendRefusal } from '../errors/http-errors.ts';

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

/** Node takes "gzip, chunked" for chunked alone (RFC 9112, 7), and the body for something that it is not. */
export const refuseCodings: RequestHandler = (request, response, next) => {
  const coding = request.get('transfer-encoding');
  if (coding === undefined || /^\s*chunked\s*$/i.test(coding)) return next();
  response.set('Connection', 'close');
  throw new InvalidInputError('The only transfer coding that is read is "chunked".', { code: 'BAD_REQUEST' });
};

/**
 * Everything is answered whole, since nothing here is large, and as it is now. The pages' framework takes a range that is
 * none, or a version that is not the file's, for a fault of its own (RFC 9110, 14.2 and 13.1).
 */
export const ignoreConditions: RequestHandler = ({ headers }, _, next) => {
  delete headers.range;
  delete headers['if-range'];
  delete headers['if-match'];
  delete headers['if-unmodified-since'];
  next();
};

/** A client may name the whole address in its first line (RFC 9112, 3.2.2). What follows its host is the path. */
export const takeWholeAddresses: RequestHandler = (request, _, next) => {
  if (/^https?:\/\//i.test(request.url) && URL.canParse(request.url)) {
    const { pathname, search } = new URL(request.url);
    request.url = pathname + search;
  }
  next();
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

/**
 * Pages are only read. Their framework takes a POST for a call to a function of a page, and one to none that it has for a
 * fault of its own.
 */
export const refuseWrites: RequestHandler = ({ method }, response, next) => {
  if (method === 'GET' || method === 'HEAD') return next();
  response.set('Allow', 'GET, HEAD');
  throw new InvalidInputError('Pages can only be read.', { code: 'METHOD_NOT_ALLOWED' });
};

/** Ends a request that goes on after its answer, such as a body without a length that was refused. */
export const endUnread: RequestHandler = (request, response, next) => {
  closeAfterAnswer(request, response);
  next();
};

/** The readers of bodies would wait for the end of one that is too long before they refuse it. */
export function refuseLongBody(request: Request, response: Response, maxBytes: number, error: Error): void {
  if (Number(request.get('content-length') ?? 0) <= maxBytes) return;
  closeAfterAnswer(request, response);
  throw error;
}

/** The same for a body that does not say how long it is. Its reader must begin in the same tick. */
export function refuseEndlessBody(
  request: Request,
  response: Response,
  maxBytes: number,
  error: ArmoireError,
): void {
  if (request.get('transfer-encoding') === undefined) return;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes && !response.headersSent) sendRefusal(response, error);
  });
}

/** What still arrives after the answer is not waited for. */
export function closeAfterAnswer(request: Request, response: Response): void {
  response.once('finish', () => {
    if (request.complete) return;
    // Closed at once, the connection would be reset, and the answer might be lost.
    request.resume();
    setTimeout(() => request.complete || request.socket.destroy(), LINGER_MS).unref();
  });
}
