/** Turns a target and its refinement into a search: a vector and conditions. */

import { filterConditions } from '../catalogue/items/filter.ts';
import { InvalidInputError } from '../errors/errors.ts';
import type { EmbeddingSpace } from '../vision/contract.ts';
import type { Category } from '../vocabulary/category.ts';
import { feedPattern } from '../vocabulary/colour-words.ts';
import { fractionDigits } from '../vocabulary/money.ts';
import { patternNamed } from '../vocabulary/pattern.ts';
import type { ColourName, PatternName } from '../vocabulary/taxonomy.ts';
import { type WantedColour, wantedColour } from './compare-colours.ts';
import type { InterpretedWords } from './interpret-words.ts';
import type { NearestQuery } from './nearest/query.ts';
import { prototypesOf, type Refined, refine } from './refine.ts';
import { checkTarget, type SimilarTo } from './similar-to.ts';
import type { Target, TargetId, TargetRow } from './target.sql.ts';

export interface Refinement {
  readonly moreLike?: readonly SimilarTo[] | null | undefined;
  readonly lessLike?: readonly SimilarTo[] | null | undefined;
  readonly category?: Category | null | undefined;
  readonly within?: readonly Category[] | null | undefined;
  readonly words?: string | null | undefined;
}

const MAX_LIKES = 10;
const MAX_WORDS = 200;
const MAX_WITHIN = 13;

export interface CheckedRefinement {
  readonly moreLike: readonly TargetId[];
  readonly lessLike: readonly TargetId[];
  readonly category: Category | null;
  readonly within: readonly Category[];
  readonly words: string;
}

/** Throws InvalidInputError for a list or text that is too long and for an invalid target. */
export function checkRefinement(given: Refinement | null | undefined): CheckedRefinement {
  const targets = (field: 'moreLike' | 'lessLike') => {
    const list = given?.[field] ?? [];
    if (list.length > MAX_LIKES) throw invalid(field, `may have at most ${MAX_LIKES} entries`);
    return list.map((target) => checkTarget(target, `refine.${field}`));
  };
  const within = given?.within ?? [];
  if (within.length > MAX_WITHIN) throw invalid('within', `may have at most ${MAX_WITHIN} entries`);
  const words = given?.words?.trim() ?? '';
  if (words.length > MAX_WORDS) throw invalid('words', `may have at most ${MAX_WORDS} characters`);
  return {
    moreLike: targets('moreLike'),
    lessLike: targets('lessLike'),
    category: given?.category ?? null,
    within,
    words,
  };
}

/** Equal refinements give equal keys, for the scope of cursors. */
export function refinementKey({ moreLike, lessLike, category, within, words }: CheckedRefinement): unknown[] {
  const sorted = (targets: readonly TargetId[]) => targets.map(({ kind, id }) => `${kind} ${id}`).sort();
  return [sorted(moreLike), sorted(lessLike), category, [...within].sort(), words.toLowerCase()];
}

export interface SearchPlan extends Refined {
  /** Goods outside the 13 categories are listed for their like in the same slot, and not for a garment. */
  readonly garmentsOnly: boolean;
  readonly where: NonNullable<NearestQuery['where']>;
  /** The categories that count as agreeing. */
  readonly categories: readonly Category[];
  readonly colour: WantedColour;
  /** The patterns that count as agreeing. */
  readonly patterns: readonly PatternName[];
  /** Null if there were no words. */
  readonly interpretation: Interpreted | null;
}

/** How the words of a refinement were understood and used. */
export interface Interpreted {
  readonly colours: readonly ColourName[];
  readonly categories: readonly Category[];
  readonly patterns: readonly PatternName[];
  readonly sizes: readonly string[];
  /** In major units of the shop's currency. */
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
  readonly titleWords: readonly string[];
  readonly ignored: readonly string[];
  readonly notUnderstood: readonly string[];
}

export interface PlanInput {
  readonly space: EmbeddingSpace;
  readonly target: Target;
  readonly refinement: CheckedRefinement;
  /** What `interpretWords` read in the refinement's words. */
  readonly meaning: InterpretedWords;
  /** Those of its title words that stand in some title of the shop. */
  readonly knownWords: readonly string[];
  /** Those of its sizes that some item of the shop has. */
  readonly knownSizes: readonly string[];
  /** Of the target and of what matches should be more or less like. */
  readonly rows: readonly TargetRow[];
  readonly shopCurrency: string;
}

