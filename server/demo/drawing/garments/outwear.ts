import { cutPiece, seamColour, stitchColour } from '../cloth.ts';
import { type Figure, SIDES, type Side, sign } from '../figure.ts';
import { add, between, outline, type Point, trace } from '../geometry.ts';
import { type Draft, emptyDraft, type Piece } from '../piece.ts';
import { button, stitches, stroke } from './marks.ts';
import { draftSleeve } from './sleeve.ts';
import type { Style } from './style.ts';
import { finish, lining, trunkTurn } from './tops.ts';
import { buttonColour, line, trunkMarkup } from './trims.ts';
import { draftTrunk, type Trunk } from './trunk.ts';

/** Jackets, coats and cardigans: two fronts over a lined back, worn open or closed. */
export function draftOutwear(figure: Figure, style: Style): Draft {
  const draft = emptyDraft();
  const trunk = draftTrunk(figure, style, { shoulderAt: 1, armhole: false });
  const open = style.trims.has('open');
  draft.behind.push(
    open
      ? cutPiece(style.cloth, { outline: trunk.backing, tone: -0.4, plain: 'ground', relief: 0.4 })
      : lining(style, trunk),
  );
  // A closed front is sewn on as a placket or zip; an open one shows its edge instead.
  const closures = ['placket', 'half placket', 'buttons', 'zip'] as const;
  const trims = new Set(style.trims);
  if (open || trims.has('lapels')) for (const trim of closures) trims.delete(trim);
  const markup = trunkMarkup({ ...style, trims }, trunk);
  for (const side of SIDES) draft.body.push(draftFront(figure, style, trunk, side, markup));
  for (const side of SIDES) draft.sleeves[side].push(...draftSleeve(figure, style, trunk, side));
  if (style.trims.has('lapels')) draft.front.push(...SIDES.flatMap((side) => draftLapel(style, trunk, side)));
  finish(figure, style, trunk, draft);
  if (style.trims.has('belt')) draft.body.pop();
  if (style.trims.has('belt') && !open) draft.front.unshift(clothBelt(style, trunk));
  return draft;
}

function draftFront(figure: Figure, style: Style, trunk: Trunk, side: Side, markup: string): Piece {
  const k = sign(side);
  const open = style.trims.has('open');
  // Closed fronts overlap a little, the right over the left.
  const gap = open
    ? 0.3 + (style.cloth.patternSeed % 5) * 0.05
    : side === 'left'
      ? -0.09
      : style.trims.has('double row')
        ? -0.3
        : -0.07;
  const edgeAt = (s: number) =>
    trunk.at(s, k * gap * (open ? 0.75 + 0.25 * Math.min(1.4, Math.max(0, s)) : 1));
  const start = (side === 'left' ? trunk.neck.front[0] : trunk.neck.front.at(-1)) as Point;
  const inner: Point[] = [start];
  if (!open)
    inner.push(
      side === 'left' ? (trunk.neck.front[1] as Point) : (trunk.neck.front.at(-2) as Point),
      add(trunk.neck.bottom, [-k * 4, 2]),
    );
  const steps = 7;
  const from = open ? 0 : 0.25 + (style.neck === 'deep v' ? 0.6 : 0);
  for (let i = 0; i <= steps; i++) inner.push(edgeAt(from + ((style.hem - from) * i) / steps));
  const hem: Point[] = [];
  for (let i = 0; i <= 5; i++) {
    const u = k * (gap + ((1 - gap) * i) / 5);
    hem.push(add(trunk.at(style.hem, u), [0, 9 * (1 - u * u)]));
  }
  const outer: Point[] = [];
  for (let s = style.hem; s > 0.3; s -= 0.33) outer.push(trunk.at(s, k));
  outer.push(trunk.armpit[side]);
  const hole = [
    trunk.armpit[side],
    add(between(trunk.shoulder[side], trunk.armpit[side], 0.55), [-k * 3, 4]),
    trunk.shoulder[side],
  ];
  const first = open ? inner : inner.slice(0, 3);
  const rest = open ? [] : [inner.slice(2)];
  const trimEdge = trace(line(trunk, from, style.hem, k * gap + (open ? k * 0.05 : 0)));
  const ribbed = style.trims.has('ribbed edges') && open ? stroke(trimEdge, '#000', 14, 0.1) : '';
  const teeth = open && style.trims.has('zip') ? stroke(trimEdge, '#c9c4b6', 2.4, 0.9, '1.5 1.5') : '';
  const knobs =
    style.trims.has('buttons') && (open || style.trims.has('lapels'))
      ? closingButtons(style, trunk, side, k * gap)
      : '';
  return cutPiece(style.cloth, {
    outline: outline(first, ...rest, hem, outer, hole),
    turn: trunkTurn(figure),
    markup: markup + ribbed + teeth + stitches(trimEdge, stitchColour(style.cloth)) + knobs,
  });
}

