import { cutPiece, seamColour } from '../cloth.ts';
import { type Figure, type Side, sign } from '../figure.ts';
import { add, between, outline, type Point, trace } from '../geometry.ts';
import type { Piece } from '../piece.ts';
import { fold, stroke } from './marks.ts';
import type { Style } from './style.ts';
import type { Trunk } from './trunk.ts';

/** Half width of the arm at a share of its length, before any cloth. */
const armAt = (figure: Figure, t: number) => figure.build.arm * (1.12 - 0.42 * t);

/** One sleeve set into a trunk's armhole, with its cuff. */
export function draftSleeve(figure: Figure, style: Style, trunk: Trunk, side: Side): Piece[] {
  const spine = figure.arm[side];
  const end = style.sleeve;
  const outer = -sign(side);
  const width = (t: number) => armAt(figure, t) + sleeveEase(style, t / end);
  const shoulder = trunk.shoulder[side];
  const armpit = trunk.armpit[side];
  const start = Math.min(0.16, end * 0.3);
  const head = add(between(shoulder, spine.beside(start, outer * width(start)), 0.4), [sign(side) * 3, -2.5]);
  const outerRun = [shoulder, head, ...spine.edge(start, end, (t) => outer * width(t))];
  const innerRun = [
    ...spine.edge(end, Math.max(start, 0.2 * end + 0.1), (t) => -outer * width(t), 6),
    armpit,
  ];
  const hole: Point[] = [armpit, add(between(armpit, shoulder, 0.45), [-sign(side) * 4, 3]), shoulder];
  const seam = seamColour(style.cloth);
  const banded = style.trims.has('cuffs') || style.trims.has('ribbed edges');
  const band = (banded ? (end > 0.7 ? 16 : 8) : 5) / spine.length;
  const across = (t: number): Point[] => [
    spine.beside(t, outer * (width(t) + 3)),
    spine.beside(t + 0.012, 0),
    spine.beside(t, -outer * (width(t) + 3)),
  ];
  let markup = stroke(trace(hole), seam, 1.2, 0.55) + stroke(trace(across(end - band)), seam, 1, 0.6);
  if (banded && style.cloth.texture !== 'knit') {
    markup += `<path d="${outline(across(end - band), across(end + 0.03).reverse())}" fill="#000" opacity="0.07"/>`;
  }
  // Cloth gathers inside the elbow and pulls from the armpit.
  const elbow = spine.beside(0.5, -outer * width(0.5));
  if (end > 0.7)
    for (const [from, to, w] of [
      [0.44, 0.36, 5],
      [0.52, 0.56, 6],
      [0.58, 0.7, 5],
    ] as const)
      markup += fold(
        between(elbow, spine.beside(from, -outer * width(from)), 0.7),
        spine.beside(to, outer * width(to) * 0.3),
        w,
        0.55,
      );
  markup += fold(armpit, spine.beside(Math.min(0.3, end * 0.6), outer * width(0.2) * 0.45), 8, 0.8);
  const sleeve = cutPiece(style.cloth, {
    outline: outline(outerRun, innerRun, hole),
    turn: spine.turn,
    markup,
    plain: style.trims.has('block') ? 'second' : undefined,
  });
  const inside = between(spine.beside(end, outer * width(end)), spine.beside(end, -outer * width(end)), 0.5);
  const mouth = cutPiece(style.cloth, {
    outline: outline(
      [spine.beside(end, outer * width(end)), add(inside, [0, 5]), spine.beside(end, -outer * width(end))],
      [
        spine.beside(end - 0.01, -outer * width(end) * 0.9),
        add(inside, [0, -2]),
        spine.beside(end - 0.01, outer * width(end) * 0.9),
      ],
    ),
    tone: -0.45,
    plain: 'ground',
    relief: 0.1,
  });
  return end > 0.85 && banded ? [sleeve] : [mouth, sleeve];
}

/** Units of ease at a share `q` of the sleeve's own length. */
function sleeveEase(style: Style, q: number): number {
  const base = 3 + style.ease * 0.42;
  const wide = style.sleeve < 0.6 ? base + 3 : base;
  if (style.sleeveShape === 'puff') return wide + 11 * Math.sin(Math.min(1, q + 0.12) * Math.PI) ** 0.8;
  if (style.sleeveShape === 'bell') return wide + 17 * q ** 2;
  if (style.sleeveShape === 'gathered') return wide + 11 * Math.sin(q * 0.92 * Math.PI) - 5 * q ** 6;
  if (style.trims.has('cuffs') || style.trims.has('ribbed edges'))
    return wide + 3 * Math.sin(q * Math.PI) - 4 * q ** 8;
  return wide;
}
