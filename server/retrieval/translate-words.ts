/** Turns German, French and Spanish words of a shopper into the English that interpretWords reads. */
import { claimOf } from '../catalogue/items/claim.ts';
import { englishShelf } from '../catalogue/items/shelf-names.ts';
import { foldText } from '../vocabulary/fold.ts';
import { FOREIGN, type ForeignLanguage, GERMAN_HEADS, type Parted } from './foreign-words.ts';

export interface TranslatedWords {
  readonly text: string;
  /** A part of the text in the words that the shopper used. */
  original(part: string): string;
}

const ENDINGS: Readonly<Record<string, (word: string) => string[]>> = {
  '+': (word) => ['', 'e', 'er', 'es', 'en', 'em'].map((ending) => word + ending),
  '*': (word) => ['', 'e', 's', 'es'].map((ending) => word + ending),
  '~': (word) => ['o', 'a', 'os', 'as'].map((ending) => word.replace(/o$/, ending)),
};
const MOST_IN_PHRASE = 4;
/** French leaves out vowels: "l'été", "jusqu'à". */
const TOKENS =
  /(?<!\p{L})(?:l|d|s|qu|jusqu)(?=['’]\p{L})|[\p{L}\p{N}](?:[\p{L}\p{N}.,'’-]*[\p{L}\p{N}])?|\s+|./gu;
/** "Blau,grün": what is listed without a space. */
const LISTED = /(?<=\p{L}),(?=\p{L})/gu;
/** "De 20 à 40 euros": its words mean nothing elsewhere. */
const RANGE = /(?<!\p{L})de (\d[\d.,]*) ([aà]) (\d[\d.,]*(?= ?(?:€|eur)))/gu;

interface Dictionary {
  readonly language: ForeignLanguage;
  readonly english: ReadonlyMap<string, string>;
  readonly doubtful: ReadonlySet<string>;
  /** Words of the language that a title may have as they are. */
  readonly own: ReadonlySet<string>;
  readonly parted: readonly Parted[];
}

const DICTIONARIES: readonly Dictionary[] = (Object.keys(FOREIGN) as ForeignLanguage[]).map((language) => {
  const { words, doubtful, own, parted } = FOREIGN[language];
  const pairs = Object.entries(words).flatMap(([english, list]) =>
    list.split(' ').flatMap((entry) => formsOf(entry).map((form) => [form, english] as const)),
  );
  return {
    language,
    english: new Map(pairs),
    doubtful: new Set(doubtful.split(' ')),
    own: new Set(own.split(' ').flatMap(formsOf)),
    parted,
  };
});
const HEADS = Object.entries(GERMAN_HEADS).flatMap(([english, list]) =>
  list.split(' ').map((head) => ({ head: foldText(head), english })),
);

function formsOf(entry: string): string[] {
  const phrase = foldText(entry.replaceAll('_', ' '));
  const forms = Object.entries(ENDINGS).find(([mark]) => phrase.endsWith(mark));
  return forms ? forms[1](phrase.slice(0, -1)) : [phrase];
}

interface Part {
  readonly original: string;
  readonly english: string;
  /** How much it speaks for the language: nothing for what is unknown, or an English word too. */
  readonly weight: number;
  readonly known: boolean;
}

/** Expects lower case. The text stays as it is where none of the three languages is spoken. */
export function translateWords(text: string): TranslatedWords {
  const tokens =
    text
      .replace(LISTED, ', ')
      .replace(RANGE, (_, low, to, high) => `entre ${low} ${to === 'a' ? 'y' : 'et'} ${high}`)
      .match(TOKENS) ?? [];
  const readings = DICTIONARIES.map((dictionary) => read(tokens, dictionary));
  const best = readings.reduce((a, b) => (rankOf(b) > rankOf(a) ? b : a));
  const isWord = /\p{L}/u;
  const alone = best.filter(({ original }) => isWord.test(original)).length === 1;
  if (scoreOf(best) === 0 && !(alone && best.some(({ known }) => known))) {
    return { text, original: (part) => part };
  }
  return {
    text: best.map(({ english }) => english).join(''),
    original: (part) => originalOf(best, part),
  };
}

