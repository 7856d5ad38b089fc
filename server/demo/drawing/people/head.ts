import type { Figure } from '../figure.ts';
import { stroke } from '../garments/marks.ts';
import { add, ellipse, outline, type Point, trace } from '../geometry.ts';
import { darker, lighter, mixColours } from '../palette.ts';
import { type Piece, SMOOTH } from '../piece.ts';
import type { Random } from '../random.ts';

export const HAIRS = [
  '#231a16',
  '#3b2820',
  '#5b3a26',
  '#8a5a34',
  '#b98a4f',
  '#d8b878',
  '#7a3420',
  '#9a9a9a',
  '#1b1b20',
] as const;
export type HairCut = 'bob' | 'long' | 'bun' | 'short' | 'curls' | 'tail' | 'waves' | 'beanie' | 'cropped';
export const LONG_CUTS: readonly HairCut[] = ['bob', 'long', 'bun', 'curls', 'tail', 'waves', 'beanie'];
export const SHORT_CUTS: readonly HairCut[] = ['short', 'short', 'cropped', 'curls', 'beanie'];

export interface Head {
  readonly skin: string;
  readonly hair: string;
  readonly cut: HairCut;
  readonly hat: string;
  readonly glasses: boolean;
  readonly sunglasses: boolean;
  readonly beard: boolean;
  readonly lips: string;
}

/** Hair behind the neck, then the face, then what falls over it. */
export function drawHead(figure: Figure, head: Head, random: Random): { behind: Piece[]; front: Piece[] } {
  const c = figure.head;
  const p = (x: number, y: number): Point => add(c, [x, y]);
  const gaze = random.range(-3, 3);
  const side = random.chance(0.5) ? 1 : -1;
  const hair = (shape: string, markup = ''): Piece => ({
    outline: shape,
    fill: head.hair,
    markup: markup || strands(p, head.hair, random),
    garment: -1,
    surface: { texture: 'none', folds: 0.45, gloss: 0.35, relief: 0.8 },
    turn: 0,
  });
  const faceShape = outline(
    [p(-31, -8), p(-30, 14), p(-23, 32), p(-9, 44), p(0, 46), p(9, 44), p(23, 32), p(30, 14), p(31, -8)],
    [p(31, -8), p(24, -34), p(0, -44), p(-24, -34), p(-31, -8)],
  );
  const ear = (k: number): Piece => ({
    outline: ellipse(p(k * 32, 4), 5.5, 9.5),
    fill: darker(head.skin, 0.06),
    garment: -1,
    surface: SMOOTH,
    turn: 0,
  });
  const face: Piece = {
    outline: faceShape,
    fill: head.skin,
    markup: features(p, head, gaze),
    garment: -1,
    surface: { ...SMOOTH, relief: 0.4 },
    turn: 0,
  };
  const crown = (low: number, wide = 35): string =>
    outline(
      [p(-wide, low), p(-wide - 2, -16), p(-27, -42), p(0, -53), p(27, -42), p(wide + 2, -16), p(wide, low)],
      [
        p(wide, low),
        p(30, -8),
        p(20 + side * 6, -27),
        p(side * 9, -31),
        p(-20 + side * 6, -24),
        p(-30, -6),
        p(-wide, low),
      ],
    );
  const behind: Piece[] = [];
  const over: Piece[] = [];
  switch (head.cut) {
    case 'long':
    case 'waves': {
      const wave = head.cut === 'waves' ? 7 : 2;
      const low = random.range(95, 150);
      behind.push(
        hair(
          outline([
            p(-34, -20),
            p(-42, 20),
            p(-44 - wave, 60),
            p(-42, low * 0.8),
            p(-34 - wave, low),
            p(0, low + 6),
            p(34 + wave, low),
            p(42, low * 0.8),
            p(44 + wave, 60),
            p(42, 20),
            p(34, -20),
            p(0, -50),
            p(-34, -20),
          ]),
        ),
      );
      over.push(hair(crown(24, 37)));
      if (random.chance(0.6))
        for (const k of [-1, 1])
          over.push(
            hair(
              outline(
                [p(k * 30, -22), p(k * 39, 20), p(k * (41 + wave), 62), p(k * 38, low * 0.75)],
                [p(k * 38, low * 0.75), p(k * 27, 66), p(k * 30, 30), p(k * 29, -4), p(k * 30, -22)],
              ),
            ),
          );
      break;
    }
    case 'bob':
      behind.push(
        hair(
          outline([
            p(-36, -20),
            p(-43, 20),
            p(-40, 52),
            p(0, 56),
            p(40, 52),
            p(43, 20),
            p(36, -20),
            p(0, -50),
            p(-36, -20),
          ]),
        ),
      );
      over.push(hair(crown(36, 38)));
      break;
    case 'bun':
      over.push(hair(ellipse(p(side * 4, -58), 18, 16)), hair(crown(-4)));
      break;
    case 'tail':
      behind.push(
        hair(
          outline(
            [p(side * 14, -40), p(side * 46, -20), p(side * 52, 30), p(side * 38, 82)],
            [p(side * 38, 82), p(side * 32, 40), p(side * 22, 0), p(side * 14, -40)],
          ),
        ),
      );
      over.push(hair(crown(0)));
      break;
    case 'curls': {
      const curl = (x: number, y: number, r: number) => ellipse(p(x, y), r, r);
      let shape = '';
      for (let a = 0; a < 13; a++) {
        const angle = Math.PI * (0.86 + (a / 12) * 1.28);
        shape += curl(Math.cos(angle) * 37, Math.sin(angle) * 42 - 8, random.range(11, 16));
      }
      behind.push(hair(shape + ellipse(p(0, -14), 42, 44)));
      over.push(
        hair(crown(2, 34) + curl(-24, -34, 12) + curl(-8, -42, 13) + curl(10, -42, 13) + curl(25, -33, 12)),
      );
      break;
    }
    case 'cropped':
      over.push(
        hair(
          outline(
            [p(-32, -8), p(-31, -26), p(-20, -44), p(0, -49), p(20, -44), p(31, -26), p(32, -8)],
            [p(32, -8), p(24, -27), p(0, -33), p(-24, -27), p(-32, -8)],
          ),
        ),
      );
      break;
    case 'beanie': {
      behind.push(
        hair(outline([p(-34, -10), p(-38, 30), p(-32, 50), p(0, 40), p(32, 50), p(38, 30), p(34, -10)])),
      );
      const knit = {
        garment: -1,
        surface: { texture: 'rib' as const, folds: 0.1, gloss: 0.1, relief: 0.9 },
        turn: 0,
        fill: head.hat,
      };
      over.push({
        ...knit,
        outline: outline([
          p(-34, -16),
          p(-36, -36),
          p(-20, -60),
          p(0, -66),
          p(20, -60),
          p(36, -36),
          p(34, -16),
        ]),
      });
      over.push({
        ...knit,
        outline: outline([p(-36, -28), p(0, -36), p(36, -28)], [p(36, -12), p(0, -21), p(-36, -12)]),
        fill: lighter(head.hat, 0.1),
      });
      break;
    }
    default:
      over.push(
        hair(
          outline(
            [p(-33, 2), p(-37, -24), p(-24, -48), p(side * 6, -56), p(24, -48), p(37, -24), p(33, 2)],
            [p(33, 2), p(29, -20), p(side * 20, -30), p(-side * 8, -26), p(-29, -18), p(-33, 2)],
          ),
        ),
      );
  }
  return { behind, front: [ear(-1), ear(1), face, ...over] };
}

