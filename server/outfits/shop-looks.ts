/** The shop's own looks, as outfits around what is fixed. */

import pgvector from 'pgvector/pg';
import type { Queryable } from '../db/database.ts';
import { findNearestItems } from '../retrieval/nearest/search.ts';
import { similarityOf } from '../retrieval/score.ts';
import type { EmbeddingSpace } from '../vision/contract.ts';
import { isSameProduct } from './compose.ts';
import type { Piece } from './piece.ts';
import type { Setting } from './setting.ts';
import { type LookWithItems, listLooksWith, listPairsInLooks } from './shop-looks.sql.ts';
import { filterItemIds, type StockQuery } from './stock.sql.ts';
import { isInsteadOf } from './templates.ts';

/** Looks that are read for one request. */
const MAX_LOOKS = 20;
/** An item with this score stands for a garment in a photo. */
const VERY_LIKE = 0.9;
/** Items that may stand for one garment. */
const MAX_ALIKE = 8;

/** A look with its items that can be bought and pass the filter. */
export interface UsableLook {
  readonly look: LookWithItems;
  readonly itemIds: readonly string[];
}

/** The looks that have what is given: the item itself, or one very like a garment in a photo. */
export async function findLooks(
  db: Queryable,
  setting: Setting,
  {
    anchors,
    locked,
    stock,
    space,
  }: {
    readonly anchors: readonly Piece[];
    readonly locked: readonly string[];
    readonly stock: StockQuery;
    readonly space: EmbeddingSpace;
  },
): Promise<UsableLook[]> {
  if (!setting.hasLooks) return [];
  const { shopId } = setting.source;
  const own = anchors.flatMap(({ kind, id }) => (kind === 'item' ? [id] : []));
  const alike: string[] = [];
  for (const anchor of anchors) {
    if (anchor.kind === 'garment') alike.push(...(await findAlike(db, setting, anchor, space)));
  }
  const looks = await listLooksWith(db, shopId, [...own, ...alike], MAX_LOOKS);
  const wanted = looks.filter(({ itemIds }) => locked.every((id) => itemIds.includes(id)));
  const others = [...new Set(wanted.flatMap(({ itemIds }) => itemIds))];
  const passing = await filterItemIds(db, stock, others);
  return wanted.map((look) => ({ look, itemIds: look.itemIds.filter((id) => passing.has(id)) }));
}

async function findAlike(
  db: Queryable,
  { source }: Setting,
  { category, embedding }: Piece,
  space: EmbeddingSpace,
): Promise<string[]> {
  const found = await findNearestItems(db, {
    ...source,
    embedding: pgvector.toSql([...embedding]),
    filter: {},
    where: (bind) => [
      `i.category = ${bind(category)}::smallint`,
      'i.id in (select l.item_id from look_items l where l.shop_id = i.shop_id)',
    ],
    minSimilarity: similarityOf(space.score, VERY_LIKE),
    limit: MAX_ALIKE,
  });
  return found.map(({ itemId }) => itemId);
}

/** The pieces of a look around what is fixed, the first item of each slot; null if none is left. */
export function piecesOfLook(
  { itemIds }: UsableLook,
  pieces: ReadonlyMap<string, Piece>,
  fixed: readonly Piece[],
  slots: readonly string[] | null,
): Piece[] | null {
  const chosen: Piece[] = [];
  for (const piece of itemIds.flatMap((id) => pieces.get(id) ?? [])) {
    const isWanted = slots === null || slots.includes(piece.slot);
    const isFree = ![...fixed, ...chosen].some(
      (other) => isInsteadOf(other.slot, piece.slot) || isSameProduct(other, piece),
    );
    if (isWanted && isFree) chosen.push(piece);
  }
  const filled = [...fixed, ...chosen].map(({ slot }) => slot);
  const isComplete = slots?.every((slot) => filled.includes(slot)) ?? true;
  return chosen.length > 0 && isComplete ? [...fixed, ...chosen] : null;
}

/** Whether a look of the shop has both items. */
export async function readTogether(
  db: Queryable,
  { hasLooks, source }: Setting,
  itemIds: readonly string[],
): Promise<(a: Piece, b: Piece) => boolean> {
  if (!hasLooks) return () => false;
  const pairs = new Set(
    (await listPairsInLooks(db, source.shopId, itemIds)).map(({ a, b }) => JSON.stringify([a, b])),
  );
  return (one, other) => {
    if (one.kind !== 'item' || other.kind !== 'item') return false;
    return pairs.has(JSON.stringify([one.id, other.id])) || pairs.has(JSON.stringify([other.id, one.id]));
  };
}