const scoreOf = (parts: readonly Part[]) => parts.reduce((sum, { weight }) => sum + weight, 0);
/** Of two that speak as much for their language, the one that knows a word. */
const rankOf = (parts: readonly Part[]) => scoreOf(parts) + (parts.some(({ known }) => known) ? 0.5 : 0);

function read(tokens: readonly string[], dictionary: Dictionary): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = secondOf(tokens, at, dictionary) ?? longest(tokens, at, dictionary);
    if (found) {
      parts.push(found.part);
      at += found.length;
    } else {
      const original = tokens[at++]!;
      const english = withPlainNumber(original);
      parts.push(
        compound(original, dictionary) ??
          joined(original, dictionary) ??
          unchanged(original, dictionary) ?? { original, english, weight: 0, known: false },
      );
    }
  }
  return parts;
}

/** The second word of a pair, such as "noch" after "weder". */
function secondOf(tokens: readonly string[], at: number, { parted }: Dictionary) {
  const original = tokens[at]!;
  const pair = parted.find(
    ({ first, second }) =>
      second === foldText(original) && tokens.slice(0, at).some((word) => first.includes(foldText(word))),
  );
  return pair && { length: 1, part: { original, english: pair.english, weight: 1, known: true } };
}

function longest(tokens: readonly string[], at: number, { english, doubtful }: Dictionary) {
  for (let words = MOST_IN_PHRASE; words > 0; words--) {
    const length = 2 * words - 1;
    const slice = tokens.slice(at, at + length);
    if (slice.length < length) continue;
    const phrase = foldText(slice.map((token) => (/^[\s'’]+$/.test(token) ? ' ' : token)).join('')).replace(
      /[.,-]$/,
      '',
    );
    const meaning = english.get(phrase);
    if (meaning === undefined) continue;
    const original = slice.join('');
    // Small words, such as "de", are shared by languages.
    const weight = doubtful.has(phrase) ? 0 : meaning === '' ? 1 : 2 * words;
    return { length, part: { original, english: meaning, weight, known: true } };
  }
  return null;
}

/** A plural that feeds use as a name too, or a German compound: "Sommerkleid". */
function compound(token: string, { language }: Dictionary): Part | null {
  const shelf = englishShelf(token);
  if (shelf !== token && claimOf(shelf).kind === 'garment') {
    return { original: token, english: shelf, weight: 2, known: true };
  }
  if (language !== 'de') return null;
  const folded = foldText(token);
  const found = HEADS.find(({ head }) => folded.endsWith(head) && folded.length > head.length + 2);
  if (!found) return null;
  const before = token.slice(0, -found.head.length).replace(/-$/, '');
  return { original: token, english: `${before} ${found.english}`, weight: 2, known: true };
}

/** "Schwarz-weiß": words of the language, each with a meaning of its own. */
function joined(token: string, { english, doubtful }: Dictionary): Part | null {
  const words = token.split('-').map(foldText);
  const meanings = words.map((word) => english.get(word));
  if (words.length < 2 || !meanings.every((meaning) => meaning)) return null;
  const weight = 2 * words.filter((word) => !doubtful.has(word)).length;
  return { original: token, english: meanings.join(' '), weight, known: true };
}

/** A word that is of the language, and means nothing but itself. */
function unchanged(token: string, { own }: Dictionary): Part | null {
  return own.has(foldText(token)) ? { original: token, english: token, weight: 1, known: true } : null;
}

/** "1.299,50" is over a thousand in these languages. */
function withPlainNumber(token: string): string {
  return /^\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?$/.test(token)
    ? token.replaceAll('.', '').replace(',', '.')
    : token;
}

function originalOf(parts: readonly Part[], wanted: string): string {
  const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
  const said = squeeze(wanted);
  for (let from = 0; from < parts.length; from++) {
    let english = '';
    for (let to = from; to < parts.length && squeeze(english).length <= said.length; to++) {
      english += parts[to]!.english;
      if (squeeze(english) !== said || squeeze(parts[from]!.english) === '') continue;
      return squeeze(
        parts
          .slice(from, to + 1)
          .map(({ original }) => original)
          .join(''),
      );
    }
  }
  return wanted;
}
