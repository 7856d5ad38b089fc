import type { PairScore } from '../../server/outfits/pair-scores.ts';
import type { Piece } from '../../server/outfits/piece.ts';

/** A short sleeve top for 19.90, unless overridden. */
export function makePiece(id: string, overrides: Partial<Piece> = {}): Piece {
  return {
    kind: 'item',
    id,
    itemId: id,
    slot: 'top',
    category: 1,
    colour: 'red',
    embedding: Float32Array.from([1, 0]),
    groupId: null,
    priceMinor: 1990,
    currency: 'EUR',
    seasons: null,
    occasions: null,
    steps: 0,
    ...overrides,
  };
}

/** Of a table by the ids of two pieces, in either order. */
export function pairScoresOf(table: Readonly<Record<string, number>>): PairScore {
  const scores = new Map(Object.entries(table));
  return (a, b) => scores.get(`${a.id} ${b.id}`) ?? scores.get(`${b.id} ${a.id}`) ?? Number.NaN;
}
