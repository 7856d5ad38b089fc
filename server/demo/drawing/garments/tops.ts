import { cutPiece, seamColour } from '../cloth.ts';
import { type Figure, SIDES, sign } from '../figure.ts';
import { add, between, outline, type Point, trace } from '../geometry.ts';
import { type Draft, emptyDraft, type Piece } from '../piece.ts';
import { fold, stroke } from './marks.ts';
import { draftSleeve } from './sleeve.ts';
import type { Style } from './style.ts';
import { draftBelt, draftCollar, draftHood, draftRollNeck, drawstrings, trunkMarkup } from './trims.ts';
import { backOutline, draftTrunk, easeAt, type Trunk } from './trunk.ts';

/** Tops, vests and the dresses cut like them: one trunk, two sleeves or none. */
export function draftTop(figure: Figure, style: Style): Draft {
  const draft = emptyDraft();
  const bare = style.sleeve === 0;
  const trunk = draftTrunk(figure, style, { shoulderAt: bare ? 0.72 : 1, armhole: bare });
  draft.behind.push(lining(style, trunk));
  const strings = style.trims.has('drawstring') && style.trims.has('hood') ? drawstrings(trunk) : '';
  const armholes = bare ? SIDES.map((side) => armholeEdge(trunk, style, side)).join('') : '';
  draft.body.push(
    cutPiece(style.cloth, {
      outline: trunk.outline,
      turn: trunkTurn(figure),
      markup: trunkMarkup(style, trunk) + armholes + strings,
    }),
  );
  if (!bare) for (const side of SIDES) draft.sleeves[side].push(...draftSleeve(figure, style, trunk, side));
  finish(figure, style, trunk, draft);
  return draft;
}

/** Collar, roll neck, hood and belt. */
export function finish(figure: Figure, style: Style, trunk: Trunk, draft: Draft): void {
  if (style.trims.has('belt')) draft.body.push(draftBelt(trunk, 1, '#6b4630'));
  if (style.trims.has('collar')) draft.front.push(...draftCollar(trunk, style));
  if (style.neck === 'turtle') draft.front.push(draftRollNeck(figure, trunk, style));
  if (style.trims.has('hood')) {
    const hood = draftHood(trunk, style);
    draft.behind.unshift(...hood.behind);
    draft.front.push(...hood.front);
  }
}

/** The inside of the back, with its label. */
export function lining(style: Style, trunk: Trunk): Piece {
  const [x, y] = between(trunk.neck.back[0] as Point, trunk.neck.back.at(-1) as Point, 0.5);
  const label =
    `<rect x="${x - 9}" y="${y + 11}" width="18" height="9" rx="1" fill="#f3efe6" opacity="0.9"/>` +
    `<rect x="${x - 6}" y="${y + 14.5}" width="12" height="1.6" fill="#555"/>`;
  return cutPiece(style.cloth, {
    outline: backOutline(trunk.neck),
    markup: style.neck === 'boat' ? '' : label,
    tone: -0.32,
    plain: 'ground',
    relief: 0.3,
    folds: 0.15,
  });
}

export const trunkTurn = (figure: Figure): number => {
  const [dx, dy] = figure.level(0.5).across;
  return (Math.atan2(dy, dx) * 180) / Math.PI;
};

function armholeEdge(trunk: Trunk, style: Style, side: 'left' | 'right'): string {
  const middle = add(between(trunk.shoulder[side], trunk.armpit[side], 0.55), [-sign(side) * 9, 4]);
  const path = trace([trunk.shoulder[side], middle, trunk.armpit[side]]);
  return (
    stroke(path, '#000', 8, 0.1) +
    stroke(path, style.cloth.dye.hex, 6.5, 0.8) +
    stroke(path, seamColour(style.cloth), 0.9, 0.3)
  );
}

/** Tops and dresses that hang from thin straps. */
export function draftSling(figure: Figure, style: Style): Draft {
  const draft = emptyDraft();
  const shaped = draftTrunk(figure, style, { shoulderAt: 0.6, armhole: true });
  const at = shaped.at;
  const seam = seamColour(style.cloth);
  const dip = style.neck === 'v' ? 0.28 : style.neck === 'square' ? -0.32 : -0.12;
  const top: Point[] = [
    at(0.03, -1),
    at(-0.22, -0.8),
    at(-0.42, -0.56),
    at(-0.24, -0.28),
    at(dip, 0),
    at(-0.24, 0.28),
    at(-0.42, 0.56),
    at(-0.22, 0.8),
    at(0.03, 1),
  ];
  const edge: Point[] =
    style.neck === 'square'
      ? [
          at(0.03, -1),
          at(-0.22, -0.78),
          at(-0.38, -0.56),
          at(-0.34, 0),
          at(-0.38, 0.56),
          at(-0.22, 0.78),
          at(0.03, 1),
        ]
      : top;
  const side = (u: number): Point[] => {
    const points = [at(0.03, u)];
    for (let s = 0.35; s < style.hem - 0.12; s += 0.33) points.push(at(s, u));
    return [...points, at(style.hem, u)];
  };
  const hem = Array.from({ length: 9 }, (_, i) =>
    add(at(style.hem, 1 - i / 4), [0, 8 * (1 - (1 - i / 4) ** 2)] as Point),
  );
  const body = outline(edge, side(1), hem, side(-1).reverse());
  const cups = [-1, 1]
    .map(
      (k) =>
        fold(at(0.42, k * 0.2), at(0.02, k * 0.66), 12, 1.2) + fold(at(0.5, k * 0.9), at(0.12, k * 0.6), 9),
    )
    .join('');
  const binding =
    stroke(trace(edge), '#000', 7, 0.12) +
    stroke(trace(edge), style.cloth.dye.hex, 5, 0.9) +
    stroke(trace(edge), seam, 0.8, 0.5);
  const inside = cutPiece(style.cloth, {
    outline: outline([...edge], [at(0.03, 1), add(at(-0.08, 0), [0, 2]), at(0.03, -1)]),
    tone: -0.35,
    plain: 'ground',
    relief: 0.2,
  });
  draft.behind.push(inside);
  draft.body.push(
    cutPiece(style.cloth, {
      outline: body,
      turn: trunkTurn(figure),
      markup: trunkMarkup({ ...style, neck: 'shirt' }, shaped) + cups + binding,
    }),
  );
  for (const s of SIDES) {
    const k = sign(s);
    const foot = at(-0.4, k * 0.56);
    const over = add(between(figure.neckSide[s], figure.shoulder[s], 0.5), [0, -3]);
    const half = easeAt(style, 0) > 9 ? 3.2 : 2.4;
    const bow = add(between(foot, over, 0.5), [k * 2, 0]);
    const strap = (points: readonly Point[], tone: number) =>
      cutPiece(style.cloth, {
        outline: outline(
          points.map((p) => add(p, [-half, 0])),
          points.map((p) => add(p, [half, 0.8])).reverse(),
        ),
        plain: 'ground',
        tone,
        relief: 0.5,
        folds: 0,
      });
    // Over the shoulder and down to the back's edge, further in.
    draft.behind.unshift(strap([over, add(over, [-k * 5, 3]), at(-0.1, k * 0.4)], -0.3));
    draft.body.push(strap([add(foot, [0, 4]), bow, over, add(over, [-k * 5, 3])], 0));
  }
  if (style.trims.has('belt')) draft.body.push(draftBelt(shaped, 1, '#6b4630'));
  return draft;
}
