/** Why an item matches. */

import type { EmbeddingSpace, PARTS } from '../vision/contract.ts';
import { type Category, categoryName } from '../vocabulary/category.ts';
import { type ColourComparison, compareColours, type WantedColour } from './compare-colours.ts';
import type { Block, MatchTraits } from './reason.sql.ts';

/** What was looked for. */
export interface Wanted {
  /** Any of these; empty if nothing is known. */
  readonly categories: readonly Category[];
  readonly colour: WantedColour;
  readonly embedding: readonly number[];
}

type PartName = (typeof PARTS)[number];

export interface Agreement<Value> {
  /** Null if it is unknown or more than one would do. */
  readonly query: Value | null;
  readonly match: Value | null;
  /** Null if either is unknown, and for colours that are too close to tell. */
  readonly agrees: boolean | null;
  /** Cosine of the two garments' blocks; null where the model has none. */
  readonly similarity: number | null;
}

export interface Reason {
  readonly category: Agreement<Category>;
  readonly colour: ColourComparison;
  readonly pattern: { readonly similarity: number | null };
  readonly summary: string;
}

export function blocksOf(space: EmbeddingSpace, embedding: readonly number[]): Block[] {
  return (space.parts ?? []).map(({ from, to }) => ({
    from,
    size: to - from,
    vector: `[${embedding.slice(from, to).join(',')}]`,
  }));
}

export function reasonOf(space: EmbeddingSpace, wanted: Wanted, match: MatchTraits): Reason {
  const similarity = (name: PartName): number | null => {
    const index = space.parts?.findIndex((part) => part.name === name) ?? -1;
    const value = match.similarities[index];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const reason = {
    category: compare(wanted.categories, match.category as Category | null, similarity('category')),
    colour: compareColours(wanted.colour, match, similarity('colour')),
    pattern: { similarity: similarity('pattern') },
  };
  return { ...reason, summary: summarise(reason) };
}

function compare<Value>(wanted: readonly Value[], match: Value | null, similarity: number | null) {
  const agrees = wanted.length === 0 || match === null ? null : wanted.includes(match);
  return { query: singleValue(wanted), match, agrees, similarity };
}

/** The value, if there is exactly one; otherwise null. */
export function singleValue<Value>(values: readonly Value[]): Value | null {
  return values.length === 1 ? values[0]! : null;
}

/**
 * From here on two blocks count as alike, and below as different. Of pairs of drawn items with one pattern 12 % had a
 * pattern block above the first, of others 1 % (docs/retrieval.md).
 */
export const ALIKE = 0.5;
const DIFFERENT = 0.1;

/** Such as "same category (skirt), another blue (cobalt), pattern alike". */
function summarise({ category, colour, pattern }: Omit<Reason, 'summary'>): string {
  const said = [
    sayCategory(category),
    colour.words ?? sayHowAlike('colour', colour.similarity),
    sayHowAlike('pattern', pattern.similarity),
  ].filter((phrase) => phrase !== null);
  return said.join(', ') || 'alike overall';
}

function sayCategory({ agrees, match, similarity }: Agreement<Category>): string | null {
  if (agrees === null || match === null) return sayHowAlike('category', similarity);
  return `${agrees ? 'same' : 'other'} category (${categoryName(match)})`;
}

function sayHowAlike(what: string, similarity: number | null): string | null {
  if (similarity === null) return null;
  if (similarity >= ALIKE) return `${what} alike`;
  return similarity < DIFFERENT ? `other ${what}` : `${what} partly alike`;
}
