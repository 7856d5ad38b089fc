import { add, between, curve, type Point, scale, subtract, trace, unit } from '../geometry.ts';

/** Lines and small shapes that details are built of: SVG markup in figure units. */
export function stroke(path: string, colour: string, width: number, opacity = 1, dash = ''): string {
  const dashes = dash ? ` stroke-dasharray="${dash}"` : '';
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" opacity="${opacity}" stroke-linecap="round"${dashes}/>`;
}

export const stitches = (path: string, colour: string) => stroke(path, colour, 0.9, 0.8, '3 2.2');

/** A soft crease from `from` to `to`: nested lenses, dark on one side and light on the other. */
export function fold(from: Point, to: Point, width: number, depth = 1): string {
  const [dx, dy] = unit(subtract(to, from));
  const beside: Point = [-dy, dx];
  const lens = (w: number, shift: number, fill: string, opacity: number) => {
    const base = scale(beside, shift);
    const middle = add(between(from, to, 0.4), base);
    const a = add(from, base);
    const b = add(to, base);
    const n = (p: Point) => `${p[0].toFixed(1)} ${p[1].toFixed(1)}`;
    return `<path d="M${n(a)}${curve([a, add(middle, scale(beside, w)), b])}${curve([b, add(middle, scale(beside, -w)), a])}Z" fill="${fill}" opacity="${(opacity * depth).toFixed(3)}"/>`;
  };
  return (
    lens(width * 0.5, 0, '#000', 0.05) +
    lens(width * 0.32, 0, '#000', 0.06) +
    lens(width * 0.15, 0, '#000', 0.08) +
    lens(width * 0.3, width * 0.55, '#fff', 0.07)
  );
}

export function button(at: Point, radius: number, fill: string): string {
  const [x, y] = at;
  const hole = (dx: number, dy: number) =>
    `<circle cx="${(x + dx * radius).toFixed(1)}" cy="${(y + dy * radius).toFixed(1)}" r="${(radius * 0.16).toFixed(2)}" fill="#000" opacity="0.55"/>`;
  return (
    `<circle cx="${(x + 0.6).toFixed(1)}" cy="${(y + 1).toFixed(1)}" r="${radius}" fill="#000" opacity="0.28"/>` +
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}" fill="${fill}" stroke="#000" stroke-opacity="0.3" stroke-width="0.5"/>` +
    hole(-0.3, -0.3) +
    hole(0.3, -0.3) +
    hole(-0.3, 0.3) +
    hole(0.3, 0.3)
  );
}

/** A closed zip along a line of points. */
export function zipper(points: readonly Point[], metal = '#c9c4b6'): string {
  const path = trace(points);
  const top = points[0] as Point;
  return (
    stroke(path, '#000', 5.5, 0.28) +
    stroke(path, metal, 3, 0.95) +
    stroke(path, '#2c2c30', 3, 0.65, '0.1 3.2') +
    `<rect x="${(top[0] - 2.2).toFixed(1)}" y="${(top[1] + 2).toFixed(1)}" width="4.4" height="12" rx="1.8" fill="${metal}" stroke="#000" stroke-opacity="0.4" stroke-width="0.6"/>`
  );
}

/** A pocket sewn on: `corners` clockwise from the top left. */
export function patchPocket(corners: readonly Point[], fill: string, seam: string, flap = 0): string {
  const [tl, tr, br, bl] = corners as [Point, Point, Point, Point];
  const dip = add(between(br, bl, 0.5), scale(subtract(br, tr), 0.1));
  const path = `${trace({ corners: [tl, tr, br, dip, bl] })}Z`;
  const soft = between(tl, bl, 0.12);
  const softRight = between(tr, br, 0.12);
  let out =
    `<path d="${path}" transform="translate(1.2 2)" fill="#000" opacity="0.16"/>` +
    `<path d="${path}" fill="${fill}"/>` +
    stroke(path, seam, 1.1, 0.7) +
    stitches(trace({ corners: [soft, softRight] }), seam);
  if (flap > 0) {
    const low = between(between(tl, bl, flap), between(tr, br, flap), 0.5);
    const shape = `${trace({ corners: [tl, tr, between(tr, br, flap * 0.75), add(low, scale(subtract(bl, tl), 0.08)), between(tl, bl, flap * 0.75)] })}Z`;
    out += `<path d="${shape}" transform="translate(0.6 2)" fill="#000" opacity="0.2"/><path d="${shape}" fill="${fill}"/>${stroke(shape, seam, 1.1, 0.8)}`;
  }
  return out;
}

/** Fine lines between two edges: a rib, gathers, pleats. */
export function ribs(
  from: readonly Point[],
  to: readonly Point[],
  colour: string,
  opacity: number,
  width = 1,
): string {
  const lines = from.map((p, i) => trace({ corners: [p, to[i] as Point] })).join('');
  return stroke(lines, colour, width, opacity);
}