export function planSearch({
  space,
  target,
  refinement: { moreLike, lessLike, category, within, words },
  meaning,
  knownWords,
  knownSizes,
  rows,
  shopCurrency,
}: PlanInput): SearchPlan {
  const own = target.category as Category | null;
  const said = category ? [category] : meaning.categories;
  const named = said.length > 0 ? said : within;
  const prices = pricesOf(meaning, target, shopCurrency);
  const changesCategory = named.length > 0 && (own === null || !named.includes(own));
  const hasPrototypes = prototypesOf(space, meaning.colours).length > 0;
  const filtersColour = meaning.colours.length > 0 && !hasPrototypes;
  const vectorsOf = (targets: readonly TargetId[]) => comparable(rows, targets, target.embeddingModel);
  const settled = [
    ...(changesCategory ? ['category' as const] : []),
    ...(filtersColour ? ['colour' as const] : []),
    ...(meaning.patterns.length > 0 ? ['pattern' as const] : []),
  ];
  const change = {
    liked: vectorsOf(moreLike),
    disliked: vectorsOf(lessLike),
    colours: meaning.colours,
    settled,
  };
  const ownPattern = patternNamed(target.pattern);
  const outsideSlot = named.length > 0 ? null : target.outsideSlot;
  return {
    ...refine(space, JSON.parse(target.embedding), change),
    categories: named.length > 0 ? named : own === null ? [] : [own],
    colour:
      meaning.colours.length > 0
        ? { colours: meaning.colours, areNamed: true, shades: null }
        : wantedColour(target),
    patterns: meaning.patterns.length > 0 ? meaning.patterns : ownPattern ? [ownPattern] : [],
    // A region in which no garment was found may show either.
    garmentsOnly: outsideSlot === null && (own !== null || target.itemId !== null),
    interpretation: words
      ? {
          colours: meaning.colours,
          categories: said,
          patterns: meaning.patterns,
          sizes: knownSizes,
          minPrice: prices.minPrice,
          maxPrice: prices.maxPrice,
          titleWords: knownWords,
          ignored: [...meaning.ignored, ...prices.ignored],
          notUnderstood: [
            ...meaning.notUnderstood,
            ...meaning.titleWords.filter((word) => !knownWords.includes(word)),
            ...meaning.sizes.filter((size) => !knownSizes.includes(size)),
          ],
        }
      : null,
    where: (bind) => [
      ...(outsideSlot === null ? [] : [`i.whole_picture and i.own_slot = ${bind(outsideSlot)}::text`]),
      ...filterConditions(
        {
          categories: [...named],
          patterns: [...meaning.patterns],
          sizes: [...knownSizes],
          words: knownWords.join(' '),
          minPrice: prices.minPrice,
          maxPrice: prices.maxPrice,
        },
        shopCurrency,
        bind,
      ),
      ...(filtersColour ? [colourCondition(meaning.colours, bind)] : []),
      ...exclusion(rows, lessLike, bind),
    ],
  };
}

/** "Cheaper" needs a price to compare with; without one it is ignored. */
function pricesOf({ price }: InterpretedWords, { priceMinor, currency }: Target, shopCurrency: string) {
  const none = { minPrice: null, maxPrice: null, ignored: [] as readonly string[] };
  if (!price) return none;
  const { min: minPrice, max: maxPrice, thanOwn, phrases } = price;
  if (thanOwn === null) return { minPrice, maxPrice, ignored: none.ignored };
  if (priceMinor === null || (currency ?? shopCurrency) !== shopCurrency)
    return { minPrice, maxPrice, ignored: phrases.filter((phrase) => !/\d/.test(phrase)) };
  const unit = 10 ** fractionDigits(shopCurrency);
  const next = (priceMinor + (thanOwn === 'cheaper' ? -1 : 1)) / unit;
  return thanOwn === 'cheaper'
    ? { minPrice, maxPrice: Math.min(next, maxPrice ?? next), ignored: none.ignored }
    : { minPrice: Math.max(next, minPrice ?? next), maxPrice, ignored: none.ignored };
}

/** Uses the feed's colour, or the embedder's if the feed has none. */
function colourCondition(colours: readonly ColourName[], bind: (value: unknown) => string): string {
  const feed = bind(colours.map(feedPattern).join('|'));
  return `case when i.color is null then g.colour = any(${bind(colours)}::text[]) else i.color ~* ${feed}::text end`;
}

/** Items that the shopper dislikes are not listed. */
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

/** The vectors that the same model made; others cannot be compared. */
function comparable(rows: readonly TargetRow[], targets: readonly TargetId[], model: string): number[][] {
  return find(rows, targets).flatMap((row) =>
    row.embedding !== null && row.embeddingModel === model ? [JSON.parse(row.embedding)] : [],
  );
}

/** Sorted, so that floating-point sums do not depend on the order of the client's lists. */
function find(rows: readonly TargetRow[], targets: readonly TargetId[]): TargetRow[] {
  return rows
    .filter((row) => targets.some(({ kind, id }) => kind === row.kind && id === row.id))
    .sort((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1));
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`${field} ${what}.`, { field: `refine.${field}` });
}
