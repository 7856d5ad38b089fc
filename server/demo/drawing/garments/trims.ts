import { type Cloth, cutPiece, seamColour, stitchColour } from '../cloth.ts';
import { type Figure, SIDES, sign } from '../figure.ts';
import { add, between, outline, type Point, trace } from '../geometry.ts';
import { brightness, darker, lighter } from '../palette.ts';
import type { Piece } from '../piece.ts';
import { Random } from '../random.ts';
import { button, fold, patchPocket, ribs, stitches, stroke, zipper } from './marks.ts';
import { chestPrint } from './print.ts';
import type { Style } from './style.ts';
import { neckTrace, type Trunk } from './trunk.ts';

export const buttonColour = (cloth: Cloth) =>
  brightness(cloth.dye.hex) > 0.55
    ? '#c9b89a'
    : brightness(cloth.dye.hex) < 0.2
      ? '#4a4a50'
      : lighter(cloth.dye.hex, 0.45);

export const line = (trunk: Trunk, s0: number, s1: number, u: number, steps = 6): Point[] =>
  Array.from({ length: steps + 1 }, (_, i) => trunk.at(s0 + ((s1 - s0) * i) / steps, u));
const row = (trunk: Trunk, s: number, u0: number, u1: number, steps = 6, drop = 0): Point[] =>
  Array.from({ length: steps + 1 }, (_, i) => {
    const u = u0 + ((u1 - u0) * i) / steps;
    return add(trunk.at(s, u), [0, drop * (1 - u * u)]);
  });

/** The level at which the middle of the front begins. */
export const frontTop = (trunk: Trunk): number => {
  for (let s = -1; s < 1; s += 0.04) if (trunk.at(s, 0)[1] >= trunk.neck.bottom[1]) return s;
  return 1;
};

/** Everything sewn on or into the front of a trunk; `half` −1 or 1 draws one front of a garment that opens. */
export function trunkMarkup(style: Style, trunk: Trunk): string {
  const { trims, cloth } = style;
  const seam = seamColour(cloth);
  const hem = trunk.hem;
  const top = frontTop(trunk);
  let out = '';
  if (trims.has('block')) {
    const lower = [row(trunk, 0.62, -1.2, 1.2), row(trunk, hem, 1.2, -1.2, 6, 20)] as const;
    out += `<path d="${outline(...lower)}" fill="${cloth.second.hex}"/>`;
  }
  if (trims.has('chest print')) out += chestPrint(trunk, cloth, new Random(cloth.patternSeed));
  out += restingFolds(trunk, style);
  if (trims.has('quilting'))
    for (let s = -0.75; s < hem; s += 0.3) {
      const seamRow = trace(row(trunk, s, -1.1, 1.1, 6, 4));
      out += `<path d="${seamRow}" transform="translate(0 5)" fill="none" stroke="#fff" stroke-width="11" opacity="0.07"/>`;
      out += stroke(seamRow, '#000', 5, 0.1) + stroke(seamRow, '#000', 1.6, 0.35);
    }
  if (trims.has('cables')) for (const u of [-0.45, 0, 0.45]) out += cable(trunk, top, hem, u);
  if (trims.has('pleats') && hem > 2)
    out += ribs(row(trunk, 1, -0.9, 0.9, 14), row(trunk, hem, -0.95, 0.95, 14, 8), seam, 0.5, 1.2);
  if (trims.has('gathers')) out += gathers(trunk, 1.05, seam);
  if (trims.has('waist seam')) out += stroke(trace(row(trunk, 1.02, -1.1, 1.1, 6, 3)), seam, 1.4, 0.7);
  if (trims.has('slit')) out += fold(trunk.at(hem, 0.5), trunk.at(hem - 0.9, 0.42), 9, 2.4);
  if (trims.has('ruffle')) out += ruffle(trunk, hem - 0.22, seam);
  if (trims.has('placket') || trims.has('half placket')) {
    const end = trims.has('placket') ? hem + 0.1 : top + 0.55;
    const [l, r] = [line(trunk, top - 0.1, end, -0.085), line(trunk, top - 0.1, end, 0.085)];
    out += `<path d="${outline(l, [...r].reverse())}" fill="${brightness(cloth.dye.hex) < 0.2 ? '#fff' : '#000'}" opacity="0.045"/>`;
    out += stroke(trace(r), seam, 1.2, 0.75) + stitches(trace(l), seam);
    if (trims.has('half placket'))
      out += stroke(trace({ corners: [l.at(-1) as Point, r.at(-1) as Point] }), seam, 1.2, 0.7);
  }
  if (trims.has('zip')) out += zipper(line(trunk, top, hem, 0));
  if (trims.has('buttons')) {
    const end = trims.has('half placket') ? top + 0.5 : Math.min(hem - 0.12, 2.7);
    const count = trims.has('half placket') ? 3 : Math.max(3, Math.round((end - top) / 0.36));
    for (let i = 0; i < count; i++) {
      const s = top + 0.08 + ((end - top - 0.08) * i) / Math.max(1, count - 1);
      for (const u of trims.has('double row') ? [-0.2, 0.2] : [0])
        out += button(trunk.at(s, u), trims.has('double row') ? 4.6 : 3, buttonColour(cloth));
    }
  }
  out += pockets(trunk, style);
  out += edges(trunk, style);
  return out;
}

