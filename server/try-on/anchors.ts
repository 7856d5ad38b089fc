/**
 * Places on a garment's outline that can be found again on another garment of its kind: derived from the outline alone, by its
 * hollows and corners. Left and right are those of the picture.
 */
import type { Point } from '../vision/contract.ts';
import { arc, argmax, distance, type Frame, frameOf } from './geometry.ts';

/** Garments of a kind have the same anchors and parts. */
export type Kind = 'legs' | 'skirt' | 'sleeveless' | 'sleeved';

const KINDS: Readonly<Record<number, Kind>> = {
  1: 'sleeved',
  2: 'sleeved',
  3: 'sleeved',
  4: 'sleeved',
  5: 'sleeveless',
  6: 'sleeveless',
  7: 'legs',
  8: 'legs',
  9: 'skirt',
  10: 'sleeved',
  11: 'sleeved',
  12: 'sleeveless',
  13: 'sleeveless',
};

export function kindOf(category: number | null): Kind | null {
  return (category !== null && KINDS[category]) || null;
}

const SIDES = ['Left', 'Right'] as const;
type Side = (typeof SIDES)[number];
export type AnchorName =
  | `${'waist' | 'hem' | 'hemInner' | 'neck' | 'shoulder' | 'armpit' | 'cuffOuter' | 'cuffInner'}${Side}`
  | 'crotch'
  | 'waist';

/** `derived` from a mask; the points in the order in which a clockwise outline passes them. */
export interface Anchors {
  readonly kind: Kind;
  readonly source: 'derived';
  readonly outline: readonly Point[];
  /** Indices in the outline. */
  readonly at: Readonly<Partial<Record<AnchorName, number>>>;
}

/** The anchors of a clockwise outline with a point about every pixel; null if its shape is not that of the kind. */
export function findAnchors(kind: Kind, outline: readonly Point[]): Anchors | null {
  if (outline.length < 64) return null;
  const at = FINDERS[kind](outline, frameOf(outline));
  return at && isInOrder(ORDER[kind], at, outline.length) ? { kind, source: 'derived', outline, at } : null;
}

type Found = Partial<Record<AnchorName, number>>;

const FINDERS: Readonly<Record<Kind, (outline: readonly Point[], frame: Frame) => Found | null>> = {
  skirt: (outline, frame) => ({
    waistLeft: corner(outline, frame, -1, -1.4),
    waistRight: corner(outline, frame, 1, -1.4),
    hemRight: corner(outline, frame, 1, 1.4),
    hemLeft: corner(outline, frame, -1, 1.4),
  }),
  legs: findLegs,
  sleeveless: findSleeveless,
  sleeved: findSleeved,
};

/** Clockwise, from the left of the top. */
export const ORDER: Readonly<Record<Kind, readonly AnchorName[]>> = {
  skirt: ['waistLeft', 'waistRight', 'hemRight', 'hemLeft'],
  legs: [
    'waistLeft',
    'waist',
    'waistRight',
    'hemRight',
    'hemInnerRight',
    'crotch',
    'hemInnerLeft',
    'hemLeft',
  ],
  sleeveless: [
    'neckLeft',
    'neckRight',
    'shoulderRight',
    'armpitRight',
    'hemRight',
    'hemLeft',
    'armpitLeft',
    'shoulderLeft',
  ],
  sleeved: [
    'neckLeft',
    'neckRight',
    'shoulderRight',
    'cuffOuterRight',
    'cuffInnerRight',
    'armpitRight',
    'hemRight',
    'hemLeft',
    'armpitLeft',
    'cuffInnerLeft',
    'cuffOuterLeft',
    'shoulderLeft',
  ],
};

function isInOrder(order: readonly AnchorName[], at: Found, length: number): boolean {
  const first = at[order[0]!];
  if (first === undefined) return false;
  let last = -1;
  for (const name of order) {
    const index = at[name];
    // Legs without a gap between them.
    if (index === undefined && name === 'crotch') continue;
    if (index === undefined || index < 0) return false;
    const along = (index - first + length) % length;
    // Where an arm hangs close, the armpit is not to be seen and is the cuff's inner corner.
    const isSame = along === last && (/^(armpit|cuffInner)/.test(name) || areLegsClosed(at));
    if (along < last || (along === last && !isSame)) return false;
    last = along;
  }
  return true;
}

/** Whether legs show no gap between them. */
export function areLegsClosed(at: Found): boolean {
  return at.crotch === undefined && at.hemInnerLeft !== undefined;
}

/** The point farthest towards a corner of the frame. */
function corner(
  outline: readonly Point[],
  { x1, y1, width, height }: Frame,
  dx: number,
  dy: number,
  where: (u: number, v: number, index: number) => boolean = () => true,
): number {
  return argmax(outline, ([x, y], index) => {
    const [u, v] = [(x - x1) / width, (y - y1) / height];
    return where(u, v, index) ? dx * u + dy * v : null;
  });
}

