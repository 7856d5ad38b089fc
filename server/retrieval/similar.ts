import {
  type ConnectionOf,
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  toConnection,
} from '../connection.ts';
import type { Context } from '../context.ts';
import { isUuid, type Queryable } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors.ts';
import { findShop } from '../shops/shops.sql.ts';
import { checkFilter, filterKey, type ItemFilter } from './filter.ts';
import { findNearestItems, type NearestItem } from './nearest.sql.ts';
import { findGarmentTarget, findItemTarget, type Target } from './target.sql.ts';

export interface SimilarTo {
  readonly garmentId?: string | null | undefined;
  readonly itemId?: string | null | undefined;
}

export interface SimilarPage {
  readonly filter?: ItemFilter | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

/**
 * One page of the shop's items whose primary garments look most like this garment, or like this item's; never the
 * item itself. Throws NotFoundError where there is no such garment or item, InvalidInputError for a bad page.
 */
export async function findSimilarItems(
  { db, shopId, viewer, limiter }: Context,
  to: SimilarTo,
  page: SimilarPage,
): Promise<ConnectionOf<NearestItem>> {
  const target = checkTarget(to);
  const first = checkFirst(page.first);
  const filter = checkFilter(page.filter);
  const scope = cursorScope('similar', shopId, target.kind, target.id, filterKey(filter));
  const after = page.after ? decodeCursor(scope, page.after, isKey) : undefined;
  await limiter.check('search', viewer);
  const found = await db.inShop(shopId, async (tx) => {
    const vector = await findTarget(tx, target);
    if (!vector) return [];
    return findNearestItems(tx, {
      shopId,
      shopCurrency: (await findShop(tx, shopId))?.currency ?? '',
      embedding: vector.embedding,
      embeddingModel: vector.embeddingModel,
      filter,
      exceptItemId: vector.itemId ?? undefined,
      limit: first + 1,
      after: after && { distance: after[0], itemId: after[1] },
    });
  });
  const edges = found.map((node) => ({ cursor: encodeCursor(scope, [node.distance, node.itemId]), node }));
  return toConnection(edges, first, page.after);
}

/** Cosine similarity, clipped to 0 to 1: below 0 there is nothing alike to speak of. */
export function scoreOf(distance: number): number {
  return Math.min(1, Math.max(0, 1 - distance));
}

type CheckedTarget = { kind: 'garment' | 'item'; id: string };

function checkTarget({ garmentId, itemId }: SimilarTo): CheckedTarget {
  if (typeof garmentId === 'string' && typeof itemId !== 'string') return { kind: 'garment', id: garmentId };
  if (typeof itemId === 'string' && typeof garmentId !== 'string') return { kind: 'item', id: itemId };
  throw new InvalidInputError('Give either a garmentId or an itemId.', { field: 'to' });
}

/** Null where an item has nothing to search with yet. */
async function findTarget(db: Queryable, { kind, id }: CheckedTarget): Promise<Target | null> {
  if (kind === 'garment') {
    const target = isUuid(id) ? await findGarmentTarget(db, id) : null;
    if (!target) throw new NotFoundError('There is no such garment, or its photo has expired.');
    return target;
  }
  const target = await findItemTarget(db, id);
  if (!target) throw new NotFoundError('There is no such item.');
  return target.embedding === null ? null : target;
}

function isKey(key: readonly unknown[]): key is readonly [number, string] {
  return key.length === 2 && typeof key[0] === 'number' && typeof key[1] === 'string';
}
