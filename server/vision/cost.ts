/** How much memory decoding a picture takes, told from its headers, so that small files cannot take it all. */
import type { Metadata } from 'sharp';
import { largestAvifPicture } from './avif-sizes.ts';
import type { Format } from './format.ts';
import { coefficientBytes } from './jpeg-scans.ts';

/** What one picture may take, and what all those that are being decoded may take together. */
export const DECODING_BYTES = 256 * 1024 * 1024;

/** Rows that libvips keeps in its caches while it reads a picture from top to bottom. */
const CACHED_ROWS = 256;
/** Above it libvips keeps what it has to turn in a temporary file. */
const TURNED_IN_MEMORY = 100 * 1024 * 1024;
/**
 * Of one pixel of an AVIF, with the decoder's frames and libheif's copies: 16 to 19 were measured with 8 bits, 20 to 26
 * with more, on a picture of 20 megapixels.
 */
const AVIF_BYTES = { eight: 20, more: 27 };
/** A lossless WebP is decoded whole, to four bytes a pixel; an animated one is also composed on a canvas. */
const WEBP_BYTES = { still: 4, animated: 12 };

/** An upper bound for ordinary files, measured with those of test/helpers/costly-pictures.ts. */
export function decodingBytes(bytes: Uint8Array, format: Format, metadata: Metadata): number {
  const { width, height, channels, depth, orientation = 1 } = metadata;
  const pixel = Math.max(3, channels) * (depth === 'ushort' ? 2 : 1);
  const pixels = width * height;
  const rows = Math.min(height, CACHED_ROWS) * width * pixel;
  const turned = orientation > 1 ? Math.min(TURNED_IN_MEMORY, pixels * pixel) : 0;
  return rows + turned + wholeBytes(bytes, format, metadata, pixel);
}

/** What a format makes its decoder hold of the whole picture. */
function wholeBytes(bytes: Uint8Array, format: Format, metadata: Metadata, pixel: number): number {
  const pixels = metadata.width * metadata.height;
  switch (format) {
    case 'jpeg':
      return coefficientBytes(bytes);
    case 'png':
      return metadata.isProgressive ? pixels * pixel : 0;
    case 'webp':
      return pixels * ((metadata.pages ?? 1) > 1 ? WEBP_BYTES.animated : WEBP_BYTES.still);
    case 'avif':
      return (
        Math.max(pixels, largestAvifPicture(bytes)) *
        ((metadata.bitsPerSample ?? 8) > 8 ? AVIF_BYTES.more : AVIF_BYTES.eight)
      );
    default:
      return 0;
  }
}
