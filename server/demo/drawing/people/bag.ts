import { type Figure, type Side, sign } from '../figure.ts';
import { stitches, stroke } from '../garments/marks.ts';
import { add, between, outline, type Point, trace } from '../geometry.ts';
import { darker, lighter } from '../palette.ts';
import type { Piece } from '../piece.ts';

export type BagKind = 'tote' | 'handbag' | 'crossbody';

const leather = (shape: string, fill: string, markup = ''): Piece => ({
  outline: shape,
  fill,
  markup,
  garment: -1,
  surface: { texture: 'none', folds: 0.12, gloss: 0.4, relief: 1 },
  turn: 0,
});

/** A band of even width along points. */
function band(points: readonly Point[], half: number): string {
  const left: Point[] = points.map((p) => add(p, [-half, half * 0.3]));
  const right: Point[] = points.map((p) => add(p, [half, -half * 0.3]));
  return outline(left, right.reverse());
}

/** `under` goes below the arms, `over` above everything. */
export function drawBag(
  figure: Figure,
  kind: BagKind,
  side: Side,
  colour: string,
): { under: Piece[]; over: Piece[] } {
  const k = sign(side);
  const light = lighter(colour, 0.3);
  if (kind === 'crossbody') {
    const from = between(
      figure.neckSide[side === 'left' ? 'right' : 'left'],
      figure.shoulder[side === 'left' ? 'right' : 'left'],
      0.3,
    );
    const { centre, half } = figure.level(1.9);
    const c: Point = [centre[0] + k * (half + 2), centre[1]];
    const strap = band([from, between(from, c, 0.35), between(from, c, 0.7), c], 3);
    const box = outline({
      corners: [add(c, [-26, -8]), add(c, [26, -8]), add(c, [29, 34]), add(c, [-29, 34])],
    });
    const flap = outline(
      [add(c, [-27, -9]), add(c, [27, -9])],
      [add(c, [27, 8]), add(c, [0, 19]), add(c, [-27, 8])],
    );
    const clasp = `<circle cx="${c[0]}" cy="${c[1] + 13}" r="3" fill="#d8bb72"/>`;
    return {
      under: [
        leather(strap, darker(colour, 0.1)),
        leather(box, colour),
        leather(flap, lighter(colour, 0.06), clasp),
      ],
      over: [],
    };
  }
  const hand = figure.arm[side].at(1.16);
  if (kind === 'handbag') {
    const c = add(hand, [0, 6]);
    const handle = outline(
      [add(c, [-15, 26]), add(c, [-11, 0]), add(c, [11, 0]), add(c, [15, 26])],
      [add(c, [11, 26]), add(c, [7, 5]), add(c, [-7, 5]), add(c, [-11, 26])],
    );
    const body = outline(
      [add(c, [-30, 24]), add(c, [0, 21]), add(c, [30, 24])],
      [add(c, [36, 62]), add(c, [28, 70]), add(c, [-28, 70]), add(c, [-36, 62])],
    );
    return {
      under: [],
      over: [
        leather(handle, darker(colour, 0.15)),
        leather(
          body,
          colour,
          stitches(trace([add(c, [-29, 32]), add(c, [0, 29]), add(c, [29, 32])]), light) +
            `<rect x="${c[0] - 5}" y="${c[1] + 34}" width="10" height="8" rx="2" fill="#d8bb72"/>`,
        ),
      ],
    };
  }
  const top = add(figure.shoulder[side], [k * 2, 2]);
  const low: Point = add(figure.level(1.6).centre, [k * (figure.level(1.6).half + 18), 0]);
  const bag = outline({
    corners: [add(low, [-32, 0]), add(low, [32, 0]), add(low, [35, 78]), add(low, [-35, 78])],
  });
  const straps = [-14, 14].map((dx) =>
    leather(
      band([add(top, [dx * 0.25, 0]), add(between(top, low, 0.5), [dx * 0.8, 0]), add(low, [dx, 4])], 2.4),
      darker(colour, 0.12),
    ),
  );
  return {
    under: [],
    over: [
      ...straps,
      leather(
        bag,
        colour,
        stitches(trace({ corners: [add(low, [-30, 6]), add(low, [30, 6])] }), light) +
          stroke(trace({ corners: [add(low, [0, 24]), add(low, [0, 44])] }), light, 3, 0.4),
      ),
    ],
  };
}
