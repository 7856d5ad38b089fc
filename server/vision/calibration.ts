/** Calibrates the parser's raw scores to precision, per category. */
import { CATEGORIES, type CategoryId } from '../vocabulary/taxonomy.ts';

/**
 * A rising curve from raw score to the share of such garments that are correct: linear between points, flat outside.
 */
export type Curve = readonly (readonly [raw: number, precision: number])[];

/** The value of a curve with at least one point. */
export function interpolate(curve: Curve, at: number): number {
  const next = curve.findIndex(([raw]) => raw >= at);
  if (next === 0) return curve[0]![1];
  if (next === -1) return curve.at(-1)![1];
  const [x0, y0] = curve[next - 1]!;
  const [x1, y1] = curve[next]!;
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
}

/**
 * A function from a category and its raw score to the calibrated score, which is the raw score if the category has no
 * curve. The order within a category does not change, so neither does its average precision.
 */
export function calibrator(
  curves: Readonly<Record<string, Curve>> = {},
): (category: CategoryId, raw: number) => number {
  const byId = CATEGORIES.map((name) => curves[name]);
  return (category, raw) => {
    const curve = byId[category - 1];
    return curve ? interpolate(curve, raw) : raw;
  };
}
