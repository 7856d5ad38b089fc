/** A box drawn by hand: x1, y1, x2, y2 in pixels of the picture. */
export interface Region {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Size {
  width: number;
  height: number;
}

/** The server's own minimum. */
export const LEAST_SIDE = 16;

/** The middle of the picture, where the box is before anything is drawn. */
export function middle({ width, height }: Size): Region {
  return { x1: width * 0.3, y1: height * 0.3, x2: width * 0.7, y2: height * 0.7 };
}

/** The box between two corners, clipped to the picture. */
export function between(a: readonly [number, number], b: readonly [number, number], size: Size): Region {
  const [x1, x2] = [clamp(a[0], size.width), clamp(b[0], size.width)].sort((p, q) => p - q) as [
    number,
    number,
  ];
  const [y1, y2] = [clamp(a[1], size.height), clamp(b[1], size.height)].sort((p, q) => p - q) as [
    number,
    number,
  ];
  return { x1, y1, x2, y2 };
}

/** Moves the box, within the picture. */
export function moved({ x1, y1, x2, y2 }: Region, [dx, dy]: readonly [number, number], size: Size): Region {
  const x = Math.min(Math.max(dx, -x1), size.width - x2);
  const y = Math.min(Math.max(dy, -y1), size.height - y2);
  return { x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y };
}

/** Moves its lower right corner; the box never gets smaller than the server allows. */
export function resized({ x1, y1, x2, y2 }: Region, [dx, dy]: readonly [number, number], size: Size): Region {
  return {
    x1,
    y1,
    x2: Math.min(size.width, Math.max(x1 + LEAST_SIDE, x2 + dx)),
    y2: Math.min(size.height, Math.max(y1 + LEAST_SIDE, y2 + dy)),
  };
}

/** What a drag does: it spans a box from the corner opposite, or moves the box. */
export type Drag =
  | { readonly corner: readonly [number, number] }
  | { readonly from: readonly [number, number]; readonly region: Region };

/** A drag that begins at this point: near a corner it sizes the box, within it moves it, beside it draws a new one. */
export function dragAt(region: Region, [x, y]: readonly [number, number], reach: number): Drag {
  const { x1, y1, x2, y2 } = region;
  for (const [cornerX, oppositeX] of [
    [x1, x2],
    [x2, x1],
  ] as const)
    for (const [cornerY, oppositeY] of [
      [y1, y2],
      [y2, y1],
    ] as const)
      if (Math.hypot(x - cornerX, y - cornerY) <= reach) return { corner: [oppositeX, oppositeY] };
  const within = x > x1 && x < x2 && y > y1 && y < y2;
  return within ? { from: [x, y], region } : { corner: [x, y] };
}

export function isLargeEnough({ x1, y1, x2, y2 }: Region): boolean {
  return x2 - x1 >= LEAST_SIDE && y2 - y1 >= LEAST_SIDE;
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
