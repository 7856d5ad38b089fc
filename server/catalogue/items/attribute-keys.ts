import { foldText, textKey } from '../../vocabulary/fold.ts';
import { saysPlain, takePatterns } from '../../vocabulary/pattern-words.ts';
import { PATTERNS, SLEEVES, type SleeveName } from '../../vocabulary/taxonomy.ts';

/**
 * The keys by which a pattern is found: of "Striped" the one of the six. What names none or several of them, as in other
 * languages, is its own key.
 */
export function patternKeys(pattern: string): string[] {
  const whole = textKey(pattern);
  const named = PATTERNS.find((name) => name === whole) ?? onlyPattern(whole);
  return [named ?? whole];
}

/** What the feed says of a pattern: in its own column, else in the title. Null if it says nothing. */
export function feedPattern({ title, attributes }: Said): string | null {
  const said = attributes?.pattern;
  return said === undefined ? onlyPattern(foldText(title)) : patternKeys(said)[0]!;
}

/** "Not striped", "non-print". */
const NEGATED = /\b(?:not|no|non|never|without)[\s-]+(?:(?:an?|any)\s+)?[a-z]+/g;

function onlyPattern(text: string): string | null {
  const { patterns } = takePatterns(text.replace(NEGATED, (phrase) => (saysPlain(phrase) ? phrase : ' ')));
  return patterns.length === 1 ? patterns[0]! : null;
}

/** Columns in which feeds tell of sleeves. */
const SLEEVE_COLUMNS = ['sleeve', 'sleeves', 'sleeve_length', 'sleeve_type'] as const;
/** In English, German, French and Spanish, folded. Halfway lengths ("mi-longues", "halblang") are none of the four. */
const SLEEVE_WORDS: Readonly<Record<SleeveName, RegExp>> = {
  sleeveless:
    /\b(?:sleeveless|none|no|without|a(?:e)?rmellos\w*|ohne|kein(?:e|en)?|sans manches?|aucune|sin mangas?|ningun[ao]?)\b/,
  straps: /\b(?:spaghetti\w*|straps?|strappy|trager\w*|traeger\w*|bretelles?|tirantes?)\b/,
  long: /(?<!\b(?:mi|semi)[\s-])\b(?:long|lang(?:e[mnr]?|arm\w*|aerm\w*)?|longues?|largas?|largos?)\b/,
  short: /\b(?:short|kurz(?:e[mnr]?|arm\w*|aerm\w*)?|courte?s?|cort[ao]s?)\b/,
};

/** What the feed's own column says of sleeves; null if it says nothing that is understood. Categories tell the rest. */
export function feedSleeve({ attributes }: Said): SleeveName | null {
  const said = SLEEVE_COLUMNS.map((name) => attributes?.[name]).find((value) => value !== undefined);
  const text = foldText(said ?? '');
  const told = SLEEVES.filter((name) => SLEEVE_WORDS[name].test(text));
  return told.length === 1 ? told[0]! : null;
}

interface Said {
  readonly title: string;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}
