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
import type { EmbeddingSpace, Vision } from '../vision/contract.ts';
import { toSpace } from '../vision/embedding-space.ts';
import { makeExplainer } from './explain.ts';
import { checkFilter, filterKey, type ItemFilter } from './filter.ts';
import { findNearestItems, type NearestItem } from './nearest.sql.ts';
import type { Reason } from './reason.ts';
import { cutoffOf, scoreOf, similarityOf } from './score.ts';
import { findGarmentTarget, findItemTarget, type Target } from './target.sql.ts';

export interface SimilarTo {
  readonly garmentId?: string | null | undefined;
  readonly itemId?: string | null | undefined;
}

export interface SimilarPage {
  readonly filter?: ItemFilter | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly minScore?: number | null | undefined;
}

export interface SimilarMatch {
  readonly itemId: string;
  readonly similarity: number;
  readonly score: number;
  /** Reads what is needed for all of the page's matches, once, when first called. */
  readonly explain: () => Promise<Reason | null>;
}

export interface SimilarMatches extends ConnectionOf<SimilarMatch> {
  readonly cutoff: number | null;
}

/**
 * One page of the shop's items whose primary garments look most like this garment, or like this item's; never the
 * item itself. It ends where the score falls below the cutoff. Throws NotFoundError where there is no such garment
 * or item, InvalidInputError for a bad page.
 */
export async function findSimilarItems(
  { db, shopId, viewer, limiter, vision }: Context,
  to: SimilarTo,
  page: SimilarPage,
): Promise<SimilarMatches> {
  const target = checkTarget(to);
  const first = checkFirst(page.first);
  const filter = checkFilter(page.filter);
  const minScore = checkMinScore(page.minScore);
  const scope = cursorScope('similar', shopId, target.kind, target.id, filterKey(filter), minScore);
  const after = page.after ? decodeCursor(scope, page.after, isKey) : undefined;
  await limiter.check('search', viewer);
  return db.inShop(shopId, async (tx) => {
    const wanted = await findTarget(tx, target);
    if (!wanted) return { ...toConnection([], first, page.after), cutoff: minScore };
    const space = spaceOf(vision, wanted.embeddingModel);
    const cutoff = minScore ?? cutoffOf(space.score, wanted.category);
    const found = await findNearestItems(tx, {
      shopId,
      shopCurrency: (await findShop(tx, shopId))?.currency ?? '',
      embedding: wanted.embedding,
      embeddingModel: wanted.embeddingModel,
      filter,
      exceptItemId: wanted.itemId ?? undefined,
      limit: first + 1,
      after: after && { distance: after[0], itemId: after[1] },
    });
    const rows = endAt(found, similarityOf(space.score, cutoff ?? 0));
    const explain = makeExplainer(
      { db, shopId },
      { ...wanted, embedding: JSON.parse(wanted.embedding) },
      { space, itemIds: rows.slice(0, first).map(({ itemId }) => itemId) },
    );
    const edges = rows.map(({ itemId, distance }) => {
      const similarity = Math.max(-1, 1 - distance);
      const score = scoreOf(space.score, similarity);
      const node = { itemId, similarity, score, explain: () => explain(itemId) };
      return { cursor: encodeCursor(scope, [distance, itemId]), node };
    });
    return { ...toConnection(edges, first, page.after), cutoff };
  });
}

/** Rows in their order, the most similar first, to the last that is similar enough. */
function endAt(rows: readonly NearestItem[], least: number): readonly NearestItem[] {
  return rows.filter(({ distance }) => 1 - distance >= least);
}

/** What the vectors of a model mean: nothing is known of those that another model has left. */
function spaceOf({ embedding }: Vision, model: string): EmbeddingSpace {
  return embedding.model === model ? embedding : toSpace(model, {});
}

function checkMinScore(minScore: number | null | undefined): number | null {
  if (minScore === null || minScore === undefined) return null;
  if (minScore >= 0 && minScore <= 1) return minScore;
  throw new InvalidInputError('minScore must be from 0 to 1.', { field: 'minScore' });
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
