import { type Backdrop, itemBackground } from './backgrounds.ts';
import { type Figure, flatFigure } from './figure.ts';
import { draftGarment } from './garments/draft.ts';
import type { Style } from './garments/style.ts';
import { type Picture, renderDrawing } from './picture.ts';
import { flatOrder, type Piece } from './piece.ts';
import { Random } from './random.ts';
import type { Size, View } from './raster.ts';

export interface ItemOptions {
  readonly style: Style;
  /** Decides how the garment lies, its background and its light, not its cut. */
  readonly seed: number;
  readonly size: Size;
  /** A shop's studio, or any floor, bed or wall that a seller photographs on. */
  readonly backdrop: Backdrop;
}

/** One garment laid flat, as shops show it. */
export async function drawItem({ style, seed, size, backdrop }: ItemOptions): Promise<Picture> {
  const random = new Random(seed).fork('item');
  const figure = layFlat(style, random);
  const pieces = flatOrder(draftGarment(figure, style));
  const tilt = backdrop === 'studio' ? random.range(-1.2, 1.2) : random.range(-14, 14);
  const view = frame(
    pieces,
    size,
    backdrop === 'studio' ? random.range(1.16, 1.24) : random.range(1.12, 1.7),
    random,
    backdrop,
  );
  return renderDrawing({
    layers: [{ transform: `rotate(${tilt.toFixed(2)} 0 ${(view.y + view.height / 2).toFixed(1)})`, pieces }],
    styles: [style],
    view,
    size,
    background: itemBackground(random.fork('background'), view, backdrop, style.cloth.dye.hex),
    softness: backdrop === 'studio' ? 4 : 1,
    scale: 1,
    light: {
      from: [random.range(-0.75, -0.45), -0.75],
      hardness: backdrop === 'studio' ? 0.8 : random.range(0.5, 1.1),
      grain: backdrop === 'studio' ? 1.2 : random.range(1, 6),
      seed,
    },
  });
}

function layFlat(style: Style, random: Random): Figure {
  const arms = style.sleeve > 0.6 ? random.range(0.16, 0.42) : random.range(0.4, 0.75);
  const build = style.gender === 'male' ? { shoulder: 82, chest: 68, waist: 62, hip: 66 } : {};
  return flatFigure(arms, random.range(0.02, 0.1), build);
}

/** The view that holds all pieces with a margin, in the picture's proportions. */
function frame(
  pieces: readonly Piece[],
  size: Size,
  margin: number,
  random: Random,
  backdrop: Backdrop,
): View {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const piece of pieces) {
    const numbers = piece.outline.match(/-?\d+(\.\d+)?/g) ?? [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const [x, y] = [Number(numbers[i]), Number(numbers[i + 1])];
      if (x < x1) x1 = x;
      if (x > x2) x2 = x;
      if (y < y1) y1 = y;
      if (y > y2) y2 = y;
    }
  }
  const perPixel = Math.max(((x2 - x1) * margin) / size.width, ((y2 - y1) * margin) / size.height);
  const width = size.width * perPixel;
  const height = size.height * perPixel;
  const loose = backdrop === 'studio' ? 0 : 0.5;
  const shift = (room: number) => room * random.range(-loose, loose) * 0.5;
  return {
    x: (x1 + x2) / 2 - width / 2 + shift(width - (x2 - x1)),
    y: (y1 + y2) / 2 - height / 2 + shift(height - (y2 - y1)),
    width,
    height,
  };
}
