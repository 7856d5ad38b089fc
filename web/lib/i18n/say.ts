/** What several components say, in the page's language. */
import type { Category, Money } from '../api/shapes.ts';
import { formatMoney, formatTime } from '../format.ts';
import type { en } from './messages/en.ts';
import type { Words } from './words.ts';

/** A garment: its category, or else how it was made. */
interface Named {
  category: Category | null;
  origin?: 'PARSED' | 'DRAWN';
}

/** `Trousers`; a garment without a category is a drawn region, or an image embedded whole. */
export function sayGarment({ t }: Pick<Words, 't'>, garment: Named): string {
  return t(`category.${keyOf(garment)}`);
}

/** `trousers` in the middle of a sentence; German nouns stay as they are. */
export function sayGarmentWithin(words: Words, garment: Named): string {
  return within(words, sayGarment(words, garment));
}

/** `these trousers`, in the middle of a sentence. */
export function sayThisGarment({ t }: Words, garment: Named): string {
  return t(`thisCategory.${keyOf(garment)}`);
}

function keyOf({ category, origin }: Named) {
  return category ?? (origin === 'DRAWN' ? 'DRAWN' : 'WHOLE');
}

/** A label as a part of a sentence: small in all languages but German, whose nouns are capital everywhere. */
export function within({ language, locale }: Words, label: string): string {
  return language === 'de' ? label : label.charAt(0).toLocaleLowerCase(locale) + label.slice(1);
}

export function asSentence({ locale }: Words, phrase: string): string {
  return phrase.charAt(0).toLocaleUpperCase(locale) + phrase.slice(1);
}

type ColourKey = keyof typeof en.colour;

/** A feed's word for a colour: translated where it is one of the 13 in English, as pictures and simple feeds have them. */
export function sayColour({ t }: Pick<Words, 't'>, word: string): string {
  const key = word.toLowerCase();
  return isColour(key) ? t(`colour.${key}`) : word;
}

/** Not by looking into the messages, which also have what every object inherits: `constructor`. */
const COLOURS: Readonly<Record<ColourKey, true>> = {
  black: true,
  white: true,
  grey: true,
  beige: true,
  brown: true,
  red: true,
  orange: true,
  yellow: true,
  green: true,
  blue: true,
  navy: true,
  purple: true,
  pink: true,
};
const isColour = (word: string): word is ColourKey => Object.hasOwn(COLOURS, word);

type PatternKey = keyof typeof en.filters.pattern;

/** One of the six patterns, however the API writes it, or a feed's own word. */
export function sayPattern({ t }: Pick<Words, 't'>, word: string): string {
  const key = word.toLowerCase();
  return isPattern(key) ? t(`filters.pattern.${key}`) : word;
}

const PATTERNS: Readonly<Record<PatternKey, true>> = {
  plain: true,
  striped: true,
  checked: true,
  dotted: true,
  floral: true,
  print: true,
};
const isPattern = (word: string): word is PatternKey => Object.hasOwn(PATTERNS, word);

/** `€19.90` */
export function sayMoney({ locale }: Words, money: Money): string {
  return formatMoney(money, locale);
}

export function sayNumber({ locale }: Words, number: number): string {
  return new Intl.NumberFormat(locale).format(number);
}

/** 0.873 → `87%`. */
export function sayShare({ locale }: Words, share: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** `24 Nov 2026, 11:13`; with its zone where that is not the visitor's own. */
export function sayTime({ locale }: Words, time: string, timeZone?: 'UTC'): string {
  return timeZone ? `${formatTime(time, locale, timeZone)} ${timeZone}` : formatTime(time, locale);
}

/** `a, b and c`, or `a, b or c`. */
export function sayList(
  { locale }: Words,
  names: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(locale, { type }).format(names);
}
