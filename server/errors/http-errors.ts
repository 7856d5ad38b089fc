import type { ErrorRequestHandler } from 'express';
import type { Log } from '../log.ts';
import { ArmoireError } from './errors.ts';
import { internalError } from './mask-error.ts';

const STATUS = new Map([
  ['UNAUTHENTICATED', 401],
  ['FORBIDDEN', 403],
  ['NOT_FOUND', 404],
  ['RATE_LIMITED', 429],
  ['BUSY', 503],
]);

/** Whatever fails before GraphQL (a bad key, a body that cannot be read) is told in GraphQL's own shape. */
export function handleHttpErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof ArmoireError) {
      const { message, code, extensions } = error;
      response
        .status(STATUS.get(code) ?? 400)
        .json({ errors: [{ message, extensions: { code, ...extensions } }] });
      return;
    }
    const status = statusOf(error);
    if (status < 500) {
      const { message } = error as Error;
      response.status(status).json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
      return;
    }
    const reference = log.error(`${request.method} ${request.path} failed.`, error);
    response.status(500).json({ errors: [internalError(reference)] });
  };
}

/** The readers of bodies throw errors that carry a status and say whether their message may be shown. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('status' in error) || !('expose' in error)) return 500;
  return error.expose === true && typeof error.status === 'number' ? error.status : 500;
}
