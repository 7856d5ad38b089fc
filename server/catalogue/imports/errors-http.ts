import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { requireRole, type Viewer } from '../../access/viewer.ts';
import type { Database } from '../../db/database.ts';
import { ForbiddenError } from '../../errors/errors.ts';
import type { CatalogueServices } from '../context.ts';
import { getJob } from './control.ts';
import { ERRORS_HEADER, errorToCsv } from './errors-csv.ts';
import type { ErrorLinks } from './errors-url.ts';
import { listErrors } from './import-job.sql.ts';

const PAGE = 1000;

/** `GET /imports/ID/errors.csv`: a job's errors for a spreadsheet, with a merchandiser's key or a link from the API. */
export function errorListRoutes({
  db: all,
  errorLinks,
}: Pick<CatalogueServices, 'db' | 'errorLinks'>): Router {
  const router = Router();
  router.get('/imports/:id/errors.csv', async (request: Request, response: Response) => {
    const viewer = response.locals.viewer as Viewer;
    const db = all.as(viewer.client);
    const shopId = shopOf(errorLinks, request, viewer);
    const job = await getJob({ db, shopId }, String(request.params.id));
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="errors-${job.id}.csv"`,
      'Cache-Control': 'no-store',
    });
    // A client that disconnects ends the reading; that is no error of ours.
    await pipeline(Readable.from(csv(db, shopId, job.id)), response).catch((error: unknown) => {
      if (!response.destroyed) throw error;
    });
  });
  return router;
}

function shopOf(links: ErrorLinks, request: Request, viewer: Viewer): string {
  if (request.query.sign === undefined) {
    requireRole(viewer, 'merchandiser');
    return viewer.shopId;
  }
  const shopId = links.shopOf(String(request.params.id), request.query);
  if (shopId === null) throw new ForbiddenError('This link is not valid any more. Ask for errorsUrl again.');
  return shopId;
}

/** A transaction per page, so that a slow client does not hold a connection. */
async function* csv(db: Database, shopId: string, jobId: string): AsyncGenerator<string> {
  yield ERRORS_HEADER;
  for (let after = -1; ; ) {
    const page = await db.inShop(shopId, (tx) => listErrors(tx, { jobId, first: PAGE, after }));
    if (page.length > 0) yield page.map(errorToCsv).join('');
    if (page.length < PAGE) return;
    after = page[page.length - 1]!.row;
  }
}
