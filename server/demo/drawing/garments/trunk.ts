import { type Figure, SIDES, type Side, sign } from '../figure.ts';
import { add, between, outline, type Point, scale, trace } from '../geometry.ts';
import type { Neck, Style } from './style.ts';

/** The part of a garment that goes round the body, and the coordinates in which its details are placed. */
export interface Trunk {
  readonly outline: string;
  /** The back of it, which is cut higher at the neck. */
  readonly backing: string;
  /** s is a level as in Figure.level; u runs from −1 (left edge) to 1 (right edge). */
  at(s: number, u: number): Point;
  readonly neck: Neckline;
  readonly shoulder: Record<Side, Point>;
  readonly armpit: Record<Side, Point>;
  readonly hem: number;
}

export interface Neckline {
  /** From the left neck point round the front to the right one. */
  readonly front: Point[];
  readonly back: Point[];
  readonly bottom: Point;
  readonly straight: boolean;
}

/** How far a neckline reaches out along the shoulder (0–1) and down (units), and how square its bottom is. */
const NECKS: Record<Neck, { reach: number; depth: number; square: number }> = {
  crew: { reach: 0.1, depth: 30, square: 0.55 },
  v: { reach: 0.13, depth: 78, square: 0 },
  'deep v': { reach: 0.2, depth: 128, square: 0 },
  scoop: { reach: 0.3, depth: 68, square: 0.62 },
  boat: { reach: 0.5, depth: 26, square: 0.7 },
  square: { reach: 0.4, depth: 62, square: 1 },
  shirt: { reach: 0.06, depth: 44, square: 0.1 },
  turtle: { reach: 0.04, depth: 22, square: 0.6 },
  hood: { reach: 0.16, depth: 44, square: 0.4 },
};

export function neckline(figure: Figure, neck: Neck): Neckline {
  const { reach, depth, square } = NECKS[neck];
  const left = between(figure.neckSide.left, figure.shoulder.left, reach);
  const right = between(figure.neckSide.right, figure.shoulder.right, reach);
  const chest = figure.level(0).centre;
  const middle = between(left, right, 0.5);
  const down = scale(
    [chest[0] - middle[0], chest[1] - middle[1]],
    1 / Math.hypot(chest[0] - middle[0], chest[1] - middle[1]),
  );
  const bottom = add(middle, scale(down, depth));
  const back = [left, add(middle, scale(down, 8)), right];
  if (square === 1) {
    const corner = (from: Point, inward: number): Point =>
      add(add(from, scale(down, depth * 0.96)), [inward, 0]);
    return { front: [left, corner(left, 5), bottom, corner(right, -5), right], back, bottom, straight: true };
  }
  if (square < 0.2) {
    const bow = (from: Point): Point => add(between(from, bottom, 0.5), [(from[0] - middle[0]) * 0.12, 3]);
    return { front: [left, bow(left), bottom, bow(right), right], back, bottom, straight: true };
  }
  const shoulderward = (from: Point): Point =>
    add(
      between(from, bottom, 0.55),
      add(scale(down, depth * 0.22 * square * 1.6), scale([from[0] - middle[0], 0], 0.32 * square)),
    );
  return {
    front: [left, shoulderward(left), bottom, shoulderward(right), right],
    back,
    bottom,
    straight: false,
  };
}

export interface TrunkOptions {
  /** 0 at the neck, 1 at the shoulder's tip, beyond 1 dropped. */
  readonly shoulderAt: number;
  /** Sleeveless garments have an armhole that cuts into the shoulder. */
  readonly armhole: boolean;
}

/**
 * Half width, at level s, of cloth that falls from level `from`: in a straight line to `flare` units beyond the hips at
 * the hem, however the legs under it stand. 0 where the cloth is too narrow to fall free of them.
 */
export function hangAt(
  figure: Figure,
  s: number,
  { from, hem, flare }: { from: number; hem: number; flare: number },
): number {
  const hips = figure.level(2).half;
  if (flare <= 10) return s > 2 && flare > 1 ? hips - 3 : 0;
  const height = (level: number) => figure.level(level).centre[1];
  const fallen = Math.max(0, (height(s) - height(from)) / Math.max(1, height(hem) - height(from)));
  const start = figure.level(from).half;
  return start + (hips - start + flare) * fallen ** 0.78;
}