function pockets(trunk: Trunk, { trims, cloth, hem: end }: Style): string {
  const seam = stitchColour(cloth);
  const at = trunk.at;
  let out = '';
  const fill = brightness(cloth.dye.hex) < 0.2 ? lighter(cloth.dye.hex, 0.06) : darker(cloth.dye.hex, 0.05);
  const solid = cloth.pattern === 'solid' || cloth.pattern === 'denim' ? fill : `${fill}55`;
  const patch = (s0: number, s1: number, u0: number, u1: number, flap: number) =>
    patchPocket([at(s0, u0), at(s0, u1), at(s1, u1), at(s1, u0)], solid, seam, flap);
  if (trims.has('chest pocket')) out += patch(-0.02, 0.42, 0.26, 0.66, 0);
  if (trims.has('flap pockets')) for (const u of [-0.72, 0.3]) out += patch(-0.06, 0.4, u, u + 0.42, 0.36);
  const low = Math.min(1.7, end - 0.65);
  if (trims.has('patch pockets'))
    for (const u of [-0.82, 0.28]) out += patch(low, low + 0.52, u, u + 0.54, 0.3);
  if (trims.has('welt pockets'))
    for (const u of [-1, 1]) {
      const slant = trace({ corners: [at(low, u * 0.42), at(low + 0.34, u * 0.72)] });
      out += stroke(slant, '#000', 4.4, 0.22) + stroke(slant, seam, 1.6, 0.8);
    }
  if (trims.has('kangaroo pocket')) {
    const s = Math.min(end - 0.75, 1.15);
    const path = outline({
      corners: [
        at(s, -0.36),
        at(s, 0.36),
        at(s + 0.34, 0.64),
        at(s + 0.66, 0.64),
        at(s + 0.66, -0.64),
        at(s + 0.34, -0.64),
      ],
    });
    out += `<path d="${path}" fill="#000" opacity="0.05"/>${stroke(path, seam, 1.3, 0.7)}`;
  }
  return out;
}

/** Neckband, hem and its stitching, and the turned edge of a sleeveless armhole. */
function edges(trunk: Trunk, style: Style): string {
  const { cloth, trims } = style;
  const seam = seamColour(cloth);
  const neck = neckTrace(trunk.neck);
  let out = '';
  if (style.neck !== 'shirt' && !trims.has('lapels') && style.category !== 6 && style.category !== 13) {
    const wide = trims.has('ribbed edges') ? 15 : 9;
    out +=
      stroke(neck, '#000', wide + 2, 0.12) +
      stroke(neck, cloth.dye.hex, wide, 0.85) +
      stroke(neck, '#fff', wide - 5, 0.05);
    if (trims.has('ribbed edges'))
      out += stroke(neck, seam, wide - 2, 0.25, '0.7 1.7').replace('round', 'butt');
  }
  const hem = trunk.hem;
  if (trims.has('ribbed edges') && hem < 2.4) {
    const upper = row(trunk, hem - 0.2, -1.05, 1.05, 44, 9);
    const lower = row(trunk, hem + 0.04, -1.05, 1.05, 44, 9);
    out += `<path d="${outline(upper, [...lower].reverse())}" fill="#000" opacity="0.08"/>`;
    out += stroke(trace(upper), seam, 1.6, 0.6) + ribs(upper, lower, seam, 0.38, 1);
  } else {
    out += stitches(trace(row(trunk, hem - 0.07, -1.05, 1.05, 8, 9)), stitchColour(cloth));
  }
  return out;
}

