/** An outfit from its id, as far as its pieces are still there. */

import { hasRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import type { Queryable } from '../db/database.ts';
import type { FoundOutfit } from './found-outfit.ts';
import { decodeOutfit, type NamedOutfit, type NamedPiece } from './outfit-id.ts';
import { scoreOfPieces, scorePairs } from './pair-scores.ts';
import { keyOfPiece, type Piece } from './piece.ts';
import { readGarmentPieces, readItemPieces } from './pieces.sql.ts';
import { readSetting, type Setting } from './setting.ts';
import { findLookWithItems, type LookWithItems } from './shop-looks.sql.ts';
import { readTogether } from './shop-looks.ts';
import { compareSlots } from './templates.ts';
import { toGarmentPiece, toItemPiece } from './to-piece.ts';

export interface RestoredOutfit {
  readonly outfit: FoundOutfit;
  readonly shopCurrency: string;
}

/** Without the pieces in some slots. Null if nothing of it is left. Throws InvalidInputError and RateLimitedError. */
export async function restoreOutfit(
  { db, shopId, vision: { compatibility }, limiter, viewer }: CatalogueContext,
  id: string,
  without: readonly string[] = [],
): Promise<RestoredOutfit | null> {
  const named = leaveOut(decodeOutfit(id, 'id'), without);
  await limiter.check('search', viewer);
  if (!compatibility) return null;
  const restored = await db.inShop(shopId, async (tx) => {
    const setting = await readSetting(tx, shopId, compatibility);
    return readNamed(tx, setting, named, hasRole(viewer, 'merchandiser'));
  });
  const { setting, pieces, look, together, missingSlots } = restored;
  if (pieces.length === 0) return null;
  const pairScore = await scorePairs(
    compatibility,
    pieces.map((piece) => [piece]),
    together,
  );
  const score = scoreOfPieces(pieces, pairScore);
  const given = givenOf(named);
  const outfit = { pieces, score, rank: score, fit: score, look, together, pairScore, given, missingSlots };
  return { outfit, shopCurrency: setting.source.shopCurrency };
}

/** What is left of a look is no longer the shop's look. */
function leaveOut({ pieces, lookId }: NamedOutfit, slots: readonly string[]): NamedOutfit {
  const left = pieces.filter(({ slot }) => !slots.includes(slot));
  return { pieces: left, lookId: left.length === pieces.length ? lookId : null };
}

export interface ReadOutfit {
  readonly setting: Setting;
  /** In the order of their slots. */
  readonly pieces: readonly Piece[];
  readonly missingSlots: readonly string[];
  readonly look: LookWithItems | null;
  readonly together: FoundOutfit['together'];
}

/** Reads the pieces that are left. `all`: also items that shoppers do not see. */
export async function readNamed(
  tx: Queryable,
  setting: Setting,
  named: NamedOutfit,
  all: boolean,
): Promise<ReadOutfit> {
  const { source, rules, ownSlots } = setting;
  const idsOf = (kind: NamedPiece['kind']) =>
    named.pieces.flatMap((piece) => (piece.kind === kind ? [piece.id] : []));
  const items = await readItemPieces(tx, source, rules, idsOf('item'));
  const garmentIds = idsOf('garment');
  const garments = garmentIds.length > 0 ? await readGarmentPieces(tx, source, { garmentIds }) : [];
  const found = new Map<string, Piece>();
  for (const row of items) {
    const piece = (all || row.isShown) && !row.isExcluded ? toItemPiece(row) : null;
    if (piece) found.set(keyOfPiece(piece), piece);
  }
  for (const row of garments) {
    const piece = toGarmentPiece(row);
    if (piece) found.set(keyOfPiece(piece), piece);
  }
  // An item that is now in another slot is no longer what the outfit meant.
  const left = named.pieces.flatMap((piece) => {
    const now = found.get(keyOfPiece(piece));
    return now?.slot === piece.slot ? [now] : [];
  });
  const look = named.lookId === null ? null : await findLookWithItems(tx, source.shopId, named.lookId);
  const pieces = left.sort((a, b) => compareSlots(ownSlots)(a.slot, b.slot));
  return {
    setting,
    pieces,
    missingSlots: named.pieces.flatMap(({ slot }) =>
      left.some((piece) => piece.slot === slot) ? [] : [slot],
    ),
    look: look && isOfLook(look, named) ? look : null,
    together: await readTogether(
      tx,
      setting,
      pieces.flatMap(({ kind, id }) => (kind === 'item' ? [id] : [])),
    ),
  };
}

/** Whether the look still has what was put together from it: it may have been saved with other items since. */
function isOfLook({ itemIds }: LookWithItems, { pieces }: NamedOutfit): boolean {
  const items = pieces.filter(({ kind }) => kind === 'item');
  return (
    items.some(({ id }) => itemIds.includes(id)) &&
    items.every(({ id, isGiven }) => isGiven || itemIds.includes(id))
  );
}

export function givenOf(named: NamedOutfit): ReadonlySet<string> {
  return new Set(named.pieces.filter(({ isGiven }) => isGiven).map(keyOfPiece));
}
