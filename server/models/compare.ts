import type { CatalogueContext } from '../catalogue/context.ts';
import type { Queryable } from '../db/database.ts';
import { InvalidInputError } from '../errors/errors.ts';
import { findSearchShop, type SearchShop } from '../garments/search-shop.sql.ts';
import type { VectorSource } from '../garments/vector-source.ts';
import { findNearestItems } from '../retrieval/nearest/search.ts';
import { findTargets } from '../retrieval/target.sql.ts';
import { findSource } from './models.ts';
import { sampleItems } from './sample.sql.ts';

const NEIGHBOURS = 10;
const MAX_SAMPLE = 200;
const EXAMPLES = 5;
/** What has been compared by then is the sample. */
const BUDGET_MS = 10_000;

export interface Compared {
  readonly itemId: string;
  /** The ids of the nearest items, the nearest first. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface ComparisonResult {
  readonly sample: number;
  /** Null where nothing could be compared. */
  readonly overlap: number | null;
  readonly rankChange: number | null;
  readonly examples: readonly Compared[];
}

/** Neighbours by the model in use and by another one, for some of the shop's items. Throws NotFoundError. */
export async function compareModels(
  { db, shopId }: Pick<CatalogueContext, 'db' | 'shopId'>,
  id: string,
  sample: number,
): Promise<ComparisonResult> {
  if (!Number.isInteger(sample) || sample < 1 || sample > MAX_SAMPLE) {
    throw new InvalidInputError(`sample must be from 1 to ${MAX_SAMPLE}.`, { field: 'sample' });
  }
  const other = await findSource(db, shopId, id);
  const { shop, items } = await db.inShop(shopId, async (tx) => ({
    shop: await findSearchShop(tx, shopId),
    items: await sampleItems(tx, shopId, sample),
  }));
  const started = performance.now();
  const compared: Compared[] = [];
  for (const itemId of items) {
    if (performance.now() - started > BUDGET_MS) break;
    // One transaction each: the embedded database has one connection, which others wait for.
    const lists = await db.inShop(shopId, async (tx) => {
      const before = await neighbours(tx, { shopId, shop, itemId, vectors: shop.vectors });
      const after = before && (await neighbours(tx, { shopId, shop, itemId, vectors: other }));
      return before && after && { itemId, before, after };
    });
    if (lists) compared.push(lists);
  }
  return {
    sample: compared.length,
    overlap: mean(compared.map(overlapOf)),
    rankChange: mean(compared.flatMap(rankChanges)),
    // Where the two differ most is where looking pays.
    examples: [...compared].sort((a, b) => overlapOf(a) - overlapOf(b)).slice(0, EXAMPLES),
  };
}

/** Null where the item has no vector of that model. */
async function neighbours(
  tx: Queryable,
  of: { shopId: string; shop: SearchShop; itemId: string; vectors: VectorSource | null },
): Promise<string[] | null> {
  const [target] = await findTargets(tx, of, [{ kind: 'item', id: of.itemId }]);
  if (!target || target.embedding === null) return null;
  const found = await findNearestItems(tx, {
    shopId: of.shopId,
    shopCurrency: of.shop.currency,
    embedding: target.embedding,
    embeddingModel: target.embeddingModel,
    vectors: of.vectors,
    filter: {},
    exceptItemId: of.itemId,
    limit: NEIGHBOURS,
  });
  return found.map(({ itemId }) => itemId);
}

/** The share of the neighbours by one that the other has too; 1 where neither has any. */
export function overlapOf({ before, after }: Pick<Compared, 'before' | 'after'>): number {
  const most = Math.max(before.length, after.length);
  return most === 0 ? 1 : before.filter((id) => after.includes(id)).length / most;
}

/** By how many places each of the neighbours that both have has moved. */
export function rankChanges({ before, after }: Pick<Compared, 'before' | 'after'>): number[] {
  return before.flatMap((id, rank) => {
    const other = after.indexOf(id);
    return other < 0 ? [] : [Math.abs(other - rank)];
  });
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
