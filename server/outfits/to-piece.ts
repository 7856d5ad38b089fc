import type { Piece } from './piece.ts';
import type { GarmentPieceRow, ItemPieceRow } from './pieces.sql.ts';
import { occasionsOf, seasonsOf } from './seasons.ts';
import { slotOfCategory } from './templates.ts';
import { readVector } from './vector-bytes.ts';

/** Null for an item that cannot be in an outfit: without a garment to match or without a slot. */
export function toItemPiece(row: ItemPieceRow): Piece | null {
  const { id, slot, category, colour, vector, groupId, priceMinor, currency, season, occasion, steps } = row;
  if (slot === null || vector === null) return null;
  return {
    kind: 'item',
    id,
    itemId: id,
    slot,
    category: category ?? 0,
    colour,
    embedding: readVector(vector),
    groupId,
    priceMinor,
    currency,
    seasons: seasonsOf(season),
    occasions: occasionsOf(occasion),
    steps,
  };
}

/** Null for a garment of no category, which is in no slot. */
export function toGarmentPiece({ id, itemId, category, colour, vector }: GarmentPieceRow): Piece | null {
  const slot = slotOfCategory(category);
  if (slot === null || category === null || vector === null) return null;
  return {
    kind: 'garment',
    id,
    itemId,
    slot,
    category,
    colour,
    embedding: readVector(vector),
    groupId: null,
    priceMinor: null,
    currency: null,
    seasons: null,
    occasions: null,
    steps: 0,
  };
}
