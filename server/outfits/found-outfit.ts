import type { PairScore } from './pair-scores.ts';
import type { Composed, Piece } from './piece.ts';
import type { LookWithItems } from './shop-looks.sql.ts';

/** An outfit before it is shown. */
export interface FoundOutfit extends Composed {
  readonly look: LookWithItems | null;
  /** Whether the shop shows both together. */
  readonly together: (a: Piece, b: Piece) => boolean;
  readonly pairScore: PairScore;
  /** Keys of the pieces that were given. */
  readonly given: ReadonlySet<string>;
  readonly missingSlots: readonly string[];
}
