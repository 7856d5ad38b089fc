import { isUuid } from '../../db/database.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  isTime,
  toConnection,
} from '../../graphql/connection.ts';
import type { CatalogueContext } from '../context.ts';
import { pageJobs } from './import-job.sql.ts';
import { type ImportJobConnection, toImportJob } from './import-job.type.ts';

/** One page of the shop's imports, the newest first. Throws InvalidInputError. */
export async function listImportPage(
  { db, shopId }: CatalogueContext,
  page: { first: number; after?: string | null | undefined },
): Promise<ImportJobConnection> {
  const first = checkFirst(page.first);
  const scope = cursorScope('imports', shopId);
  const after = page.after ? decodeCursor(scope, page.after, isKey) : undefined;
  const rows = await db.inShop(shopId, (tx) =>
    pageJobs(tx, { shopId, limit: first + 1, after: after && { createdAt: after[0], id: after[1] } }),
  );
  const edges = rows.map(({ cursorTime, ...row }) => ({
    cursor: encodeCursor(scope, [cursorTime, row.id]),
    node: toImportJob(row),
  }));
  return toConnection(edges, first, page.after);
}

function isKey(key: readonly unknown[]): key is readonly [string, string] {
  const [time, id] = key;
  return key.length === 2 && isTime(time) && typeof id === 'string' && isUuid(id);
}
