/** Points and smooth outlines. x grows to the right and y downwards, as in SVG. */
export type Point = readonly [x: number, y: number];

export const add = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
export const scale = (a: Point, k: number): Point => [a[0] * k, a[1] * k];
export const between = (a: Point, b: Point, t: number): Point => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
];
export const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
export const unit = (a: Point): Point => scale(a, 1 / (Math.hypot(a[0], a[1]) || 1));
/** Straight down turned by `angle` radians; positive angles swing towards the left of the picture. */
export const downward = (angle: number): Point => [-Math.sin(angle), Math.cos(angle)];

const text = (p: Point) => `${p[0].toFixed(1)} ${p[1].toFixed(1)}`;

/** The curve on from points[0] (where the pen must be) through the others: Catmull-Rom as cubic Béziers. */
export function curve(points: readonly Point[]): string {
  let out = '';
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i] as Point;
    const to = points[i + 1] as Point;
    const before = points[i - 1] ?? from;
    const after = points[i + 2] ?? to;
    const first = add(from, scale(subtract(to, before), 1 / 6));
    const second = subtract(to, scale(subtract(after, from), 1 / 6));
    out += `C${text(first)} ${text(second)} ${text(to)}`;
  }
  return out;
}

/** One run of an outline: `smooth` through its points, or straight from one to the next. */
export type Run = readonly Point[] | { readonly corners: readonly Point[] };

/** A closed outline: its runs, each joined to the one before by a straight line. */
export function outline(...runs: Run[]): string {
  return `${trace(...runs)}Z`;
}

/** The same, left open. */
export function trace(...runs: Run[]): string {
  let out = '';
  for (const run of runs) {
    const smooth = 'corners' in run ? null : run;
    const points = 'corners' in run ? run.corners : run;
    const start = points[0];
    if (!start) continue;
    out += `${out === '' ? 'M' : 'L'}${text(start)}`;
    if (smooth) out += curve(smooth);
    else for (const p of points.slice(1)) out += `L${text(p)}`;
  }
  return out;
}

export function ellipse(centre: Point, rx: number, ry: number): string {
  const [x, y] = centre;
  const n = (v: number) => v.toFixed(1);
  return `M${n(x - rx)} ${n(y)}a${n(rx)} ${n(ry)} 0 1 0 ${n(rx * 2)} 0a${n(rx)} ${n(ry)} 0 1 0 ${n(-rx * 2)} 0Z`;
}

/** The middle line of a limb or sleeve: two straight bones with a rounded joint. */
export class Spine {
  private readonly samples: Point[] = [];
  private readonly lengths: number[] = [0];

  constructor(start: Point, joint: Point, end: Point, rounding = 0.3) {
    const into = between(joint, start, rounding);
    const out = between(joint, end, rounding);
    for (let i = 0; i < 8; i++) this.samples.push(between(start, into, i / 8));
    for (let i = 0; i < 8; i++) {
      const t = i / 8;
      this.samples.push(between(between(into, joint, t), between(joint, out, t), t));
    }
    for (let i = 0; i <= 8; i++) this.samples.push(between(out, end, i / 8));
    for (let i = 1; i < this.samples.length; i++) {
      const step = distance(this.samples[i - 1] as Point, this.samples[i] as Point);
      this.lengths.push((this.lengths[i - 1] as number) + step);
    }
  }

  get length(): number {
    return this.lengths[this.lengths.length - 1] as number;
  }

  /** The point a share `t` of the way along; beyond 1 it goes on straight. */
  at(t: number): Point {
    const wanted = t * this.length;
    let i = 1;
    while (i < this.lengths.length - 1 && (this.lengths[i] as number) < wanted) i++;
    const from = this.lengths[i - 1] as number;
    const span = (this.lengths[i] as number) - from || 1;
    return between(this.samples[i - 1] as Point, this.samples[i] as Point, (wanted - from) / span);
  }

  /** Unit direction of travel at `t`. */
  along(t: number): Point {
    return unit(subtract(this.at(t + 0.02), this.at(t - 0.02)));
  }

  /** `by` units beside the line at `t`: to the left of the picture when the line runs downwards. */
  beside(t: number, by: number): Point {
    const [dx, dy] = this.along(t);
    return add(this.at(t), [-dy * by, dx * by]);
  }

  /** Points `width(t)` beside the line, from `start` to `end`. */
  edge(start: number, end: number, width: (t: number) => number, steps = 8): Point[] {
    const points: Point[] = [];
    for (let i = 0; i <= steps; i++) {
      const t = start + ((end - start) * i) / steps;
      points.push(this.beside(t, width(t)));
    }
    return points;
  }

  /** The angle of the whole line against straight down, for a cloth's grain, in degrees clockwise. */
  get turn(): number {
    const [dx, dy] = subtract(this.at(1), this.at(0));
    return (-Math.atan2(dx, dy) * 180) / Math.PI;
  }
}
