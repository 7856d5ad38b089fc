import type { Viewer } from '../access/viewer.ts';

/** A search for items like a garment or an item, and how it came out. */
export interface SearchOutcome {
  readonly target: {
    readonly kind: 'garment' | 'item';
    readonly id: string;
    readonly category: number | null;
    /** Whether it is a garment of a shopper's photo. */
    readonly isOfPhoto: boolean;
  };
  /** Whether the shopper had narrowed the search by filters or words. */
  readonly isNarrowed: boolean;
  /** The highest score that reaches the model's cutoff; null if none does. */
  readonly best: number | null;
  readonly itemIds: readonly string[];
}

/** Counts what shoppers do, for the shop's insights (server/insights/). Its methods neither wait nor throw. */
export interface Recorder {
  photo(viewer: Viewer, garments: readonly { readonly category: number | null }[]): void;
  search(viewer: Viewer, outcome: SearchOutcome): void;
}
