import type { Mask } from '../vision/contract.ts';

/**
 * Outlines of a mask as COCO polygons: [x1, y1, x2, y2, …] along the borders of its pixels, one for each piece and,
 * because COCO's polygons know no holes, none for holes. Straight runs are joined; pieces under `least` pixels are left out.
 */
export function maskContours(mask: Mask, least = 12): number[][] {
  const { width, height, data } = mask;
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  const seen = new Uint8Array(width * height);
  const polygons: number[][] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (seen[y * width + x] || !inside(x, y)) continue;
      const area = flood(mask, seen, x, y);
      // The first pixel of a piece in reading order has its upper left corner on the outer border.
      if (area >= least) polygons.push(followBorder(x, y, inside));
    }
  return polygons;
}

function flood(mask: Mask, seen: Uint8Array, x: number, y: number): number {
  const { width, height, data } = mask;
  const stack = [y * width + x];
  seen[y * width + x] = 1;
  let area = 0;
  const visit = (at: number) => {
    if (data[at] !== 1 || seen[at]) return;
    seen[at] = 1;
    stack.push(at);
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    area++;
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return area;
}

/** Walks along pixel borders with the inside to the right, from the upper left corner of pixel (x, y). */
function followBorder(startX: number, startY: number, inside: (x: number, y: number) => boolean): number[] {
  const polygon: number[] = [];
  let [x, y, dx, dy] = [startX, startY, 1, 0];
  do {
    // Of the two pixels ahead of a corner, the left one decides first: pieces joined by a corner only stay apart.
    const aheadLeft = inside(x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2);
    const aheadRight = inside(x + (dx - dy - 1) / 2, y + (dy + dx - 1) / 2);
    const [px, py] = [dx, dy];
    if (!aheadRight) [dx, dy] = [-dy, dx];
    else if (aheadLeft) [dx, dy] = [dy, -dx];
    if (dx !== px || dy !== py) polygon.push(x, y);
    x += dx;
    y += dy;
  } while (x !== startX || y !== startY || polygon.length < 2);
  if (dx !== 1 || dy !== 0) polygon.push(startX, startY);
  return polygon;
}
