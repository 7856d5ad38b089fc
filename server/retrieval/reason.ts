/** Why an item matches. */

import type { EmbeddingSpace, PARTS } from '../vision/contract.ts';
import { type Category, categoryName } from '../vocabulary/category.ts';
import { patternNamed } from '../vocabulary/pattern.ts';
import type { ColourName, PatternName } from '../vocabulary/taxonomy.ts';
import { type ColourComparison, compareColours, type WantedColour } from './compare-colours.ts';
import type { Block, MatchTraits } from './reason.sql.ts';

/** What was looked for. */
export interface Wanted {
  /** Any of these; empty if nothing is known. */
  readonly categories: readonly Category[];
  readonly colour: WantedColour;
  /** Any of these; empty if nothing is known. */
  readonly patterns: readonly PatternName[];
  readonly embedding: readonly number[];
}

type PartName = (typeof PARTS)[number];

/** How alike two blocks are, at a glance. */
export type Likeness = 'alike' | 'partly' | 'different';

export interface Agreement<Value> {
  /** Null if it is unknown or more than one would do. */
  readonly query: Value | null;
  readonly match: Value | null;
  /** Null if either is unknown, and for colours that are too close to tell. */
  readonly agrees: boolean | null;
  /** Cosine of the two garments' blocks; null where the model has none. */
  readonly similarity: number | null;
  readonly likeness: Likeness | null;
}

export interface Reason {
  readonly category: Agreement<Category>;
  readonly colour: ColourComparison & Pick<Agreement<ColourName>, 'likeness'>;
  readonly pattern: Agreement<PatternName>;
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
  const [shape, colour, pattern] = (['category', 'colour', 'pattern'] as const).map(similarity);
  const reason = {
    category: compare(wanted.categories, match.category as Category | null, shape!),
    colour: { ...compareColours(wanted.colour, match, colour!), likeness: likenessOf(colour!) },
    pattern: compare(wanted.patterns, patternNamed(match.pattern), pattern!),
  };
  return { ...reason, summary: summarise(reason) };
}

function compare<Value>(wanted: readonly Value[], match: Value | null, similarity: number | null) {
  const agrees = wanted.length === 0 || match === null ? null : wanted.includes(match);
  return { query: singleValue(wanted), match, agrees, similarity, likeness: likenessOf(similarity) };
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

/** Such as "same category (skirt), another blue (cobalt), same pattern (striped)". */
function summarise({ category, colour, pattern }: Omit<Reason, 'summary'>): string {
  const said = [
    sayCategory(category),
    colour.words ?? sayHowAlike('colour', colour.likeness),
    sayPattern(pattern),
  ].filter((phrase) => phrase !== null);
  return said.join(', ') || 'alike overall';
}

function sayCategory({ agrees, match, likeness }: Agreement<Category>): string | null {
  if (agrees === null || match === null) return sayHowAlike('category', likeness);
  return `${agrees ? 'same' : 'other'} category (${categoryName(match)})`;
}

/** That both are plain says less than how alike the cloth is. */
function sayPattern({ agrees, match, likeness }: Agreement<PatternName>): string | null {
  if (agrees === null || match === null || (agrees && match === 'plain'))
    return sayHowAlike('pattern', likeness);
  return agrees ? `same pattern (${match})` : `other pattern (${match})`;
}

function likenessOf(similarity: number | null): Likeness | null {
  if (similarity === null) return null;
  if (similarity >= ALIKE) return 'alike';
  return similarity < DIFFERENT ? 'different' : 'partly';
}

function sayHowAlike(what: string, likeness: Likeness | null): string | null {
  if (likeness === null) return null;
  if (likeness === 'alike') return `${what} alike`;
  return likeness === 'different' ? `other ${what}` : `${what} partly alike`;
}
