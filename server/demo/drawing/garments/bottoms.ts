import { cutPiece, seamColour, stitchColour } from '../cloth.ts';
import { type Figure, SIDES, type Side, sign } from '../figure.ts';
import { add, between, outline, type Point, trace } from '../geometry.ts';
import { type Draft, emptyDraft, type Piece } from '../piece.ts';
import { Random } from '../random.ts';
import { button, fold, patchPocket, ribs, stitches, stroke } from './marks.ts';
import type { Style } from './style.ts';
import { buttonColour, gathers } from './trims.ts';
import { hangAt, type Trunk } from './trunk.ts';

/** Level at which the waistband begins. */
const RISE = 1.12;

function waistAt(figure: Figure, style: Style) {
  return (s: number, u: number): Point => {
    const { centre, across, half } = figure.level(s);
    const q = Math.max(0, (s - RISE) / 0.9);
    const [x, y] = [
      centre[0] + across[0] * u * (half + 2 + style.ease * 0.5 * Math.min(1, q)),
      centre[1] + across[1] * u * half,
    ];
    return [x, y];
  };
}

/** Trousers and shorts: two legs that meet in the middle seam, under one waistband. */
export function draftTrousers(figure: Figure, style: Style): Draft {
  const draft = emptyDraft();
  const at = waistAt(figure, style);
  for (const side of SIDES) draft.body.push(...draftLeg(figure, style, at, side));
  draft.body.push(waistband(style, at, style.trims.has('drawstring')));
  return draft;
}