/** Ease at level s: what the style asks for, less over the chest, then out towards the hem. */
export function easeAt(style: Style, s: number): number {
  const shaped = style.ease * (0.62 + 0.38 * Math.min(1, Math.max(0, s)));
  const waisted = style.ease < 9 ? 0 : style.ease * 0.5 * Math.exp(-(((s - 1) / 0.5) ** 2));
  const from = style.trims.has('waist seam') || style.category > 9 ? 1.05 : 0.2;
  const out = Math.max(0, (s - from) / Math.max(0.3, style.hem - from));
  // Long swinging cloth hangs by hangAt instead.
  const flare = style.hem > 2.2 && style.flare > 10 ? 0 : style.flare;
  return shaped + waisted + flare * out ** 0.9;
}

export function draftTrunk(figure: Figure, style: Style, options: TrunkOptions): Trunk {
  const neck = neckline(figure, style.neck);
  const at = (s: number, u: number): Point => {
    const { centre, across, half } = figure.level(s);
    const hung =
      s > 1.02 && style.hem > 2.2 ? hangAt(figure, s, { from: 1.02, hem: style.hem, flare: style.flare }) : 0;
    return add(centre, scale(across, u * (Math.max(half, hung) + easeAt(style, s))));
  };
  const shoulder = { left: [0, 0] as Point, right: [0, 0] as Point };
  const armpit = { left: [0, 0] as Point, right: [0, 0] as Point };
  for (const side of SIDES) {
    const tip = between(figure.neckSide[side], figure.shoulder[side], options.shoulderAt);
    shoulder[side] = add(tip, [
      sign(side) * style.ease * (options.armhole ? 0 : 0.25),
      options.armhole ? 0 : -style.ease * 0.06,
    ]);
    armpit[side] = at(options.armhole ? 0.05 : 0.06 + style.ease * 0.006, sign(side));
  }
  const sideRun = (side: Side): Point[] => {
    const points: Point[] = [armpit[side]];
    for (let s = 0.35; s < style.hem - 0.12; s += 0.33) points.push(at(s, sign(side)));
    points.push(at(style.hem, sign(side)));
    return points;
  };
  const hemRun = hemPoints(style, at);
  const hole = (side: Side): Point[] => [
    shoulder[side],
    add(between(shoulder[side], armpit[side], 0.55), [-sign(side) * (options.armhole ? 9 : 3), 4]),
    armpit[side],
  ];
  const front = neck.straight ? { corners: neck.front } : neck.front;
  const round = [hole('right'), sideRun('right'), hemRun, sideRun('left').reverse(), hole('left').reverse()];
  return {
    outline: outline(front, ...round),
    backing: outline(neck.back, ...round),
    at,
    neck,
    shoulder,
    armpit,
    hem: style.hem,
  };
}

/** The hem from right to left: a little lower in front, waved where the cloth swings. */
function hemPoints(style: Style, at: Trunk['at']): Point[] {
  const points: Point[] = [];
  const waves = style.flare > 20 ? Math.round(3 + style.flare / 14) : 0;
  const steps = waves ? waves * 4 : 6;
  for (let i = 0; i <= steps; i++) {
    const u = 1 - (2 * i) / steps;
    const drop = 9 * (1 - u * u);
    const wave = waves ? Math.sin((i / steps) * waves * 2 * Math.PI) * Math.min(5, style.flare * 0.06) : 0;
    points.push(add(at(style.hem, u), [0, drop + wave]));
  }
  return points;
}

/** What shows of the inside of the back through the neckline. */
export function backOutline(neck: Neckline): string {
  const front = neck.straight ? { corners: neck.front } : neck.front;
  return outline(
    neck.back,
    neck.straight ? { corners: [...neck.front].reverse() } : [...(front as Point[])].reverse(),
  );
}

/** Path data of the front neckline, open. */
export const neckTrace = (neck: Neckline): string =>
  trace(neck.straight ? { corners: neck.front } : neck.front);
