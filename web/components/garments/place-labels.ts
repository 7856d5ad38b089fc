import type { Garment } from '@/lib/api/shapes.ts';

export interface Label {
  garment: Garment;
  /** In percent of the photo's width and height; at `left` lies the same share of the label's own width. */
  left: number;
  top: number;
}

/** Least distance of two labels whose columns overlap, and how near columns must be to overlap, in percent. */
const ROW = 8;
const COLUMN = 42;
const EDGE = 5;

/** A label upon each garment, a little below its box's top, moved down where it would cover another one. */
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