function draftLeg(figure: Figure, style: Style, at: (s: number, u: number) => Point, side: Side): Piece[] {
  const k = sign(side);
  const spine = figure.leg[side];
  const { build } = figure;
  const end = style.hem;
  const outer = -k;
  const width = (t: number) => {
    const body = build.thigh * (t < 0.5 ? 1 - 0.66 * t : 0.67 - 0.42 * (t - 0.5));
    const cuffed = style.trims.has('cuffs') ? -8 * (t / end) ** 8 : 0;
    return body + style.ease * (0.55 + 0.35 * t) + style.flare * (t / end) ** 1.6 + cuffed;
  };
  // Inside the leg cloth has less room than outside: the other leg is there.
  const innerWidth = (t: number) =>
    Math.min(width(t), build.thigh * 0.86 + style.ease * 0.2 + 60 * Math.max(0, t - 0.2));
  const crotch = add(figure.crotch, [-k * 1.5, 4]);
  const centre = (s: number) => at(s, -k * 0.015);
  const outerRun = [
    at(RISE, k),
    at(1.5, k),
    at(1.85, k),
    ...spine.edge(0.14, end, (t) => outer * width(t), 9),
  ];
  const innerRun = [...spine.edge(end, 0.16, (t) => -outer * innerWidth(t), 8), crotch];
  const hemMiddle = add(spine.at(end), [0, 4]);
  const seam = seamColour(style.cloth);
  const thread = stitchColour(style.cloth);
  const random = new Random(style.cloth.patternSeed + (side === 'left' ? 1 : 2));
  let markup = '';
  // The middle seam lets cloth hang from it, and knees break what falls past them.
  for (const t of [0.1, 0.18, 0.26])
    markup += fold(crotch, spine.beside(t, outer * width(t) * random.range(0.4, 0.75)), 7, 0.55);
  if (end > 0.6) {
    for (const t of [0.46, 0.52, 0.57])
      markup += fold(
        spine.beside(t, -outer * width(t)),
        spine.beside(t + 0.03, outer * width(t) * random.range(-0.2, 0.4)),
        7,
      );
    for (const t of [0.88, 0.94])
      if (t < end)
        markup += fold(
          spine.beside(t, outer * width(t)),
          spine.beside(t - 0.02, -outer * width(t) * 0.3),
          8,
          1.2,
        );
  }
  if (style.trims.has('crease')) {
    const middle = trace(spine.edge(0.05, end, () => 0));
    markup += stroke(middle, '#000', 3, 0.12) + stroke(middle, '#fff', 1.4, 0.16);
  }
  if (style.cloth.pattern === 'denim') {
    const worn = spine.at(0.26);
    for (const [r, o] of [
      [34, 0.05],
      [26, 0.06],
      [17, 0.07],
    ] as const)
      markup += `<ellipse cx="${worn[0].toFixed(1)}" cy="${worn[1].toFixed(1)}" rx="${r * 0.5}" ry="${r * 2.2}" fill="#fff" opacity="${o}"/>`;
  }
  const sideSeam = trace([
    at(RISE, k * 0.98),
    at(1.85, k * 0.97),
    ...spine.edge(0.16, end, (t) => outer * (width(t) - 2), 6),
  ]);
  markup +=
    stitches(sideSeam, thread) +
    stitches(trace(spine.edge(0.2, end, (t) => -outer * (width(t) - 2), 6)), thread);
  markup += pocketMarks(style, at, k, thread);
  if (style.trims.has('cargo pockets')) {
    const t = Math.min(0.3, end * 0.5);
    const c = [
      spine.beside(t, outer * width(t) * 0.92),
      spine.beside(t, outer * width(t) * 0.05),
      spine.beside(t + 0.15, outer * width(t) * 0.05),
      spine.beside(t + 0.15, outer * width(t) * 0.92),
    ];
    markup += patchPocket(c, `${style.cloth.dye.hex}cc`, seam, 0.34);
  }
  if (style.trims.has('fly') && side === 'right') {
    const path = trace([at(RISE + 0.1, 0.17), at(1.75, 0.17), at(2.05, 0.03)]);
    markup += stitches(path, thread) + stroke(path, seam, 0.8, 0.4);
  }
  const hemBand = (t: number) =>
    trace([
      spine.beside(t, outer * width(t) * 1.1),
      add(spine.at(t), [0, 3]),
      spine.beside(t, -outer * width(t) * 1.1),
    ]);
  const turn = style.trims.has('turn-ups') ? 22 : style.trims.has('cuffs') ? 17 : 7;
  const up = end - turn / spine.length;
  markup += stitches(hemBand(up), thread);
  if (turn > 10) markup += stroke(hemBand(up), '#000', 2.4, 0.3);
  if (style.trims.has('cuffs')) {
    const from = Array.from({ length: 16 }, (_, i) => spine.beside(up, outer * width(up) * (1 - i / 7.5)));
    const to = Array.from({ length: 16 }, (_, i) =>
      spine.beside(end + 0.02, outer * width(end) * (1 - i / 7.5)),
    );
    markup += ribs(from, to, seam, 0.45);
  }
  const leg = cutPiece(style.cloth, {
    outline: outline(
      outerRun,
      [spine.beside(end, outer * width(end)), hemMiddle, spine.beside(end, -outer * width(end))],
      innerRun,
      [crotch, centre(1.7), centre(RISE)],
    ),
    turn: spine.turn,
    markup,
  });
  const mouth = cutPiece(style.cloth, {
    outline: outline(
      [spine.beside(end, outer * width(end)), hemMiddle, spine.beside(end, -outer * width(end))],
      [
        spine.beside(end, -outer * width(end)),
        add(spine.at(end), [0, -4]),
        spine.beside(end, outer * width(end)),
      ],
    ),
    tone: -0.4,
    plain: 'ground',
    relief: 0.1,
  });
  return [mouth, leg];
}

