import { type Figure, SIDES, type Side, sign } from '../figure.ts';
import { fold, stroke } from '../garments/marks.ts';
import { add, between, outline, type Point, Spine, trace } from '../geometry.ts';
import { darker, lighter } from '../palette.ts';
import { type Piece, SMOOTH } from '../piece.ts';

export const SKINS = [
  '#f2cdb2',
  '#e6b592',
  '#d39d76',
  '#b67c55',
  '#8f5b3c',
  '#64402d',
  '#f5d6c4',
  '#a56b45',
] as const;

const skinPiece = (shape: string, fill: string, markup?: string): Piece => ({
  outline: shape,
  fill,
  markup,
  garment: -1,
  surface: SMOOTH,
  turn: 0,
});

export function drawTrunkSkin(figure: Figure, skin: string): Piece[] {
  const at = (s: number, u: number): Point => {
    const { centre, across, half } = figure.level(s);
    return [centre[0] + across[0] * half * u, centre[1] + across[1] * half * u];
  };
  const { neckSide, shoulder, head } = figure;
  const chin: Point = [head[0], head[1] + 34];
  const throat = (side: Side): Point => add(between(chin, neckSide[side], 0.55), [sign(side) * 11, 0]);
  const half = (side: Side): Point[] => [
    add(chin, [sign(side) * 15, 0]),
    throat(side),
    add(neckSide[side], [sign(side) * 2, 0]),
    between(neckSide[side], shoulder[side], 0.5),
    add(shoulder[side], [-sign(side) * 3, 3]),
    at(0, sign(side)),
    at(0.5, sign(side)),
    at(1, sign(side)),
    at(1.5, sign(side)),
    at(2, sign(side)),
  ];
  const shade = darker(skin, 0.3);
  const bones = SIDES.map((side) =>
    stroke(
      trace([
        add(figure.neckBase, [sign(side) * 5, 13]),
        between(neckSide[side], shoulder[side], 0.6).map((v, i) => v + (i ? 9 : 0)) as unknown as Point,
      ]),
      shade,
      1.6,
      0.35,
    ),
  ).join('');
  const under = `<ellipse cx="${head[0].toFixed(1)}" cy="${(head[1] + 46).toFixed(1)}" rx="19" ry="13" fill="${shade}" opacity="0.4"/>`;
  return [
    skinPiece(
      outline(half('right'), [at(2, 1), add(figure.crotch, [0, -6]), at(2, -1)], half('left').reverse()),
      skin,
      under + bones,
    ),
  ];
}

export function drawLeg(figure: Figure, side: Side, fill: string): Piece {
  const spine = figure.leg[side];
  const { thigh } = figure.build;
  const width = (t: number, outer: boolean) => {
    const calf = (outer ? 0.1 : 0.07) * Math.exp(-(((t - 0.66) / 0.12) ** 2));
    return thigh * (t < 0.5 ? 0.98 - 0.82 * t : 0.57 - 0.5 * (t - 0.5) + calf);
  };
  const outer = -sign(side);
  const knee = spine.at(0.5);
  const cap = stroke(
    trace([add(knee, [-7, 6]), add(knee, [0, 9]), add(knee, [7, 6])]),
    darker(fill, 0.3),
    1.8,
    0.3,
  );
  return skinPiece(
    outline(
      spine.edge(-0.06, 1.03, (t) => outer * width(t, true), 14),
      spine.edge(1.03, -0.06, (t) => -outer * Math.min(width(t, false), thigh * 0.95), 14),
    ),
    fill,
    cap,
  );
}

/** The arm below a sleeve that covers the share `sleeve` of it; what the sleeve hides is not drawn. */
export function drawArm(figure: Figure, side: Side, skin: string, sleeve: number): Piece[] {
  const spine = figure.arm[side];
  const { arm } = figure.build;
  const width = (t: number) => arm * (1.02 - 0.5 * t + 0.06 * Math.sin(t * Math.PI * 2));
  const outer = -sign(side);
  const elbow = spine.beside(0.5, -outer * width(0.5));
  const start = Math.min(0.9, Math.max(0, sleeve - 0.14));
  const limb = skinPiece(
    outline(
      spine.edge(start, 1.02, (t) => outer * width(t), 12),
      spine.edge(1.02, start + 0.03, (t) => -outer * width(t), 12),
    ),
    skin,
    fold(elbow, spine.at(0.5), 3),
  );
  return [limb, drawHand(spine, outer, arm, skin)];
}

/** A relaxed hand: fingers together and a thumb on the inner side. */
function drawHand(spine: Spine, outer: number, arm: number, skin: string): Piece {
  const w = arm * 0.56;
  const p = (t: number, u: number) => spine.beside(1 + (t * 44) / spine.length, outer * w * u);
  const shape = outline(
    [p(-0.05, 1), p(0.25, 1.25), p(0.6, 1.15), p(0.9, 0.75), p(1.02, 0.2)],
    [p(1.02, 0.2), p(0.98, -0.4), p(0.7, -0.75)],
    [p(0.7, -0.75), p(0.74, -1.3), p(0.6, -1.7), p(0.36, -1.5), p(0.1, -1.05), p(-0.05, -0.95)],
  );
  const fingers = [0.35, -0.1]
    .map((u) => stroke(trace([p(0.62, u), p(0.96, u * 0.7)]), darker(skin, 0.35), 1, 0.4))
    .join('');
  return skinPiece(shape, skin, fingers);
}

export type Shoe = 'sneaker' | 'boot' | 'pump' | 'loafer';

export function drawShoe(figure: Figure, side: Side, kind: Shoe, colour: string): Piece[] {
  const k = sign(side);
  const spine = figure.leg[side];
  const a = spine.at(1);
  const p = (x: number, y: number): Point => add(a, [k * x, y]);
  const top = kind === 'boot' ? -46 : kind === 'pump' ? 14 : 0;
  const upper = outline(
    [p(-12, top), p(-14, 14), p(-13, 30), p(-8, 39), p(8, 41), p(21, 38), p(23, 30), p(17, 16), p(12, top)],
    kind === 'pump' ? [p(12, top), p(3, 25), p(-12, top)] : [p(12, top), p(0, top + 4), p(-12, top)],
  );
  const sole = outline(
    [p(-14, 32), p(-11, 42), p(6, 44), p(22, 42), p(24, 32)],
    [p(24, 32), p(6, 38), p(-14, 32)],
  );
  let markup = '';
  if (kind === 'sneaker' || kind === 'boot')
    for (let y = kind === 'boot' ? -34 : 6; y < 26; y += 6)
      markup += stroke(trace([p(-5, y), p(7, y + 1)]), brightLace(colour), 1.7, 0.9);
  if (kind === 'loafer')
    markup += stroke(trace([p(-9, 20), p(3, 16), p(16, 22)]), darker(colour, 0.4), 2.4, 0.8);
  const shoe = {
    garment: -1,
    surface: { texture: 'none' as const, folds: 0.05, gloss: 0.5, relief: 0.8 },
    turn: 0,
  };
  const soleColour = kind === 'sneaker' ? '#efece6' : darker(colour, 0.5);
  return [
    { ...shoe, outline: upper, fill: colour, markup },
    { ...shoe, outline: sole, fill: soleColour },
  ];
}

const brightLace = (colour: string) => lighter(colour, 0.7);