/** How cloth hangs on a body that stands still: from the armpits, in at the waist, down from the hips. */
function restingFolds(trunk: Trunk, style: Style): string {
  const random = new Random(style.cloth.patternSeed + 5);
  const { at, hem } = trunk;
  const depth = 0.6 + style.cloth.folds;
  let out = '';
  for (const side of [-1, 1]) {
    out += fold(
      at(0.1, side * 0.98),
      at(random.range(0.5, 0.8), side * random.range(0.3, 0.5)),
      random.range(8, 14),
      depth,
    );
    out += fold(
      at(0.2, side * 0.92),
      at(random.range(0.9, 1.2), side * random.range(0.5, 0.7)),
      random.range(6, 10),
      depth,
    );
    if (hem > 1.3)
      out += fold(
        at(1.05, side * 0.95),
        at(1.32, side * random.range(0.2, 0.5)),
        random.range(6, 10),
        depth * 0.55,
      );
    if (hem > 1.3)
      out += fold(
        at(0.86, side * 0.99),
        at(1.06, side * random.range(0.3, 0.5)),
        random.range(5, 8),
        depth * 0.5,
      );
  }
  if (hem > 2.1) {
    const swing = 2 + Math.round(style.flare / 16);
    for (let i = 0; i < swing; i++) {
      const u = -0.8 + (1.6 * (i + random.range(0.2, 0.8))) / swing;
      out += fold(at(hem + 0.05, u), at(random.range(1.2, 1.7), u * 0.72), random.range(10, 18), depth * 1.1);
    }
  }
  return out;
}

export function gathers(trunk: Trunk, s: number, seam: string): string {
  const random = new Random(9);
  let out = '';
  for (let u = -0.92; u < 0.95; u += 0.11)
    out += fold(trunk.at(s, u), trunk.at(s + random.range(0.25, 0.6), u * 1.04), 4.5, 1.5);
  return out + stroke(trace(row(trunk, s, -1.1, 1.1, 6, 3)), seam, 1.2, 0.6);
}

function ruffle(trunk: Trunk, s: number, seam: string): string {
  let out =
    stroke(trace(row(trunk, s, -1.1, 1.1, 8, 8)), '#000', 4, 0.12) +
    stroke(trace(row(trunk, s, -1.1, 1.1, 8, 8)), seam, 1.3, 0.7);
  for (let u = -0.95; u < 1; u += 0.14)
    out += fold(add(trunk.at(s, u), [0, 8]), add(trunk.at(trunk.hem + 0.05, u * 1.03), [0, 8]), 6, 1.4);
  return out;
}

function cable(trunk: Trunk, top: number, hem: number, u: number): string {
  const waves = (phase: number) =>
    trace(
      Array.from({ length: 60 }, (_, i) => {
        const s = top + 0.1 + ((hem - 0.3 - top) * i) / 59;
        return add(trunk.at(s, u), [Math.sin(i * 0.62 + phase) * 6, 0]);
      }),
    );
  return [0, Math.PI]
    .map((phase) => stroke(waves(phase), '#000', 6, 0.12) + stroke(waves(phase), '#fff', 2.4, 0.16))
    .join('');
}

/** A turn-down collar of a shirt, a polo or a coat: one leaf a side. */
export function draftCollar(trunk: Trunk, style: Style, size = 1): Piece[] {
  const seam = seamColour(style.cloth);
  const { front, bottom } = trunk.neck;
  return SIDES.map((side) => {
    const k = sign(side);
    const start = (side === 'left' ? front[0] : front.at(-1)) as Point;
    const high = add(start, [-k * 5, -9]);
    const out = add(start, [k * 13 * size, 3]);
    const tip = add(between(start, bottom, 0.82), [k * 21 * size, 9 * size]);
    const meet = add(bottom, [k * 1.2, -5]);
    const edge = [out, add(between(out, tip, 0.5), [k * 1.5, 0]), tip];
    const shape = outline(
      [high, add(between(high, out, 0.5), [k * 1, -3]), out],
      edge,
      { corners: [tip, meet] },
      [meet, add(between(meet, high, 0.5), [k * 7, 2]), high],
    );
    const inner = trace({ corners: [add(out, [-k * 3, 1]), add(tip, [-k * 3, -4]), add(meet, [k * 2, -3])] });
    return cutPiece(style.cloth, {
      outline: shape,
      turn: k * 24,
      markup: stitches(inner, stitchColour(style.cloth)) + stroke(shape, seam, 1, 0.5),
      relief: 0.6,
      folds: 0.1,
      tone: 0.03,
      plain: style.trims.has('block') ? 'second' : undefined,
    });
  });
}

