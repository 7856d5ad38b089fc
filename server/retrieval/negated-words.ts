/** What a shopper does not want, in English: "not red or blue", "neither a dress nor a skirt". */
import { takeCategories } from '../catalogue/items/claim.ts';
import { takeColours } from '../vocabulary/colour-words.ts';
import { saysPlain, takePatterns } from '../vocabulary/pattern-words.ts';

const NEGATION =
  '(?:not|no|non|without|except(?: for)?|rather than|instead of|anything but|other than|apart from|neither|nor|' +
  // "Rather blue than red".
  '(?<=\\b(?:rather|sooner)\\s[\\p{L}\\s-]{1,60})than)';
const SMALL_WORDS = '(?:(?:an?|the|in|so|any|too|of|for)\\s+)*';
const WORD = '[\\p{L}\\p{N}-]+';
const NEGATED = new RegExp(`\\b${NEGATION}\\s+${SMALL_WORDS}(${WORD})`, 'gu');
const NEXT_WORD = new RegExp(`^\\s+(${WORD})`, 'u');
/** "Not red or blue" goes on after "or"; "not red, blue" does not. */
const FURTHER = new RegExp(`^\\s*,?\\s*\\b(?:or|nor)\\s+${SMALL_WORDS}(${WORD})`, 'u');

/** The phrases that say what is not wanted, and what is left of a lower-case text. */
export function takeNegated(text: string): { negated: string[]; rest: string } {
  const negated: string[] = [];
  let rest = '';
  let from = 0;
  for (const { 0: match, 1: first, index } of text.matchAll(NEGATED)) {
    // Within the phrase before it.
    if (index < from) continue;
    let end = index + match.length;
    end += lengthOfNoun(first!, text.slice(end));
    for (let next = FURTHER.exec(text.slice(end)); next; next = FURTHER.exec(text.slice(end))) {
      end += next[0].length;
      end += lengthOfNoun(next[1]!, text.slice(end));
    }
    const phrase = text.slice(index, end);
    rest += text.slice(from, index);
    from = end;
    if (saysPlain(phrase)) rest += phrase;
    else {
      rest += ' ';
      negated.push(phrase);
    }
  }
  return { negated, rest: rest + text.slice(from) };
}

/** "Not a red dress" is about the dress as well, and so is "not a dress black", as French has it. */
function lengthOfNoun(first: string, rest: string): number {
  const next = NEXT_WORD.exec(rest);
  if (!next) return 0;
  const second = next[1]!;
  const isPair = (isLook(first) && isGarment(second)) || (isGarment(first) && isLook(second));
  return isPair ? next[0].length : 0;
}

const isGarment = (word: string) => takeCategories(word).categories.length > 0;
const isLook = (word: string) =>
  takeColours(word).colours.length > 0 || takePatterns(word).patterns.length > 0;