function strands(p: (x: number, y: number) => Point, colour: string, random: Random): string {
  let out = '';
  for (let i = 0; i < 9; i++) {
    const x = random.range(-36, 36);
    const path = trace([p(x * 0.3, -50), p(x, -14), p(x * 1.15, 50), p(x * 1.05, 130)]);
    out += stroke(path, i % 2 ? lighter(colour, 0.25) : darker(colour, 0.4), 1.6, 0.35);
  }
  return out;
}

function features(p: (x: number, y: number) => Point, head: Head, gaze: number): string {
  const shade = darker(head.skin, 0.35);
  const n = (v: number) => v.toFixed(1);
  let out = '';
  for (const k of [-1, 1]) {
    const [x, y] = p(k * 12.5 + gaze, -1);
    const [bx, by] = p(k * 25, 16);
    out += `<ellipse cx="${n(bx)}" cy="${n(by)}" rx="8" ry="6" fill="#d8594a" opacity="0.14"/>`;
    out += `<ellipse cx="${n(x)}" cy="${n(y)}" rx="5.6" ry="3.2" fill="#f6f1ea"/><circle cx="${n(x + gaze * 0.3)}" cy="${n(y)}" r="3" fill="#33241c"/><circle cx="${n(x + gaze * 0.3 + 1)}" cy="${n(y - 1)}" r="0.9" fill="#fff"/>`;
    out += stroke(
      trace([
        [x - 6.4, y + 0.5],
        [x, y - 3.8],
        [x + 6.4, y + 0.5],
      ]),
      '#2a1c16',
      1.7,
      0.9,
    );
    out += stroke(
      trace([p(k * 19 + gaze, -11), p(k * 12 + gaze, -13.5), p(k * 6 + gaze, -11.5)]),
      darker(head.hair, 0.2),
      2.4,
      0.8,
    );
  }
  out += stroke(trace([p(gaze * 1.2 + 1, 0), p(gaze * 1.4 + 4, 13), p(gaze * 1.2 - 1, 15)]), shade, 1.5, 0.5);
  if (head.beard)
    out += `<path d="${outline([p(-31, 4), p(-22, 20), p(-10, 19), p(0, 18), p(10, 19), p(22, 20), p(31, 4)], [p(34, 40), p(0, 56), p(-34, 40)])}" fill="${head.hair}" opacity="0.75"/>`;
  const lips = mixColours(head.skin, head.lips, 0.6);
  out += `<path d="${outline([p(gaze - 9, 26), p(gaze - 3, 23.5), p(gaze, 24.6), p(gaze + 3, 23.5), p(gaze + 9, 26)], [p(gaze + 9, 26), p(gaze, 31.5), p(gaze - 9, 26)])}" fill="${lips}"/>`;
  out += stroke(trace([p(gaze - 8.5, 26), p(gaze, 27), p(gaze + 8.5, 26)]), darker(lips, 0.4), 1, 0.7);
  if (head.glasses || head.sunglasses) {
    const fill = head.sunglasses ? '#18181c' : '#cfe0ea';
    for (const k of [-1, 1]) {
      const [x, y] = p(k * 13 + gaze, 0);
      out += `<rect x="${n(x - 10.5)}" y="${n(y - 7.5)}" width="21" height="16" rx="7" fill="${fill}" fill-opacity="${head.sunglasses ? 0.94 : 0.2}" stroke="#231d1a" stroke-width="2"/>`;
    }
    out += stroke(trace([p(gaze - 2.5, -2), p(gaze + 2.5, -2)]), '#231d1a', 2);
  }
  return out;
}
