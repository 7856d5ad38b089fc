/** Cosine similarities as scores that people can read: how likely it is that a match agrees with what was asked for. */

import type { ScoreCurve } from '../vision/contract.ts';
import { type Category, categoryName } from '../vocabulary/category.ts';

/**
 * The calibrated probability, 0 to 1, that a match of this similarity agrees in category and dominant colour. Without
 * a curve the similarity itself: below 0 there is nothing alike to speak of.
 */
export function scoreOf(curve: ScoreCurve | null, similarity: number): number {
  if (!curve) return Math.min(1, Math.max(0, similarity));
  const { points } = curve;
  const next = points.findIndex(([at]) => at > similarity);
  if (next === 0) return points[0]![1];
  if (next < 0) return points.at(-1)![1];
  const [x0, y0] = points[next - 1]!;
  const [x1, y1] = points[next]!;
  return y0 + ((similarity - x0) / (x1 - x0)) * (y1 - y0);
}

/** The least similarity with at least this score: −1 where every one has it, infinity where none has. */
export function similarityOf(curve: ScoreCurve | null, score: number): number {
  if (!curve) return score > 0 ? score : -1;
  const { points } = curve;
  const next = points.findIndex(([, probability]) => probability >= score);
  if (next === 0) return -1;
  if (next < 0) return Number.POSITIVE_INFINITY;
  const [x0, y0] = points[next - 1]!;
  const [x1, y1] = points[next]!;
  return x0 + ((score - y0) / (y1 - y0)) * (x1 - x0);
}

/** The score that a match must have unless another is asked for; null where the model says none. */
export function cutoffOf(curve: ScoreCurve | null, category: Category | null): number | null {
  if (!curve) return null;
  return (category && curve.cutoffByCategory[categoryName(category)]) ?? curve.cutoff;
}
