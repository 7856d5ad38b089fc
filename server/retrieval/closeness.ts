import { ALIKE, type Reason } from './reason.ts';

/** How close a match is, as one would say it at a glance. */
export type Closeness = 'very close' | 'close' | 'same colour' | 'same cut' | 'same pattern' | 'distant';

/** Least calibrated scores. */
const VERY_CLOSE = 0.7;
const CLOSE = 0.45;
const LEAST = 0.15;

/** Never says more than the reason: what differs in cut or colour is not close, whatever its score. */
export function closenessOf(
  score: number,
  reason: Pick<Reason, 'category' | 'colour' | 'pattern'>,
): Closeness {
  const { category, colour, pattern } = reason;
  if (category.agrees !== false && colour.agrees !== false) {
    if (score >= VERY_CLOSE) return 'very close';
    if (score >= CLOSE) return 'close';
  }
  if (colour.agrees) return 'same colour';
  if (score < LEAST) return 'distant';
  if (category.agrees) return 'same cut';
  return (pattern.similarity ?? 0) >= ALIKE ? 'same pattern' : 'distant';
}