/** Whether `index` lies on the way clockwise from `from` to `to`. */
function isOn(index: number, from: number, to: number, length: number): boolean {
  return (index - from + length) % length <= (to - from + length) % length;
}

function findLegs(outline: readonly Point[], frame: Frame): Found | null {
  const n = outline.length;
  const waistLeft = corner(outline, frame, -0.6, -1.6);
  const waistRight = corner(outline, frame, 0.6, -1.6);
  const hemRight = corner(outline, frame, 1, 1.6);
  const hemLeft = corner(outline, frame, -1, 1.6);
  const middle = (outline[waistLeft]![0] + outline[waistRight]![0]) / 2;
  const waist = argmax(outline, ([px], i) =>
    isOn(i, waistLeft, waistRight, n) ? -Math.abs(px - middle) : null,
  );
  const ends = { waistLeft, waist, waistRight, hemRight, hemLeft };
  // The top of the gap between the legs, above the line between the hems.
  const [from, to] = [outline[hemRight]!, outline[hemLeft]!];
  const length = Math.max(1e-9, distance(from, to));
  const above = ([px, py]: Point) =>
    ((to[0] - from[0]) * (py - from[1]) - (to[1] - from[1]) * (px - from[0])) / length;
  const crotch = argmax(outline, (point, i) => (isOn(i, hemRight, hemLeft, n) ? above(point) : null));
  if (crotch < 0) return null;
  if (above(outline[crotch]!) < LEAST_GAP * frame.height) {
    // No gap is to be seen: the legs meet in the middle of the hem.
    const hemMiddle = (from[0] + to[0]) / 2;
    const hem = argmax(outline, ([px], i) =>
      isOn(i, hemRight, hemLeft, n) ? -Math.abs(px - hemMiddle) : null,
    );
    return { ...ends, hemInnerRight: hem, hemInnerLeft: hem };
  }
  const [x, y] = outline[crotch]!;
  const depth = Math.max(1, frame.y2 - y);
  const inner = (start: number, end: number, side: number) =>
    argmax(outline, ([px, py], i) =>
      isOn(i, start, end, n) ? (py - y) / depth - (0.8 * side * (px - x)) / frame.width : null,
    );
  return {
    ...ends,
    hemInnerRight: inner(hemRight, crotch, 1),
    crotch,
    hemInnerLeft: inner(crotch, hemLeft, -1),
  };
}

/** How high the gap between the legs is, in heights of the garment, to be taken for one. */
const LEAST_GAP = 0.03;

/** A hollow of the outline: indices of its two rims, on the convex hull, and of its deepest point. */
interface Pocket {
  readonly from: number;
  readonly to: number;
  readonly deepest: number;
  readonly depth: number;
}

export function pocketsOf(outline: readonly Point[]): Pocket[] {
  const hull = hullOf(outline);
  return hull.map((from, k) => {
    const to = hull[(k + 1) % hull.length]!;
    const [a, b] = [outline[from]!, outline[to]!];
    const length = Math.max(1e-9, distance(a, b));
    let [deepest, depth] = [from, 0];
    const points = arc(outline, from, to);
    points.forEach(([x, y], i) => {
      const away = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / length;
      if (away > depth) [deepest, depth] = [(from + i) % outline.length, away];
    });
    return { from, to, deepest, depth };
  });
}

