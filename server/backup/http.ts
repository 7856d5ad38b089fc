import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import type { Viewer } from '../access/viewer.ts';
import type { Database } from '../db/database.ts';
import { BusyError, ForbiddenError, NotFoundError } from '../errors/errors.ts';
import type { Log } from '../log.ts';

const RETRY_SECONDS = 60;

/** `GET /backup/database`: a copy of the embedded database, for the commands of this machine alone. */
export function backupRoutes({ db, log }: { db: Pick<Database, 'copy'>; log: Log }): Router {
  const router = Router();
  let busy = false;
  router.get('/database', async (_: Request, response: Response) => {
    const viewer = response.locals.viewer as Viewer;
    // No key may carry the other shops' rows away.
    if (viewer.client !== 'control') throw new ForbiddenError('Backups are made on the server itself.');
    if (!db.copy) throw new NotFoundError('This server does not use the embedded database.');
    if (busy) throw new BusyError('A backup is already being made.', RETRY_SECONDS);
    busy = true;
    response.set({ 'Content-Type': 'application/zip', 'Cache-Control': 'no-store' });
    const body = new PassThrough();
    const [copied] = await Promise.allSettled([db.copy(body), pipeline(body, response)]);
    busy = false;
    // The answer is cut off, which the other side sees. One that went away is no error of ours.
    if (copied.status === 'rejected' && !isDisconnect(copied.reason))
      log.error('The database could not be copied for a backup.', copied.reason);
  });
  return router;
}

function isDisconnect(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
