/** Reads what a shopper wants from words: "this but in blue", "als Rock", "moins de 50 euros". */
import { takeCategories } from '../catalogue/items/claim.ts';
import { Category, categoryName } from '../vocabulary/category.ts';
import { takeColours } from '../vocabulary/colour-words.ts';
import { takePatterns } from '../vocabulary/pattern-words.ts';
import type { ColourName, PatternName } from '../vocabulary/taxonomy.ts';
import { normalForm } from '../vocabulary/text.ts';
import { takeNegated } from './negated-words.ts';
import { type PriceWords, takePrices } from './price-words.ts';
import { takeSizes } from './size-words.ts';
import { translateWords } from './translate-words.ts';

export interface InterpretedWords {
  readonly colours: readonly ColourName[];
  readonly categories: readonly Category[];
  readonly patterns: readonly PatternName[];
  readonly sizes: readonly string[];
  /** Null if the words name no price. */
  readonly price: PriceWords | null;
  /** Words that an item's title must have. */
  readonly titleWords: readonly string[];
  /** What was read but not used, such as "not red". */
  readonly ignored: readonly string[];
  /** Prices that cannot be told, such as those in another currency than the shop's. */
  readonly notUnderstood: readonly string[];
}

/** Words that do not describe a garment. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be but by can colour coloured color colored different do find for from give have i ' +
    'in instead is it item less like look looking looks make me more my of one ones only or other please prefer rather same ' +
    'show similar so some something sooner style that the their them these thing this those to version very want ' +
    'with would you'
  ).split(' '),
);
/** Comparisons with the garment that is searched with. Titles do not have these words and nothing measures them: they are ignored. */
const COMPARISONS =
  /\b(?:(?:a (?:bit|little)|much|slightly|something|somewhat) )?(?:darker|lighter|brighter|paler|longer|shorter|tighter|looser|wider|slimmer|warmer|thinner|thicker|bigger|smaller|dark)\b(?! denim)/g;
const MAX_TITLE_WORDS = 8;

/**
 * Reads English, and German, French and Spanish by their English. Depends on the words, the category of the garment and the
 * shop's currency alone.
 */
export function interpretWords(
  words: string,
  category: Category | null = null,
  shopCurrency = 'EUR',
): InterpretedWords {
  const said = normalForm(words, 'NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  const { sizes, rest: unsized } = takeSizes(said);
  const { text, original } = translateWords(unsized);
  const { price, unread, rest: unpriced } = takePrices(text, shopCurrency);
  const { negated, rest: positive } = takeNegated(unpriced);
  const { patterns, rest: unpatterned } = takePatterns(positive);
  const { colours, rest: uncoloured } = takeColours(unpatterned);
  const compared = uncoloured.match(COMPARISONS) ?? [];
  const described = uncoloured.replace(COMPARISONS, ' ');
  const { unworn, text: fitting } = withoutSleeves(withNoun(described, category), category);
  const { categories, rest } = takeCategories(fitting);
  const unused = new Set(
    (rest.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? []).filter((word) => !STOP_WORDS.has(word)),
  );
  const titleWords = [...unused];
  return {
    colours,
    categories,
    patterns,
    sizes,
    price: price && { ...price, phrases: price.phrases.map(original) },
    titleWords: titleWords.slice(0, MAX_TITLE_WORDS),
    ignored: [...negated, ...compared, ...unworn, ...titleWords.slice(MAX_TITLE_WORDS)].map(original),
    notUnderstood: unread.map(original),
  };
}

/** "With long sleeves" means a dress if the garment is a dress. */
function withNoun(text: string, category: Category | null): string {
  if (!category || !/\bsleeve/.test(text) || takeCategories(text).categories.length > 0) return text;
  const noun = nounOf(category);
  return noun ? `${text} ${noun}` : text;
}

/** A kind of garment that has sleeves or may have; undefined for shorts, trousers and skirts. */
const nounOf = (category: Category) =>
  /top|outwear|dress/.exec(categoryName(category))?.[0] ?? TOPS.get(category);
const TOPS = new Map([
  [Category.VEST, 'top'],
  [Category.SLING, 'top'],
]);

const SLEEVES = /\b(?:with )?(?:(?:long|short|half|cap)[ -]?)?sleeve(?:d|s|less)?\b/g;

/** Of a garment that has no sleeves, what is said of them is asked of nothing: no title would have it. */
function withoutSleeves(text: string, category: Category | null): { unworn: string[]; text: string } {
  const isWorn = !category || nounOf(category) || takeCategories(text).categories.length > 0;
  if (isWorn) return { unworn: [], text };
  return { unworn: text.match(SLEEVES) ?? [], text: text.replace(SLEEVES, ' ') };
}