function pocketMarks(style: Style, at: (s: number, u: number) => Point, k: number, thread: string): string {
  if (style.trims.has('jean pockets')) {
    const path = trace([at(RISE + 0.1, k * 0.38), at(RISE + 0.3, k * 0.56), at(RISE + 0.38, k * 1.02)]);
    return (
      stroke(path, '#000', 2.6, 0.3) +
      stitches(
        trace([at(RISE + 0.1, k * 0.32), at(RISE + 0.36, k * 0.53), at(RISE + 0.45, k * 1.02)]),
        thread,
      ) +
      `<circle cx="${at(RISE + 0.33, k * 0.9)[0]}" cy="${at(RISE + 0.33, k * 0.9)[1]}" r="1.7" fill="#c98f4e"/>`
    );
  }
  if (style.trims.has('welt pockets')) {
    const path = trace({ corners: [at(RISE + 0.12, k * 0.62), at(1.78, k * 0.97)] });
    return stroke(path, '#000', 2.6, 0.25) + stitches(path, thread);
  }
  return '';
}

function waistband(style: Style, at: (s: number, u: number) => Point, elastic: boolean): Piece {
  const depth = style.category === 9 ? 12 : 16;
  const upper = Array.from({ length: 21 }, (_, i) => {
    const u = -1.01 + (2.02 * i) / 20;
    return add(at(RISE - 0.02, u), [0, 5 * (1 - u * u)]);
  });
  const lower = upper.map((p, i) => add(p, [(i - 10) * 0.12, depth] as Point));
  const seam = seamColour(style.cloth);
  const thread = stitchColour(style.cloth);
  let markup =
    stroke(trace(lower.map((p) => add(p, [0, -1] as Point))), seam, 1.2, 0.7) +
    stitches(trace(upper.map((p) => add(p, [0, 3] as Point))), thread);
  const middle = add(at(RISE, 0), [0, 12]);
  if (elastic) {
    markup += ribs(upper, lower, seam, 0.55, 1.6);
    markup += [-1, 1]
      .map((k) =>
        stroke(
          trace([add(middle, [k * 3, -2]), add(middle, [k * 8, 10]), add(middle, [k * 6, 40])]),
          '#ece7dc',
          2.2,
        ),
      )
      .join('');
  } else {
    for (const u of [-0.72, -0.34, 0.34, 0.72]) {
      const [x, y] = at(RISE - 0.02, u);
      markup += `<rect x="${(x - 2.4).toFixed(1)}" y="${(y - 1).toFixed(1)}" width="4.8" height="${depth + 8}" fill="${style.cloth.dye.hex}" stroke="${seam}" stroke-width="0.9"/>`;
    }
    if (style.trims.has('fly'))
      markup += button(middle, 3.6, style.cloth.pattern === 'denim' ? '#b98a4e' : buttonColour(style.cloth));
  }
  return cutPiece(style.cloth, {
    outline: outline(upper, [...lower].reverse()),
    turn: 90,
    markup,
    folds: 0.08,
    relief: 0.6,
  });
}

