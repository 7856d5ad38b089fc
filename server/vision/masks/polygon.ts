import type { Image, Mask, Point } from '../contract.ts';
import { emptyMask } from './masks.ts';

/**
 * The mask inside a closed polygon: pixels whose centres lie in it, by the even-odd rule. Points may lie outside the image.
 */
export function polygonMask(
  points: readonly Point[],
  { width, height }: Pick<Image, 'width' | 'height'>,
): Mask {
  const mask = emptyMask(width, height);
  const ys = points.map(([, y]) => y);
  const from = Math.max(0, Math.ceil(Math.min(...ys) - 0.5));
  const to = Math.min(height - 1, Math.floor(Math.max(...ys) - 0.5));
  for (const [index, crossings] of crossingsOf(points, from, to).entries()) {
    const row = from + index;
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const left = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const right = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (right > left) mask.data.fill(1, row * width + left, row * width + right);
    }
  }
  return mask;
}

/** Where the polygon's edges cross the middle of each row `from` to `to`, from left to right. */
function crossingsOf(points: readonly Point[], from: number, to: number): number[][] {
  const found: number[][] = Array.from({ length: Math.max(0, to - from + 1) }, () => []);
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length]!;
    const last = Math.min(to, Math.ceil(Math.max(y1, y2) - 0.5) - 1);
    for (let row = Math.max(from, Math.ceil(Math.min(y1, y2) - 0.5)); row <= last; row++) {
      found[row - from]!.push(x1 + ((row + 0.5 - y1) * (x2 - x1)) / (y2 - y1));
    }
  });
  return found.map((crossings) => crossings.sort((a, b) => a - b));
}