function closingButtons(style: Style, trunk: Trunk, side: Side, edge: number): string {
  if (style.trims.has('open') && side === 'left') return '';
  const rows = style.trims.has('double row') ? [-0.2, 0.22] : [style.trims.has('open') ? edge + 0.1 : 0];
  const from = style.neck === 'deep v' ? 0.78 : 0;
  const to = Math.min(style.hem - 0.35, 1.8);
  let out = '';
  for (let s = from; s <= to; s += 0.42)
    for (const u of rows) out += button(trunk.at(s, u), 4.4, buttonColour(style.cloth));
  return out;
}

/** The turned-back front of a blazer or coat, and the collar above its notch. */
function draftLapel(style: Style, trunk: Trunk, side: Side): Piece[] {
  const k = sign(side);
  const open = style.trims.has('open');
  const start = (side === 'left' ? trunk.neck.front[0] : trunk.neck.front.at(-1)) as Point;
  const wide = style.trims.has('double row') ? 0.66 : 0.56;
  const low = open ? trunk.at(0.78, k * 0.3) : add(trunk.neck.bottom, [-k * 3, 4]);
  const peak = trunk.at(-0.2, k * wide);
  const notch = trunk.at(-0.3, k * (wide - 0.15));
  const seam = seamColour(style.cloth);
  const edge = [peak, add(between(peak, low, 0.5), [k * 6, 0]), low];
  const lapel = outline({ corners: [add(start, [k * 2, 2]), notch, peak] }, edge, [
    low,
    add(between(low, start, 0.5), [k * (open ? 3 : 1), 0]),
    start,
  ]);
  const outer = add(between(start, trunk.shoulder[side], 0.3), [0, 5]);
  const corner = trunk.at(-0.44, k * (wide - 0.02));
  const collar = outline([add(start, [-k * 5, -10]), add(between(start, outer, 0.5), [0, -9]), outer], {
    corners: [outer, corner, notch, add(start, [k * 1, 8])],
  });
  const trims = (path: string) => stroke(path, seam, 1.2, 0.6);
  return [
    cutPiece(style.cloth, {
      outline: lapel,
      turn: k * 14,
      markup: trims(lapel) + stitches(trace(edge.map((p) => add(p, [-k * 3, 0] as Point))), seam),
      tone: 0.03,
      folds: 0.15,
      relief: 0.8,
    }),
    cutPiece(style.cloth, {
      outline: collar,
      turn: k * 40,
      markup: trims(collar),
      tone: 0.02,
      folds: 0.1,
      relief: 0.8,
    }),
  ];
}

function clothBelt(style: Style, trunk: Trunk): Piece {
  const upper = Array.from({ length: 9 }, (_, i) => trunk.at(0.98, -1.02 + (2.04 * i) / 8));
  const lower = upper.map((p) => add(p, [0, 17] as Point)).reverse();
  const [x, y] = trunk.at(0.98, 0.12);
  const buckle = `<rect x="${x - 11}" y="${y - 2}" width="22" height="21" rx="4" fill="none" stroke="#5b4433" stroke-width="4"/>`;
  return cutPiece(style.cloth, {
    outline: outline(upper, lower),
    markup: stitches(trace(upper.map((p) => add(p, [0, 3] as Point))), seamColour(style.cloth)) + buckle,
    folds: 0.1,
    plain: 'ground',
    tone: -0.04,
  });
}
