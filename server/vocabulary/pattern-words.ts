import { PATTERNS, type PatternName } from './taxonomy.ts';

/** What people and feeds call the patterns, in English. */
const WORDS: Readonly<Record<PatternName, string>> = {
  plain:
    '(?:without|no|not) (?:an? |any )?(?:patterns?|prints?|patterned|printed)|plain|solid|unpatterned|(?:one|single)[ -]colou?r(?:ed)?',
  striped: '(?:pin[ -]?)?strip(?:es?|ed|y)|breton',
  checked: '(?:check(?:s|ed|ered)?|plaid|tartan|gingham|houndstooth)',
  dotted: '(?:polka[ -]?)?dot(?:s|ted|ty)?|spotted',
  floral: 'floral|flower(?:s|ed|y)?',
  print:
    '(?:graphic |animal |all[ -]?over )?print(?:s|ed)?|graphic|leopard|zebra|camouflage|camo|paisley|patterned',
};
// "Floral print" is floral, "without print" is plain.
const FOUND = PATTERNS.map((pattern) => ({
  pattern,
  find: new RegExp(`\\b(?:${WORDS[pattern]})(?: (?:prints?|printed|patterns?|patterned))?\\b`, 'g'),
}));

/** "Without a pattern" asks for something, unlike "not striped". */
export function saysPlain(phrase: string): boolean {
  return takePatterns(phrase).patterns.join() === 'plain' && !/plain|solid/.test(phrase);
}

/** The patterns that a lower-case text names, and what is left of it. */
export function takePatterns(text: string): { patterns: PatternName[]; rest: string } {
  const patterns: PatternName[] = [];
  let rest = text;
  for (const { pattern, find } of FOUND) {
    const left = rest.replace(find, ' ');
    if (left !== rest) patterns.push(pattern);
    rest = left;
  }
  return { patterns, rest };
}
