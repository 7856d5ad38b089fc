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
  for (let row = from; row <= to; row++) {
    const crossings = crossingsAt(points, row + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const left = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const right = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (right > left) mask.data.fill(1, row * width + left, row * width + right);
    }
  }
  return mask;
}

/** Where the polygon's edges cross the line at `y`, from left to right. */
function crossingsAt(points: readonly Point[], y: number): number[] {
  const found: number[] = [];
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length]!;
    if (y1 <= y !== y2 <= y) found.push(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1));
  });
  return found.sort((a, b) => a - b);
}
