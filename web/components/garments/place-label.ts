import type { Garment } from '@/lib/api/shapes.ts';

/** In percent of the picture's height: the least distance from its edges. */
const EDGE = 5;

/**
 * Places a label at the top of a garment's box. `left` is also the share of the label's own width that lies to its left,
 * so that it never leaves the picture.
 */
export function placeLabel(box: Garment['box'], { width, height }: { width: number; height: number }) {
  const left = clamp((50 * (box.x1 + box.x2)) / width, 0, 100);
  const top = clamp((100 * box.y1) / height, EDGE, 100 - EDGE);
  return { left: `${left}%`, top: `${top}%`, transform: `translate(-${left}%, -50%)` };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
