import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import type { Viewer } from '../../access/viewer.ts';
import { ForbiddenError } from '../../errors/errors.ts';
import type { CatalogueServices } from '../context.ts';
import { ITEMS_HEADER, itemToCsv } from './items-csv.ts';
import { inSelection } from './list-staff-items.ts';
import type { StaffFilter } from './staff-filter.type.ts';
import { listExportedItems } from './staff-items.sql.ts';

const PAGE = 500;
/** No spreadsheet takes many more. */
export const MAX_EXPORTED = 200_000;

type Parts = Pick<CatalogueServices, 'db' | 'itemLinks'>;

/** `GET /catalogue/items.csv`: a list of items for a spreadsheet, with a link from the API. */
export function itemListRoutes({ db: all, itemLinks }: Parts): Router {
  const router = Router();
  router.get('/catalogue/items.csv', async (request: Request, response: Response) => {
    const named = itemLinks.read(request.query);
    if (named === null) {
      throw new ForbiddenError('This link is not valid any more. Ask for catalogue.csvUrl again.');
    }
    const { client } = response.locals.viewer as Viewer;
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="items-${new Date().toISOString().slice(0, 10)}.csv"`,
      'Cache-Control': 'no-store',
    });
    const lines = csv({ db: all.as(client), shopId: named.shopId }, named.filter);
    // A client that disconnects ends the reading; that is no error of ours.
    await pipeline(Readable.from(lines), response).catch((error: unknown) => {
      if (!response.destroyed) throw error;
    });
  });
  return router;
}

/** A transaction per page, so that a slow client does not hold a connection. */
async function* csv(shop: Parameters<typeof inSelection>[0], filter: StaffFilter): AsyncGenerator<string> {
  yield ITEMS_HEADER;
  for (let after = '', written = 0; written < MAX_EXPORTED; ) {
    const page = await inSelection(shop, filter, (tx, selection) =>
      listExportedItems(tx, selection, { after, limit: PAGE }),
    );
    if (page.length > 0) yield page.map(itemToCsv).join('');
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
    written += page.length;
  }
}
