/** Pure functions that lay out pixels as the model expects them. */
import type { Box, Image, Mask } from './contract.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size with the same aspect ratio and long side `longSide`; the short side is at least 1 px. */
export function fitSize({ width, height }: Size, longSide: number): Size {
  const scale = longSide / Math.max(width, height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** A size rounded up to a multiple. */
export function roundUp(size: number, multiple: number): number {
  return Math.ceil(size / multiple) * multiple;
}

/** The image at the top left of a canvas whose sides are multiples of `multiple`, filled with the colour `padding`. */
export function pad(image: Image, multiple: number, padding: readonly [number, number, number]): Image {
  const width = roundUp(image.width, multiple);
  const height = roundUp(image.height, multiple);
  if (width === image.width && height === image.height) return image;
  const line = new Uint8Array(width * 3);
  for (let x = 0; x < width; x++) line.set(padding, x * 3);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    data.set(line, y * width * 3);
    if (y < image.height) {
      data.set(image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3), y * width * 3);
    }
  }
  return { width, height, data };
}

/**
 * Writes a garment's crop into `out`, a zeroed Uint8Array [side, side, 4] (RGBA). `region` holds the pixels of `box`
 * (whole pixels of the image), already scaled to their size in the crop, and is centred. Alpha is 255 where the mask is
 * set at the nearest pixel of the image. Inside the box, pixels with alpha 0 keep their colour; around it they are 0.
 */
export function placeCrop(out: Uint8Array, side: number, region: Image, mask: Mask, box: Box): void {
  const left = (side - region.width) >> 1;
  const top = (side - region.height) >> 1;
  const columns = nearestPixels(region.width, box[0], box[2]);
  const rows = nearestPixels(region.height, box[1], box[3]);
  let from = 0;
  for (let y = 0; y < region.height; y++) {
    const row = rows[y]! * mask.width;
    let to = ((top + y) * side + left) * 4;
    for (let x = 0; x < region.width; x++, from += 3, to += 4) {
      out[to] = region.data[from]!;
      out[to + 1] = region.data[from + 1]!;
      out[to + 2] = region.data[from + 2]!;
      out[to + 3] = mask.data[row + columns[x]!]! === 0 ? 0 : 255;
    }
  }
}

/** For each of `count` pixels that divide the span from `start` to `end`, the source pixel under its centre. */
function nearestPixels(count: number, start: number, end: number): Uint32Array {
  const step = (end - start) / count;
  return Uint32Array.from({ length: count }, (_, i) => Math.floor(start + (i + 0.5) * step));
}
