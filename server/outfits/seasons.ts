/** Whether the seasons and occasions that a feed names allow two items to be worn together. */

import { foldText } from '../vocabulary/fold.ts';
import type { Piece } from './piece.ts';

/** In English, German, French and Spanish, as `foldText` leaves them. */
const SEASONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(?:spring|fruhling|fruhjahr|printemps|primavera)\b/, ['spring']],
  [/\b(?:summer|sommer|ete|verano)\b/, ['summer']],
  [/\b(?:autumn|fall|herbst|automne|otono)\b/, ['autumn']],
  [/\b(?:winter|hiver|invierno)\b/, ['winter']],
  [/\bss ?\d\d/, ['spring', 'summer']],
  [/\b(?:aw|fw) ?\d\d/, ['autumn', 'winter']],
];
const ANY = /\b(?:all|any|every|year|none|alle|jede|ganzjahrig|jahr|tou(?:te)?s|annee|tod[ao]s?|ano)\b/;

/** Of a text such as "Spring/Summer"; null if it names none, or all. */
export function seasonsOf(text: string | null): ReadonlySet<string> | null {
  const words = foldText(text ?? '');
  if (ANY.test(words)) return null;
  const found = SEASONS.flatMap(([pattern, seasons]) => (pattern.test(words) ? seasons : []));
  return found.length > 0 ? new Set(found) : null;
}

/** Of a text such as "Party, Wedding"; null if it names none, or any. */
export function occasionsOf(text: string | null): ReadonlySet<string> | null {
  const words = foldText(text ?? '');
  if (ANY.test(words)) return null;
  const found = words
    .split(/[,;/|&]|\band\b|\bor\b/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return found.length > 0 ? new Set(found) : null;
}

type Worn = Pick<Piece, 'seasons' | 'occasions'>;

/** Whether both name seasons, or both occasions, and have none in common. */
export function contradict(a: Worn, b: Worn): boolean {
  return areApart(a.seasons, b.seasons) || areApart(a.occasions, b.occasions);
}

function areApart(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  return a !== null && b !== null && ![...a].some((value) => b.has(value));
}
