import type { ErrorRequestHandler, Response } from 'express';
import { type Log, shortPath } from '../log.ts';
import { brief } from './brief.ts';
import type { ErrorCodeName } from './codes.ts';
import { ArmoireError } from './errors.ts';
import { logServerError } from './mask-error.ts';
import { retryOf, statusOf } from './status.ts';

/** Whatever fails before GraphQL (a bad key, a body that cannot be read) is told in GraphQL's own shape. */
export function handleHttpErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    // A client that has hung up hears nothing any more.
    if (response.destroyed) return;
    if (response.headersSent) return next(error);
    if (error instanceof ArmoireError) return sendRefusal(response, error);
    const status = clientStatus(error);
    if (status !== null) {
      const code: ErrorCodeName = status === 413 ? 'BODY_TOO_LARGE' : 'BAD_REQUEST';
      return sendError(response, status, { message: (error as Error).message, extensions: { code } });
    }
    const own = logServerError(log, `${request.method} ${shortPath(request.path)} failed.`, error);
    sendError(response, statusOf(own.extensions.code), own);
  };
}

export function sendRefusal(response: Response, { message, code, extensions }: ArmoireError): void {
  sendError(response, statusOf(code), { message: brief(message), extensions: { code, ...extensions } });
}

function sendError(
  response: Response,
  status: number,
  error: { message: string; extensions: Record<string, unknown> },
): void {
  const retry = retryOf(error.extensions);
  if (retry) response.set('Retry-After', retry.seconds);
  response.status(status).json({ errors: [error] });
}

/** The readers of bodies and paths give their errors a status: below 500 it is the client's. */
function clientStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  return error.status >= 400 && error.status < 500 ? error.status : null;
}