export function draftSkirt(figure: Figure, style: Style): Draft {
  const draft = emptyDraft();
  const hip = waistAt(figure, style);
  const at = (s: number, u: number): Point => {
    const { half } = figure.level(s);
    const [x, y] = hip(s, u);
    const hung = hangAt(figure, s, { from: RISE, hem: style.hem, flare: style.flare });
    if (hung > half) return [x + u * (hung - half), y];
    const q = Math.max(0, (s - 1.3) / Math.max(0.3, style.hem - 1.3));
    return [x + u * Math.min(10, style.flare) * q, y];
  };
  const seam = seamColour(style.cloth);
  const run = (u: number): Point[] => {
    const points: Point[] = [];
    for (let s = RISE; s < style.hem - 0.1; s += 0.3) points.push(at(s, u));
    return [...points, at(style.hem, u)];
  };
  const pleated = style.trims.has('pleats');
  const count = 13;
  const steps = pleated ? count * 2 : 24;
  const swing = style.flare > 24 && !pleated;
  const hem = Array.from({ length: steps + 1 }, (_, i) => {
    const u = 1 - (2 * i) / steps;
    const wave = pleated ? (i % 2 ? 4 : 0) : swing ? 3.5 * Math.sin(i * 1.31) : 0;
    return add(at(style.hem, u), [0, 10 * (1 - u * u) + wave] as Point);
  });
  const trunk = { at, hem: style.hem } as unknown as Trunk;
  const random = new Random(style.cloth.patternSeed + 3);
  let markup = '';
  if (pleated)
    for (let i = 0; i < count; i++) {
      const [u0, u1] = [-1 + (2 * i) / count, -1 + (2 * (i + 0.5)) / count];
      const shade = outline(
        [at(RISE, u0), at(2, u0), add(at(style.hem, u0), [0, 14])],
        [add(at(style.hem, u1), [0, 14]), at(2, u1), at(RISE, u1)],
      );
      markup += `<path d="${shade}" fill="#000" opacity="0.1"/>${stroke(trace([at(RISE, u0), at(2, u0), add(at(style.hem, u0), [0, 14])]), '#000', 1.3, 0.3)}`;
    }
  else {
    const folds = 2 + Math.round(style.flare / 9);
    for (let i = 0; i < folds; i++) {
      const u = -0.85 + (1.7 * (i + random.range(0.2, 0.8))) / folds;
      markup += fold(
        add(at(style.hem, u), [0, 10]),
        at(random.range(1.3, 1.9), u * 0.8),
        random.range(9, 18),
        0.8 + style.flare / 60,
      );
    }
    if (style.flare < 12)
      for (const k of [-1, 1])
        markup += fold(at(2.05, k), at(1.9, k * 0.2), 9, 0.5) + fold(at(2.2, k), at(2.15, k * 0.3), 8, 0.5);
  }
  if (style.trims.has('gathers')) markup += gathers(trunk, RISE + 0.14, seam);
  if (style.trims.has('slit')) markup += fold(at(style.hem, 0.42), at(style.hem - 0.8, 0.36), 10, 2.6);
  if (style.trims.has('buttons')) {
    const edge = [RISE, 1.8, style.hem].map((s) => at(s, 0.09));
    markup += stitches(trace(edge), stitchColour(style.cloth));
    for (let s = RISE + 0.25; s < style.hem - 0.08; s += 0.24)
      markup += button(at(s, 0), 3.2, buttonColour(style.cloth));
  }
  if (style.trims.has('jean pockets'))
    for (const k of [-1, 1]) markup += pocketMarks(style, hip, k, stitchColour(style.cloth));
  if (style.trims.has('fly'))
    markup += stitches(trace([at(RISE, 0.16), at(1.7, 0.16), at(1.95, 0.02)]), stitchColour(style.cloth));
  if (style.trims.has('ruffle')) {
    const s = style.hem - 0.25;
    markup += stroke(trace([at(s, -1), add(at(s, 0), [0, 8]), at(s, 1)]), '#000', 3, 0.25);
    for (let u = -0.95; u < 1; u += 0.13) markup += fold(at(s, u), add(at(style.hem, u), [0, 12]), 7, 1.4);
  }
  const low = hem.map((p) => add(p, [0, -6] as Point));
  markup += stitches(trace(low), stitchColour(style.cloth));
  draft.behind.push(
    cutPiece(style.cloth, {
      outline: outline(
        hem,
        hem.map((p, i) => add(p, [0, -3 - 7 * Math.sin((i / steps) * Math.PI)] as Point)).reverse(),
      ),
      tone: -0.4,
      plain: 'ground',
      relief: 0.1,
    }),
  );
  draft.body.push(
    cutPiece(style.cloth, {
      outline: outline(run(1), hem, run(-1).reverse(), [
        at(RISE, -1),
        between(at(RISE, -1), at(RISE, 1), 0.5),
        at(RISE, 1),
      ]),
      turn: 0,
      markup,
    }),
  );
  draft.body.push(waistband(style, hip, style.trims.has('drawstring')));
  return draft;
}
