import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { currentRequest, type Log, shortPath } from '../log.ts';

const GIVEN_ID = /^[\w.:-]{1,100}$/;

/**
 * Names the request, in the log and in `X-Request-Id` of its answer. A proxy that TRUST_PROXY counts may have named it
 * already; anybody else's name is not taken.
 */
export const nameRequest: RequestHandler = (request, response, next) => {
  const given = request.app.get('trust proxy') ? request.get('x-request-id') : undefined;
  const id = given !== undefined && GIVEN_ID.test(given) ? given : randomUUID();
  response.set('X-Request-Id', id);
  currentRequest.run(id, next);
};

/** Logs each request when its answer has been sent, or its client has gone. */
export function logRequests({ request: write }: Log): RequestHandler {
  if (!write) return (_, __, next) => next();
  return ({ method, path }, response, next) => {
    const begun = performance.now();
    const id = currentRequest.getStore();
    response.once('close', () => {
      // 499, as proxies write it: nobody waits for the answer any more.
      const status = response.writableFinished ? response.statusCode : 499;
      const milliseconds = Math.round(performance.now() - begun);
      const answered = { method, path: shortPath(path), status, milliseconds };
      if (id === undefined) write(answered);
      else currentRequest.run(id, () => write(answered));
    });
    next();
  };
}