/** A roll neck, drawn up over the neck. */
export function draftRollNeck(figure: Figure, trunk: Trunk, style: Style): Piece {
  const [left, right] = [trunk.neck.front[0] as Point, trunk.neck.front.at(-1) as Point];
  const lift = 27;
  const top = [
    add(left, [4, -lift]),
    add(between(left, right, 0.5), [0, -lift + 5]),
    add(right, [-4, -lift]),
  ];
  const low = [add(right, [5, 6]), add(trunk.neck.bottom, [0, 4]), add(left, [-5, 6])];
  const upper = Array.from({ length: 15 }, (_, i) =>
    between(add(left, [4, -lift - 3]), add(right, [-4, -lift - 3]), i / 14),
  );
  const lower = Array.from({ length: 15 }, (_, i) =>
    between(add(left, [-3, 30]), add(right, [3, 30]), i / 14),
  );
  const fold1 = trace([add(left, [0, -6]), add(trunk.neck.bottom, [0, -14]), add(right, [0, -6])]);
  return cutPiece(style.cloth, {
    outline: outline(top, low),
    markup: ribs(upper, lower, seamColour(style.cloth), 0.4, 1.1) + stroke(fold1, '#000', 3, 0.16),
    turn: (figure.level(-1).across[1] * 180) / Math.PI,
    folds: 0.1,
  });
}

/** A hood: what hangs behind the head, and the two fronts that meet at the throat. */
export function draftHood(trunk: Trunk, style: Style): { behind: Piece[]; front: Piece[] } {
  const [left, right] = [trunk.neck.front[0] as Point, trunk.neck.front.at(-1) as Point];
  const middle = between(left, right, 0.5);
  const dome = (w: number, h: number, low: number) =>
    outline([
      add(left, [-8, low]),
      add(middle, [-w, -h * 0.45]),
      add(middle, [-w * 0.62, -h * 0.9]),
      add(middle, [0, -h]),
      add(middle, [w * 0.62, -h * 0.9]),
      add(middle, [w, -h * 0.45]),
      add(right, [8, low]),
    ]);
  const outer = cutPiece(style.cloth, { outline: dome(54, 74, 12), relief: 1 });
  const inner = cutPiece(style.cloth, {
    outline: dome(38, 52, 22),
    tone: -0.35,
    plain: 'ground',
    relief: 0.4,
  });
  const front = SIDES.map((side) => {
    const k = sign(side);
    const start = side === 'left' ? left : right;
    const meet = add(trunk.neck.bottom, [-k * 5, 4]);
    return cutPiece(style.cloth, {
      outline: outline(
        [
          add(start, [-k * 4, -22]),
          add(start, [k * 19, -14]),
          add(start, [k * 20, 10]),
          add(between(start, meet, 0.6), [k * 16, 12]),
          meet,
        ],
        [meet, add(between(meet, start, 0.45), [k * 2, -6]), add(start, [-k * 4, -22])],
      ),
      turn: k * 30,
      relief: 1,
    });
  });
  return { behind: [outer, inner], front };
}

/** Drawstrings hang from a hood. */
export function drawstrings(trunk: Trunk): string {
  const b = trunk.neck.bottom;
  return [-1, 1]
    .map((k) => {
      const path = trace([add(b, [k * 15, -4]), add(b, [k * 17, 24]), add(b, [k * 15, 52 + k * 5])]);
      return stroke(path, '#000', 3.4, 0.22) + stroke(path, '#ece7dc', 2.2, 1);
    })
    .join('');
}

/** A belt with its buckle at level s. */
export function draftBelt(trunk: Trunk, s: number, colour: string): Piece {
  const upper = Array.from({ length: 9 }, (_, i) => add(trunk.at(s, -1.01 + (2.02 * i) / 8), [0, 0]));
  const lower = upper.map((p) => add(p, [0, 13] as Point)).reverse();
  const c = add(trunk.at(s, 0), [0, 6.5]);
  return {
    outline: outline(upper, lower),
    fill: colour,
    markup:
      stitches(trace(upper.map((p) => add(p, [0, 2.2] as Point))), lighter(colour, 0.25)) +
      `<rect x="${c[0] - 9}" y="${c[1] - 8}" width="18" height="16" rx="3" fill="none" stroke="#cdb47a" stroke-width="3"/>`,
    garment: 0,
    surface: { texture: 'none', folds: 0, gloss: 0.4, relief: 0.6 },
    turn: 0,
  };
}
