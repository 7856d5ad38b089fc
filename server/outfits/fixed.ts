/** What is in every outfit: what was asked about, or what the person in a photo wears, and the locked items. */

import { isUuid, type Queryable, type ShopQueryable } from '../db/database.ts';
import { NotFoundError } from '../errors/errors.ts';
import { findPhoto } from '../photos/photos.sql.ts';
import type { CheckedAsk, OutfitsTarget } from './check-ask.ts';
import { isSameProduct } from './compose.ts';
import { likelyGarments } from './likely.ts';
import { type NoOutfits, noOutfits } from './no-outfits.ts';
import { NoOutfitsReason } from './outfit.type.ts';
import type { Piece } from './piece.ts';
import {
  type GarmentPieceRow,
  type ItemPieceRow,
  type ItemRules,
  type PieceSource,
  readGarmentPieces,
  readItemPieces,
} from './pieces.sql.ts';
import { isInsteadOf } from './templates.ts';
import { toGarmentPiece, toItemPiece } from './to-piece.ts';

export interface Fixed {
  /** At most one in each slot. */
  readonly pieces: readonly Piece[];
  /** What was asked about, without the locked items. */
  readonly anchors: readonly Piece[];
}

/** Throws NotFoundError for what the shop does not have. */
export async function findFixed(
  db: ShopQueryable,
  source: PieceSource,
  rules: ItemRules,
  {
    target,
    locked,
    excluded,
    budget,
  }: Pick<CheckedAsk, 'locked' | 'excluded' | 'budget'> & { target: OutfitsTarget },
): Promise<Fixed | NoOutfits> {
  const anchors = await findAnchors(db, source, rules, target);
  if ('emptyReason' in anchors) return anchors;
  if (anchors.some(({ kind, id }) => kind === 'item' && excluded.includes(id))) {
    return noOutfits(NoOutfitsReason.LOCKED_ITEMS_CLASH, 'The item that is given is excluded as well.');
  }
  const others = locked.filter((id) => !anchors.some((anchor) => anchor.kind === 'item' && anchor.id === id));
  const rows = await readItemPieces(db, source, rules, others);
  const pieces: Piece[] = [];
  for (const id of others) {
    const row = rows.find((one) => one.id === id);
    if (!row) throw new NotFoundError(`There is no item ${id} to lock.`);
    const clash = (why: string) =>
      noOutfits(NoOutfitsReason.LOCKED_ITEMS_CLASH, `The locked item "${row.title}" ${why}.`);
    const piece = row.isReady ? toItemPiece(row) : null;
    if (!piece) return clash('cannot be in an outfit');
    if (budget !== null && (piece.priceMinor === null || piece.currency !== source.shopCurrency)) {
      return noOutfits(
        NoOutfitsReason.OVER_BUDGET,
        `The locked item "${row.title}" has no price in the shop's currency, so no outfit with it is known to be within the budget.`,
      );
    }
    if (row.isExcluded) return clash('is not shown by the shop');
    if (excluded.includes(id)) return clash('is excluded as well');
    const other = pieces.find((one) => isInsteadOf(one.slot, piece.slot) || isSameProduct(one, piece));
    if (other) return clash(`cannot be worn together with another locked item, in the slot ${other.slot}`);
    pieces.push(piece);
  }
  const kept =
    target.kind === 'photo'
      ? anchors.filter(({ slot }) => !pieces.some((one) => isInsteadOf(one.slot, slot)))
      : anchors;
  for (const piece of pieces) {
    const worn = kept.find((anchor) => isInsteadOf(anchor.slot, piece.slot) || isSameProduct(anchor, piece));
    if (worn) {
      const { title } = rows.find(({ id }) => id === piece.id)!;
      return noOutfits(
        NoOutfitsReason.LOCKED_ITEMS_CLASH,
        `The locked item "${title}" cannot be worn together with what is given, in the slot ${worn.slot}.`,
      );
    }
  }
  return { pieces: [...kept, ...pieces], anchors: kept };
}

async function findAnchors(
  db: ShopQueryable,
  source: PieceSource,
  rules: ItemRules,
  target: OutfitsTarget,
): Promise<Piece[] | NoOutfits> {
  if (target.kind === 'item') return findItem(db, source, rules, target.id);
  if (!isUuid(target.id)) throw noSuch(target);
  if (target.kind === 'photo') return findWorn(db, source, target);
  const [row] = await readGarmentPieces(db, source, { garmentIds: [target.id] });
  if (!row) throw noSuch(target);
  // The item that it shows, with its price and its group.
  if (row.isPrimary && row.itemId !== null) return findItem(db, source, rules, row.itemId);
  const piece = toGarmentPiece(row);
  return piece
    ? [piece]
    : noOutfits(row.vector === null ? NoOutfitsReason.NOT_READY : NoOutfitsReason.NO_GARMENT);
}

async function findItem(
  db: Queryable,
  source: PieceSource,
  rules: ItemRules,
  id: string,
): Promise<Piece[] | NoOutfits> {
  const [row] = await readItemPieces(db, source, rules, [id]);
  if (!row) throw new NotFoundError('There is no such item.');
  const piece = row.isReady || row.isShown ? toItemPiece(row) : null;
  return piece ? [piece] : noOutfits(whyNoPiece(row));
}

function whyNoPiece({ isReady }: ItemPieceRow): NoOutfitsReason {
  return isReady ? NoOutfitsReason.NO_GARMENT : NoOutfitsReason.NOT_READY;
}

async function findWorn(
  db: ShopQueryable,
  source: PieceSource,
  target: OutfitsTarget,
): Promise<Piece[] | NoOutfits> {
  const rows = await readGarmentPieces(db, source, { photoId: target.id });
  const worn = chooseWorn(rows);
  if (worn.length > 0) return worn;
  if (rows.length === 0 && !(await findPhoto(db, target.id))) throw noSuch(target);
  return noOutfits(NoOutfitsReason.NOTHING_FOUND_IN_PHOTO);
}

/** What one person wears: the most prominent garment of each slot, and either a dress or what is worn instead of one. */
function chooseWorn(rows: readonly GarmentPieceRow[]): Piece[] {
  const worn: Piece[] = [];
  const likely = new Set(likelyGarments(rows));
  for (const row of rows.filter((each) => likely.has(each))) {
    const piece = toGarmentPiece(row);
    if (piece && !worn.some(({ slot }) => isInsteadOf(slot, piece.slot))) worn.push(piece);
  }
  return worn;
}

function noSuch({ kind }: OutfitsTarget): NotFoundError {
  return new NotFoundError(
    kind === 'photo'
      ? 'There is no such photo, or it has expired.'
      : 'There is no such garment, or its photo has expired.',
  );
}
