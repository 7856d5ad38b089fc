/** What a search is made of: the vector, the conditions and the cutoff that a target and its refinement come to. */

import { filterConditions } from '../catalogue/items/filter.ts';
import { InvalidInputError } from '../errors/errors.ts';
import type { EmbeddingSpace } from '../vision/contract.ts';
import type { Category } from '../vocabulary/category.ts';
import { feedPattern } from '../vocabulary/colour-words.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';
import type { NearestQuery } from './nearest/query.ts';
import { prototypesOf, type Refined, refine } from './refine.ts';
import { checkTarget, type SimilarTo } from './similar-to.ts';
import type { Target, TargetId, TargetRow } from './target.sql.ts';
import { readWish, type Wish } from './wish.ts';

export interface Refinement {
  readonly moreLike?: readonly SimilarTo[] | null | undefined;
  readonly lessLike?: readonly SimilarTo[] | null | undefined;
  readonly category?: Category | null | undefined;
  readonly words?: string | null | undefined;
}

const MAX_LIKES = 10;
const MAX_WORDS = 200;

export interface CheckedRefinement {
  readonly moreLike: readonly TargetId[];
  readonly lessLike: readonly TargetId[];
  readonly category: Category | null;
  readonly words: string;
}

/** Throws InvalidInputError where a list or a text is too long, or a target is none. */
export function checkRefinement(given: Refinement | null | undefined): CheckedRefinement {
  const targets = (field: 'moreLike' | 'lessLike') => {
    const list = given?.[field] ?? [];
    if (list.length > MAX_LIKES) throw invalid(field, `may have at most ${MAX_LIKES} entries`);
    return list.map((target) => checkTarget(target, `refine.${field}`));
  };
  const words = given?.words?.trim() ?? '';
  if (words.length > MAX_WORDS) throw invalid('words', `may have at most ${MAX_WORDS} characters`);
  return {
    moreLike: targets('moreLike'),
    lessLike: targets('lessLike'),
    category: given?.category ?? null,
    words,
  };
}

/** The refinement in one spelling for each meaning, for a cursor's scope. */
export function refinementKey({ moreLike, lessLike, category, words }: CheckedRefinement): unknown[] {
  const sorted = (targets: readonly TargetId[]) => targets.map(({ kind, id }) => `${kind} ${id}`).sort();
  return [sorted(moreLike), sorted(lessLike), category, words.toLowerCase()];
}

export interface SearchPlan extends Refined {
  readonly where: NonNullable<NearestQuery['where']>;
  /** What matches are compared with: any of these. */
  readonly categories: readonly Category[];
  readonly colours: readonly ColourName[];
  /** Null where there were no words. */
  readonly interpretation: Wish | null;
}

export function planSearch(
  space: EmbeddingSpace,
  target: Target,
  { moreLike, lessLike, category, words }: CheckedRefinement,
  rows: readonly TargetRow[],
): SearchPlan {
  const own = target.category as Category | null;
  const wish = readWish(words, own);
  const named = category ? [category] : wish.categories;
  const changesCategory = named.length > 0 && (own === null || !named.includes(own));
  const paints = prototypesOf(space, wish.colours).length > 0;
  const filtersColour = wish.colours.length > 0 && !paints;
  const vectorsOf = (targets: readonly TargetId[]) => comparable(rows, targets, target.embeddingModel);
  const settled = [
    ...(changesCategory ? ['category' as const] : []),
    ...(filtersColour ? ['colour' as const] : []),
  ];
  const change = {
    liked: vectorsOf(moreLike),
    disliked: vectorsOf(lessLike),
    colours: wish.colours,
    settled,
  };
  return {
    ...refine(space, JSON.parse(target.embedding), change),
    categories: named.length > 0 ? named : own === null ? [] : [own],
    colours: wish.colours.length > 0 ? wish.colours : target.colour === null ? [] : [target.colour],
    interpretation: words ? { ...wish, categories: named } : null,
    where: (bind) => [
      ...filterConditions({ categories: [...named], words: wish.titleWords.join(' ') }, '', bind),
      ...(filtersColour ? [colourCondition(wish.colours, bind)] : []),
      ...exclusion(rows, lessLike, bind),
    ],
  };
}

/** The feed's word on an item's colour, where it has one, stands before the embedder's. */
function colourCondition(colours: readonly ColourName[], bind: (value: unknown) => string): string {
  const feed = bind(colours.map(feedPattern).join('|'));
  return `case when i.color is null then g.colour = any(${bind(colours)}::text[]) else i.color ~* ${feed}::text end`;
}

/** What a shopper does not like is not shown to them again. */
function exclusion(
  rows: readonly TargetRow[],
  lessLike: readonly TargetId[],
  bind: (value: unknown) => string,
): string[] {
  const items = find(rows, lessLike).flatMap((row) =>
    row.embedding !== null && row.itemId ? [row.itemId] : [],
  );
  return items.length > 0 ? [`g.item_id <> all(${bind(items)}::text[])`] : [];
}

/** The vectors of those that the same model has embedded: others cannot be compared. */
function comparable(rows: readonly TargetRow[], targets: readonly TargetId[], model: string): number[][] {
  return find(rows, targets).flatMap((row) =>
    row.embedding !== null && row.embeddingModel === model ? [JSON.parse(row.embedding)] : [],
  );
}

/** In an order of their own, so that sums come out the same however a client orders its lists. */
function find(rows: readonly TargetRow[], targets: readonly TargetId[]): TargetRow[] {
  return rows
    .filter((row) => targets.some(({ kind, id }) => kind === row.kind && id === row.id))
    .sort((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1));
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`${field} ${what}.`, { field: `refine.${field}` });
}
