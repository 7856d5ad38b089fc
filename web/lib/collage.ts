import type { Category } from './api/shapes.ts';

/** A garment to lay out. */
export interface Layer {
  slot: string;
  category: Category | null;
  /** Width divided by height of its picture. */
  aspect: number;
}

/** Where a garment lies, in percent of the collage's width and height. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Higher ones lie over lower ones. */
  depth: number;
}

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The collage, in units of a hundredth of its width. */
export const CANVAS = { width: 100, height: 125 } as const;
const MARGIN = 5;
/** A single small garment does not fill the collage. */
const MOST_SCALE = 1.25;

/** Square root of a garment's area: equal areas look equally large, whatever the cut and the pose. */
const SIZES: Record<Category, number> = {
  SHORT_SLEEVE_TOP: 43,
  LONG_SLEEVE_TOP: 46,
  SHORT_SLEEVE_OUTWEAR: 47,
  LONG_SLEEVE_OUTWEAR: 54,
  VEST: 39,
  SLING: 37,
  SHORTS: 37,
  TROUSERS: 51,
  SKIRT: 43,
  SHORT_SLEEVE_DRESS: 62,
  LONG_SLEEVE_DRESS: 64,
  VEST_DRESS: 61,
  SLING_DRESS: 60,
};
const USUAL_SIZES = new Map([
  ['outerwear', 50],
  ['top', 43],
  ['bottom', 46],
  ['dress', 62],
]);
/** Shoes, bags and whatever else a shop has. */
const ACCESSORY_SIZE = 25;
const MOST_WIDTH = 64;
const MOST_HEIGHT = 84;
/** Pictures are cut as they were taken, so a few are very long or flat. */
const ASPECTS = { least: 0.3, most: 2.2 } as const;

const DEPTHS = new Map([
  ['bottom', 1],
  ['dress', 2],
  ['top', 2],
  ['outerwear', 3],
]);
const ACCESSORY_DEPTH = 4;

/** Share of a top that covers what is worn below it, and share of it that an outer layer covers. */
const TUCK = 0.12;
const COVER = 0.3;
/** Share of an outer layer's width by which a bottom moves below it. */
const SHIFT = 0.2;
const GAP = 3;

/**
 * Lays garments out as on a body: the top over the bottom, the outer layer over one side of both, accessories beside
 * them and shoes at the foot.
 */
export function layOut(layers: readonly Layer[]): Place[] {
  const bodies = new Map<string, Rectangle>();
  for (const layer of layers) if (DEPTHS.has(layer.slot)) bodies.set(layer.slot, sized(layer));
  placeOnBody(bodies);
  const placed = layers.map((layer) => bodies.get(layer.slot) ?? sized(layer));
  placeBeside(
    layers.flatMap(({ slot }, index) => (bodies.has(slot) ? [] : [{ slot, rectangle: placed[index]! }])),
    [...bodies.values()],
  );
  return fitted(placed).map((rectangle, index) => ({
    left: percent(rectangle.x, CANVAS.width),
    top: percent(rectangle.y, CANVAS.height),
    width: percent(rectangle.width, CANVAS.width),
    height: percent(rectangle.height, CANVAS.height),
    depth: DEPTHS.get(layers[index]!.slot) ?? ACCESSORY_DEPTH,
  }));
}

function sized({ slot, category, aspect: given }: Layer): Rectangle {
  const aspect = Math.min(Math.max(given, ASPECTS.least), ASPECTS.most);
  const onBody = DEPTHS.has(slot);
  const size = onBody ? (category ? SIZES[category] : USUAL_SIZES.get(slot)!) : ACCESSORY_SIZE;
  const height = Math.min(size / Math.sqrt(aspect), MOST_HEIGHT, MOST_WIDTH / aspect);
  return { x: 0, y: 0, width: height * aspect, height };
}

/** The middle of the body is at x = 0, its shoulders are at y = 0. */
function placeOnBody(bodies: ReadonlyMap<string, Rectangle>): void {
  const [outer, top, bottom, dress] = ['outerwear', 'top', 'bottom', 'dress'].map((slot) => bodies.get(slot));
  for (const body of bodies.values()) body.x = -body.width / 2;
  const inner = dress ?? top;
  const above = inner ?? outer;
  if (bottom && above) bottom.y = above.height * (1 - TUCK);
  if (outer && inner) outer.x = inner.x + COVER * inner.width - outer.width;
  // Towards the middle of both, or the place below the outer layer stays empty.
  if (outer && inner && bottom) bottom.x -= SHIFT * outer.width;
}

function placeBeside(
  accessories: { slot: string; rectangle: Rectangle }[],
  bodies: readonly Rectangle[],
): void {
  const foot = Math.max(0, ...bodies.map(({ y, height }) => y + height));
  let next = foot * 0.36;
  let lowest = foot;
  for (const { slot, rectangle } of accessories) {
    if (isForFeet(slot)) {
      rectangle.y = lowest - rectangle.height;
      lowest = rectangle.y - GAP;
    } else {
      rectangle.y = next;
      next += rectangle.height + GAP;
    }
    const beside = bodies.filter(
      ({ y, height }) => y < rectangle.y + rectangle.height && rectangle.y < y + height,
    );
    rectangle.x = Math.max(0, ...beside.map(({ x, width }) => x + width)) + GAP;
  }
}

function isForFeet(slot: string): boolean {
  return /shoe|boot|sneaker|sandal|sock|foot/.test(slot);
}

/** All of them in the middle of the canvas, as large as it allows. */
function fitted(rectangles: readonly Rectangle[]): Rectangle[] {
  const left = Math.min(...rectangles.map(({ x }) => x));
  const top = Math.min(...rectangles.map(({ y }) => y));
  const width = Math.max(...rectangles.map((one) => one.x + one.width)) - left;
  const height = Math.max(...rectangles.map((one) => one.y + one.height)) - top;
  const scale = Math.min(
    (CANVAS.width - 2 * MARGIN) / width,
    (CANVAS.height - 2 * MARGIN) / height,
    MOST_SCALE,
  );
  const indent = { x: (CANVAS.width - width * scale) / 2, y: (CANVAS.height - height * scale) / 2 };
  return rectangles.map((one) => ({
    x: indent.x + (one.x - left) * scale,
    y: indent.y + (one.y - top) * scale,
    width: one.width * scale,
    height: one.height * scale,
  }));
}

function percent(value: number, whole: number): number {
  return Math.round((10_000 * value) / whole) / 100;
}
