import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { requireRole, type Viewer } from '../access/viewer.ts';
import type { Database, Queryable } from '../db/database.ts';
import { ForbiddenError, NotFoundError } from '../errors/errors.ts';
import { csvLine } from '../vocabulary/csv.ts';
import type { InsightsServices } from './context.ts';
import { dayOf, daysBetween } from './kinds.ts';
import { CSV_FILES, type CsvFile, type InsightsLinks } from './links.ts';
import { checkPeriod, type Period } from './period.ts';
import { listCounts, listItemCounts } from './read.sql.ts';

const DAYS_AT_ONCE = 31;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** `GET /insights/counts.csv` and `items.csv` `?from=&to=&source=`, with a merchandiser's key or a link from the API. */
export function insightsRoutes({
  db: all,
  insightsLinks,
}: Pick<InsightsServices, 'db' | 'insightsLinks'>): Router {
  const router = Router();
  router.get('/insights/:file.csv', async (request: Request, response: Response) => {
    const file = CSV_FILES.find((name) => name === request.params.file);
    if (!file) throw new NotFoundError('There is no such file.');
    const viewer = response.locals.viewer as Viewer;
    const period = periodOf(request);
    const shopId = shopOf(insightsLinks, file, period, request, viewer);
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file}-${period.from}-${period.to}.csv"`,
      'Cache-Control': 'no-store',
    });
    const lines = FILES[file](all.as(viewer.client), shopId, period);
    // A client that disconnects ends the reading; that is no error of ours.
    await pipeline(Readable.from(lines), response).catch((error: unknown) => {
      if (!response.destroyed) throw error;
    });
  });
  return router;
}

function periodOf({ query }: Request): Period {
  const day = (value: unknown) => (typeof value === 'string' && DAY.test(value) ? value : '');
  const source = typeof query.source === 'string' ? query.source : null;
  return checkPeriod({ from: day(query.from), to: day(query.to), source });
}

function shopOf(
  links: InsightsLinks,
  file: CsvFile,
  period: Period,
  request: Request,
  viewer: Viewer,
): string {
  if (request.query.sign === undefined) {
    requireRole(viewer, 'merchandiser');
    return viewer.shopId;
  }
  const shopId = links.shopOf(file, period, request.query);
  if (shopId === null)
    throw new ForbiddenError('This link is not valid any more. Ask for insights.files again.');
  return shopId;
}

const FILES: Readonly<
  Record<CsvFile, (db: Database, shopId: string, period: Period) => AsyncGenerator<string>>
> = {
  async *counts(db, shopId, period) {
    yield csvLine(['day', 'source', 'part', 'kind', 'subject', 'count']);
    for await (const rows of monthly(db, shopId, period, listCounts)) {
      yield rows
        .map(({ day, source, arm, kind, subject, count }) =>
          csvLine([day, source, arm, kind, subject, String(count)]),
        )
        .join('');
    }
  },
  async *items(db, shopId, period) {
    yield csvLine(['day', 'source', 'id', 'shown', 'opened', 'clicked_out', 'added']);
    for await (const rows of monthly(db, shopId, period, listItemCounts)) {
      yield rows
        .map(({ day, source, itemId, shown, opened, clickedOut, added }) =>
          csvLine([day, source, itemId, ...[shown, opened, clickedOut, added].map(String)]),
        )
        .join('');
    }
  },
};

/** A transaction per month, so that a slow client does not hold a connection. */
async function* monthly<Row>(
  db: Database,
  shopId: string,
  { from, to, source }: Period,
  list: (tx: Queryable, period: Period & { shopId: string }) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  const days = daysBetween(from, to);
  for (let start = 0; start < days; start += DAYS_AT_ONCE) {
    const first = Date.parse(from);
    const last = Math.min(days, start + DAYS_AT_ONCE) - 1;
    const part = { from: dayOf(first, -start), to: dayOf(first, -last), source };
    yield await db.inShop(shopId, (tx) => list(tx, { shopId, ...part }));
  }
}
