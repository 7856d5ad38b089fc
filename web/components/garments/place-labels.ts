import type { Garment } from '@/lib/api/shapes.ts';

export interface Label {
  garment: Garment;
  /**
   * In percent of the photo's width and height. `left` is also the share of the label's own width that lies to its
   * left.
   */
  left: number;
  top: number;
}

/** In percent: the least distance between labels whose columns overlap, and how close columns must be to overlap. */
const ROW = 8;
const COLUMN = 42;
const EDGE = 5;

/** Places a label on each garment, just below the top of its box, moved down if it would cover another label. */
export function placeLabels(garments: Garment[], width: number, height: number): Label[] {
  const placed: Label[] = [];
  const byTop = [...garments].sort((a, b) => a.box.y1 - b.box.y1);
  for (const garment of byTop) {
    const { x1, y1, x2, y2 } = garment.box;
    const left = clamp(((x1 + x2) / 2 / width) * 100, 0, 100);
    let top = clamp(((y1 + (y2 - y1) * 0.12) / height) * 100, EDGE, 100 - EDGE);
    for (const other of placed) {
      if (Math.abs(other.left - left) < COLUMN && Math.abs(other.top - top) < ROW) top = other.top + ROW;
    }
    placed.push({ garment, left, top: Math.min(top, 100 - EDGE) });
  }
  return placed;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
