/** Estimates from an image's headers what decoding takes, so that small files can take neither all memory nor all time. */
import type { Metadata } from 'sharp';
import { largestAvifPicture } from './avif-sizes.ts';
import type { Format } from './format.ts';
import { type JpegScans, readJpegScans } from './jpeg-scans.ts';

/** Images with more pixels are rejected before decoding. */
export const MAX_IMAGE_PIXELS = 50_000_000;
/** Limits for one image, and for all images being decoded together. */
export const DECODING_BYTES = 256 * 1024 * 1024;

/** Rows that libvips caches while it reads an image from top to bottom. */
const CACHED_ROWS = 256;
/** Above this size, libvips rotates images in a temporary file. */
const TURNED_IN_MEMORY = 100 * 1024 * 1024;
/**
 * Bytes per pixel of an AVIF, including the decoder's frames and libheif's copies. Measured on 20 megapixels: 16 to 19
 * with 8 bits, 20 to 26 with more.
 */
const AVIF_BYTES = { eight: 20, more: 27 };
/** What a progressive JPEG takes beyond its coefficients: eight of 43 megapixels passed 1 GiB without it. */
const PROGRESSIVE_JPEG = 1.25;
/**
 * Coefficients that the scans of one JPEG may pass over: ten times those of a progressive photo of 12 megapixels, some
 * four seconds at the worst. A scan can pass over all of them with hardly a byte of its own, and libvips cannot be
 * interrupted meanwhile.
 */
const MOST_VISITS = 2e9;
/** Encoders write 10 to 26 scans. */
const MOST_SCANS = 1000;
/** A lossless WebP is decoded whole, at four bytes per pixel; an animated one is also composed on a canvas. */
const WEBP_BYTES = { still: 4, animated: 12 };
/**
 * A lossless picture, or plane of alpha, has up to 65,536 groups of prefix codes, one for each four by four pixels, of at
 * least 20 bits each. libwebp keeps tables for each: 295 KB of a picture of one megapixel took 370 MB.
 */
const WEBP_GROUPS = { most: 65_536, side: 4, bits: 20, memory: 6 * 1024 };

/** A GIF's canvas has four bytes per pixel, and libnsgif keeps a record of each frame: at least 20 bytes of the file. */
const GIF_BYTES = { pixel: 8, fileByte: 8 };
/** Of the decoder of HEIC, whatever the picture: its heap (heic/heic.ts), and the picture scaled down. */
const HEIC_BYTES = 256 * 1024 * 1024;

export interface DecodingCost {
  /** In bytes: an upper bound for ordinary files, measured with those in test/helpers/costly-pictures.ts. */
  readonly memory: number;
  /** Whether a photo would never take as long. */
  readonly isSlow: boolean;
}

export function decodingCost(bytes: Uint8Array, format: Format, metadata: Metadata): DecodingCost {
  if (format === 'heic') return { memory: HEIC_BYTES, isSlow: false };
  const scans = format === 'jpeg' ? readJpegScans(bytes) : null;
  const isSlow = scans !== null && (scans.visits > MOST_VISITS || scans.count > MOST_SCANS);
  return { memory: memoryOf(bytes, format, metadata, scans), isSlow };
}

function memoryOf(bytes: Uint8Array, format: Format, metadata: Metadata, scans: JpegScans | null): number {
  const { width, height, channels, depth, orientation = 1 } = metadata;
  const pixel = Math.max(3, channels) * (depth === 'ushort' ? 2 : 1);
  const pixels = width * height;
  const rows = Math.min(height, CACHED_ROWS) * width * pixel;
  const turned = orientation > 1 ? Math.min(TURNED_IN_MEMORY, pixels * pixel) : 0;
  const coefficients = Math.ceil((scans?.bytes ?? 0) * PROGRESSIVE_JPEG);
  const known = rows + turned + coefficients + wholeBytes(bytes, format, metadata, pixel);
  // Hardly any has as many tables as it could: it is not refused for them, but decoded alone.
  return known + Math.min(tableBytes(bytes, format, metadata), Math.max(0, DECODING_BYTES - known));
}

/** Upper bound of the tables of a WebP's prefix codes. */
function tableBytes(bytes: Uint8Array, format: Format, { width, height }: Metadata): number {
  if (format !== 'webp') return 0;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!file.includes('VP8L') && !file.includes('ALPH')) return 0;
  const { most, side, bits, memory } = WEBP_GROUPS;
  const tiles = Math.ceil(width / side) * Math.ceil(height / side);
  return Math.min(most, tiles, Math.ceil((bytes.length * 8) / bits)) * memory;
}

/** What the decoder of this format, if it is no JPEG's, keeps of the whole image. */
function wholeBytes(bytes: Uint8Array, format: Format, metadata: Metadata, pixel: number): number {
  const pixels = metadata.width * metadata.height;
  switch (format) {
    case 'png':
      return metadata.isProgressive ? pixels * pixel : 0;
    case 'webp':
      return pixels * ((metadata.pages ?? 1) > 1 ? WEBP_BYTES.animated : WEBP_BYTES.still);
    case 'gif':
      return pixels * GIF_BYTES.pixel + bytes.length * GIF_BYTES.fileByte;
    case 'avif':
      return (
        Math.max(pixels, largestAvifPicture(bytes)) *
        ((metadata.bitsPerSample ?? 8) > 8 ? AVIF_BYTES.more : AVIF_BYTES.eight)
      );
    default:
      return 0;
  }
}