/** Indices of the convex hull's points, in the order of the outline (Andrew's monotone chain). */
function hullOf(outline: readonly Point[]): number[] {
  const order = outline
    .map((_, i) => i)
    .sort((a, b) => outline[a]![0] - outline[b]![0] || outline[a]![1] - outline[b]![1]);
  const half = (indices: readonly number[]) => {
    const chain: number[] = [];
    for (const i of indices) {
      while (chain.length > 1 && turn(outline[chain.at(-2)!]!, outline[chain.at(-1)!]!, outline[i]!) <= 0)
        chain.pop();
      chain.push(i);
    }
    return chain.slice(0, -1);
  };
  return [...half(order), ...half(order.toReversed())].sort((a, b) => a - b);
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Both ends of the neckline: the rims of the hollow between the shoulders, or where a head would end if there is none. */
function findNeck(
  outline: readonly Point[],
  frame: Frame,
  middle: number,
  torso: number,
  pockets: readonly Pocket[],
): [number, number] {
  const hollow = pockets
    .filter(({ from, to, depth }) => {
      const [a, b] = [outline[from]!, outline[to]!];
      return (
        depth > 0.012 * frame.height &&
        a[0] < middle &&
        b[0] > middle &&
        (a[1] + b[1]) / 2 < frame.y1 + 0.3 * frame.height
      );
    })
    .toSorted((a, b) => b.depth - a.depth)[0];
  const usual = ([-1, 1] as const).map((side) => {
    const x = middle + side * 0.21 * torso;
    return argmax(outline, ([px, py]) =>
      py < frame.y1 + 0.35 * frame.height ? -Math.abs(px - x) - 0.2 * (py - frame.y1) : null,
    );
  }) as [number, number];
  if (!hollow) return usual;
  const far = 0.44 * torso;
  const fits = (index: number) => Math.abs(outline[index]![0] - middle) < far;
  return [fits(hollow.from) ? hollow.from : usual[0], fits(hollow.to) ? hollow.to : usual[1]];
}

/** With armpits where sleeves meet sides; where that is no garment, as of a coat that stands off, at the deepest of the hollows. */
function findSleeved(outline: readonly Point[], frame: Frame): Found | null {
  const found = sleevedBy(outline, frame, (pocket, side) => armpitIn(outline, pocket, side));
  if (found && isInOrder(ORDER.sleeved, found, outline.length)) return found;
  return sleevedBy(outline, frame, ({ deepest }) => deepest);
}

function sleevedBy(
  outline: readonly Point[],
  frame: Frame,
  armpit: (pocket: Pocket, side: number) => number,
): Found | null {
  const n = outline.length;
  const pockets = pocketsOf(outline);
  const centre = (frame.x1 + frame.x2) / 2;
  // Under each arm: the deepest hollow of its side.
  const under = ([-1, 1] as const).map(
    (side) =>
      pockets
        .filter(({ from, to, deepest, depth }) => {
          const [x, y] = outline[deepest]!;
          const crosses = (outline[from]![0] - centre) * (outline[to]![0] - centre) < 0;
          return (
            side * (x - centre) > 0.05 * frame.width &&
            !(crosses && y < frame.y1 + 0.3 * frame.height) &&
            y > frame.y1 + 0.12 * frame.height &&
            y < frame.y1 + 0.9 * frame.height &&
            depth > 0.012 * frame.height
          );
        })
        .toSorted((a, b) => b.depth - a.depth)[0],
  );
  const [left, right] = under;
  if (!left || !right) return null;
  const [armpitLeft, armpitRight] = [armpit(left, -1), armpit(right, 1)];
  const [a, b] = [outline[armpitLeft]!, outline[armpitRight]!];
  const middle = (a[0] + b[0]) / 2;
  const torso = b[0] - a[0];
  if (torso < 0.2 * frame.width || Math.abs(a[1] - b[1]) > 0.25 * frame.height) return null;
  const [neckLeft, neckRight] = findNeck(outline, frame, middle, torso, pockets);
  const hem = (side: number) =>
    argmax(outline, ([x, y], i) =>
      isOn(i, armpitRight, armpitLeft, n)
        ? (side * (x - middle)) / torso + (1.6 * (y - a[1])) / frame.height
        : null,
    );
  const ofLeft = sleeveCorners(arc(outline, armpitLeft, neckLeft));
  const ofRight = sleeveCorners(arc(outline, neckRight, armpitRight).toReversed());
  if (!ofLeft || !ofRight) return null;
  return {
    neckLeft,
    neckRight,
    shoulderRight: (armpitRight - ofRight[2]! + n) % n,
    cuffOuterRight: (armpitRight - ofRight[1]! + n) % n,
    cuffInnerRight: (armpitRight - ofRight[0]! + n) % n,
    armpitRight,
    hemRight: hem(1),
    hemLeft: hem(-1),
    armpitLeft,
    cuffInnerLeft: (armpitLeft + ofLeft[0]!) % n,
    cuffOuterLeft: (armpitLeft + ofLeft[1]!) % n,
    shoulderLeft: (armpitLeft + ofLeft[2]!) % n,
  };
}

/** Where the sleeve meets the side: of the hollow under an arm, what lies farthest up and in. */
function armpitIn(outline: readonly Point[], { from, to }: Pocket, side: number): number {
  return argmax(outline, ([x, y], i) => (isOn(i, from, to, outline.length) ? -y - 1.7 * side * x : null));
}

/** How far the shoulder's tip lies farther in than the armpit, by how far the neck does. */
const IN = 0.1;

/** Steps along the way from an armpit to the neck to the two corners of the cuff and to the shoulder. */
function sleeveCorners(way: readonly Point[]): [number, number, number] | null {
  const found = cornersOf(way, 2);
  if (!found) return null;
  const [first, second] = found as [number, number];
  // Beyond a cuff's two corners most of the way is still to come. Else the arm hangs close: the way starts at the cuff.
  const isApart = way.length - second > 0.5 * way.length;
  const [inner, outer] = isApart ? [first, second] : [0, first];
  const rest = way.slice(outer);
  if (rest.length < 8) return null;
  // A sleeve's seam runs about upright.
  const [armpit, neck] = [way[0]![0], way.at(-1)![0]];
  const seam = armpit + IN * (neck - armpit);
  const shoulder =
    outer + argmax(rest, ([x], i) => (i > 0 && i < rest.length - 1 ? -Math.abs(x - seam) : null));
  return [inner, outer, shoulder];
}

function findSleeveless(outline: readonly Point[], frame: Frame): Found | null {
  const n = outline.length;
  const pockets = pocketsOf(outline);
  const middle = (frame.x1 + frame.x2) / 2;
  const hemRight = corner(outline, frame, 1, 1.6, (_, v) => v > 0.6);
  const hemLeft = corner(outline, frame, -1, 1.6, (_, v) => v > 0.6);
  const upper = Math.min(frame.height, 1.3 * frame.width);
  const isUpper = ([, y]: Point) => y < frame.y1 + 0.6 * upper;
  const sideOf = (side: number) =>
    outline
      .filter((point) => isUpper(point) && side * (point[0] - middle) > 0)
      .map(([x]) => Math.abs(x - middle));
  const torso = 2 * Math.min(Math.max(0, ...sideOf(-1)), Math.max(0, ...sideOf(1)));
  if (torso < 8) return null;
  const [neckLeft, neckRight] = findNeck(outline, frame, middle, torso, pockets);
  // From the waist up to the neck the way bends at the armpit and at the shoulder.
  const upTo = frame.y1 + 0.5 * upper;
  const start = (side: number) =>
    argmax(outline, ([x, y]) => (side * (x - middle) > 0 ? -Math.abs(y - upTo) : null));
  const [startLeft, startRight] = [start(-1), start(1)];
  const ofLeft = armholeEnds(arc(outline, startLeft, neckLeft), -1);
  const ofRight = armholeEnds(arc(outline, neckRight, startRight).toReversed(), 1);
  if (!ofLeft || !ofRight) return null;
  return {
    neckLeft,
    neckRight,
    shoulderRight: (startRight - ofRight[1] + n) % n,
    armpitRight: (startRight - ofRight[0] + n) % n,
    hemRight,
    hemLeft,
    armpitLeft: (startLeft + ofLeft[0]) % n,
    shoulderLeft: (startLeft + ofLeft[1]) % n,
  };
}

/**
 * Steps along the way from a side to the neck to the armpit and to the shoulder. The armpit is where the side ends: what lies
 * farthest out, and up.
 */
function armholeEnds(way: readonly Point[], side: number): [number, number] | null {
  const [, shoulder] = cornersOf(way, 2) ?? [];
  if (shoulder === undefined) return null;
  const armpit = argmax(way, ([x, y], i) => (i < shoulder ? side * x - 0.12 * y : null));
  return [armpit, shoulder];
}

/** Points that a way is thinned to before its corners are looked for. */
const STATIONS = 48;

/**
 * The indices at which a way with `count` corners bends, so that straight lines between them and its ends stay nearest to it
 * (least sum of squared distances). Null if it is too short.
 */
export function cornersOf(way: readonly Point[], count: number): number[] | null {
  const n = Math.min(STATIONS, way.length);
  if (n < 2 * (count + 1) + 1) return null;
  const index = Array.from({ length: n }, (_, i) => Math.round((i * (way.length - 1)) / (n - 1)));
  const points = index.map((i) => way[i]!);
  const cost = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (j > i ? straight(points, i, j) : Infinity)),
  );
  // best[k][j]: the least cost from the start to j with k corners on the way.
  const best = [cost[0]!];
  const back: number[][] = [];
  for (let k = 1; k <= count; k++) {
    const [row, from]: [number[], number[]] = [[], []];
    for (let j = 0; j < n; j++) {
      let [least, at] = [Infinity, 0];
      for (let i = 1; i < j; i++) {
        const sum = best[k - 1]![i]! + cost[i]![j]!;
        if (sum < least) [least, at] = [sum, i];
      }
      row.push(least);
      from.push(at);
    }
    best.push(row);
    back.push(from);
  }
  const found: number[] = [];
  for (let k = count, j = n - 1; k >= 1; k--) {
    j = back[k - 1]![j]!;
    found.unshift(index[j]!);
  }
  return found;
}

/** The sum of squared distances of the points between two of them from the line that joins these. */
function straight(points: readonly Point[], i: number, j: number): number {
  const [[ax, ay], [bx, by]] = [points[i]!, points[j]!];
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.max(1e-9, dx * dx + dy * dy);
  let sum = 0;
  for (let k = i + 1; k < j; k++) {
    const [x, y] = points[k]!;
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
    sum += (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2;
  }
  return sum;
}
