import type { CategoryId, ColourName } from '../vocabulary/taxonomy.ts';

/** A garment or an item that can fill a slot of an outfit. */
export interface Piece {
  readonly kind: 'item' | 'garment';
  /** Of the item or the garment. */
  readonly id: string;
  /** The item; for a garment, the one in whose image it is; null for a garment in a photo. */
  readonly itemId: string | null;
  readonly slot: string;
  /** 0 for what is in none of the categories. */
  readonly category: CategoryId | 0;
  readonly colour: ColourName | null;
  /** Float32Array [256], unit length. */
  readonly embedding: Float32Array;
  /** The item group, of which an outfit has one item at most. */
  readonly groupId: string | null;
  /** The current price; null for a garment and for an item without one. */
  readonly priceMinor: number | null;
  readonly currency: string | null;
  /** Null if the feed names none, or all. */
  readonly seasons: ReadonlySet<string> | null;
  readonly occasions: ReadonlySet<string> | null;
  /** Steps of boosts and buries, as in a search: below 0 it should be shown more often. */
  readonly steps: number;
}

/** Pieces that go together, at most one in each slot. */
export interface Composed {
  readonly pieces: readonly Piece[];
  /** 0 to 1. */
  readonly score: number;
  /** The score of the pairs alone that have a piece which was not given; 1 without such a piece. */
  readonly fit: number;
  /** What outfits are ordered by: the score, moved by rules and by the seed. */
  readonly rank: number;
}

/** Names the piece among those of one shop. */
export function keyOfPiece({ kind, id }: Pick<Piece, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}
