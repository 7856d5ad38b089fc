import type { Box, Mask } from '../../vision/contract.ts';
import type { CategoryId } from '../../vocabulary/taxonomy.ts';
import type { Style } from './garments/style.ts';
import { type Light, lightPicture } from './light.ts';
import type { ColourName } from './palette.ts';
import {
  type Layer,
  overlay,
  paintSvg,
  rasterColour,
  rasterParts,
  rasterSoft,
  type Size,
  type View,
} from './raster.ts';

/** A garment that is seen in a drawn picture. */
export interface DrawnGarment {
  readonly category: CategoryId;
  readonly colour: ColourName;
  /** x1, y1, x2, y2 in pixels; x2 and y2 lie just beyond the last pixel of the mask. */
  readonly box: Box;
  /** What is visible of it: covered parts are left out. */
  readonly mask: Mask;
  /** Pixels of the mask. */
  readonly area: number;
}

/** A drawing with the truth about it. */
export interface Picture extends Size {
  /** RGB, Uint8Array [height, width, 3]. */
  readonly pixels: Buffer;
  readonly garments: readonly DrawnGarment[];
  /** Garments of which only a sliver shows: neither to be found nor to be held against whoever finds them. */
  readonly slivers: readonly DrawnGarment[];
}

export interface Drawing {
  readonly layers: readonly Layer[];
  /** `Piece.garment` is an index into these. */
  readonly styles: readonly Style[];
  readonly view: View;
  readonly size: Size;
  /** SVG in the view's units; `softness` above 1 puts it out of focus. */
  readonly background: string;
  readonly softness: number;
  readonly light: Omit<Light, 'unit'>;
  /** Picture units for one figure unit. */
  readonly scale: number;
}

/** Paints, lights and measures a drawing. */
export async function renderDrawing(drawing: Drawing): Promise<Picture> {
  const { layers, styles, view, size } = drawing;
  const [pixels, parts] = await Promise.all([paintDrawing(drawing), rasterParts(layers, view, size)]);
  const pieces = layers.flatMap((layer) => layer.pieces);
  lightPicture(pixels, parts, size, pieces, {
    ...drawing.light,
    unit: (drawing.scale * size.width) / view.width,
  });
  const drawn = styles.map((style, index) =>
    measure(
      style,
      parts,
      pieces.map((piece) => piece.garment === index),
      size,
    ),
  );
  const enough = (garment: DrawnGarment) => garment.area >= MIN_SHARE * size.width * size.height;
  return {
    ...size,
    pixels,
    garments: drawn.filter(enough),
    slivers: drawn.filter((garment) => garment.area > 0 && !enough(garment)),
  };
}

/** Less of the picture than this, and a garment is a sliver: about 32×32 pixels at 430×640. */
export const MIN_SHARE = 0.0035;

async function paintDrawing({ layers, background, softness, view, size }: Drawing): Promise<Buffer> {
  if (softness <= 1) return rasterColour(paintSvg(layers, background, view, size), size);
  const far = await rasterSoft(paintSvg([], background, view, size), size, softness);
  return overlay(far, paintSvg(layers, '', view, size), size);
}

function measure(style: Style, parts: Uint8Array, own: readonly boolean[], size: Size): DrawnGarment {
  const { width, height } = size;
  const data = new Uint8Array(width * height);
  let [x1, y1, x2, y2, area] = [width, height, 0, 0, 0];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const part = parts[i] as number;
      if (part === 0 || !own[part - 1]) continue;
      data[i] = 1;
      area++;
      if (x < x1) x1 = x;
      if (x >= x2) x2 = x + 1;
      if (y < y1) y1 = y;
      y2 = y + 1;
    }
  const box: Box = area ? [x1, y1, x2, y2] : [0, 0, 0, 0];
  return { category: style.category, colour: style.cloth.dye.name, box, mask: { width, height, data }, area };
}
