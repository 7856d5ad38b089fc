/** The one file that uses sharp: photo bytes in, pixels out, and pixels back into WebP. */
import sharp, { type Metadata, type OutputInfo, type Sharp, type WebpOptions } from 'sharp';
import { BusyError, InvalidImageError } from '../errors/errors.ts';
import { wholePixels } from './boxes.ts';
import { type Box, type Image, MAX_IMAGE_BYTES, type Mask } from './contract.ts';
import { DECODING_BYTES, decodingCost, MAX_IMAGE_PIXELS } from './cost.ts';
import { inDecodeTime, isTimeout } from './decode-time.ts';
import { isExifCostly } from './exif-cost.ts';
import { type Fingerprint, HASH_SIDE, perceptualHash, THUMBNAIL_SIDE } from './fingerprint.ts';
import { isTruncated, sniff } from './format.ts';
import { hasTooManyFrames } from './frames.ts';
import { heicToPng } from './heic/heic.ts';
import { withoutTexts } from './png-texts.ts';
import { isProfileCostly } from './profile-cost.ts';

/** Longest side in pixels, since a decoder's rows grow with it. The widest phone panoramas have this many. */
export const MAX_IMAGE_SIDE = 16_384;
/** Long side of stored images, in pixels; boxes and masks refer to them. */
const STORED_LONG_SIDE = 1600;

// libvips caches finished operations, which is useless when every image differs, and takes memory.
sharp.cache(false);
// Threads within one operation; several images are decoded in parallel, limited by the gate in vision.ts.
sharp.concurrency(2);

// Of sharp's kernels, the closest to OpenCV's INTER_AREA, with which the training photos were downscaled (mean
// difference 0.5 of 255 on a 640 px photo; cubic 0.6, linear 0.6, lanczos3 0.9).
const KERNEL = 'mitchell';

// Effort 2 takes half the time of the default 4, for 3 % more bytes.
const WEBP: WebpOptions = { quality: 85, effort: 2 };
// Effort 0 takes six tenths of that, for 30 % more bytes.
const FAST_WEBP: WebpOptions = { ...WEBP, effort: 0 };

const WHITE = { r: 255, g: 255, b: 255 };

/** What `probe` reads from a file without decoding its pixels; the size is that of the upright image. */
export interface Probe {
  readonly format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic';
  readonly width: number;
  readonly height: number;
  /** Upper bound of the bytes that decoding takes. */
  readonly memory: number;
  /** Whether the colour profile may not be used, since its colours would take too long to compute. */
  readonly ignoreIcc: boolean;
}

/**
 * Rejects files that are not JPEG, PNG, WebP, GIF, AVIF or HEIC, or exceed the limits, from the header alone. Throws
 * InvalidImageError: NOT_AN_IMAGE, IMAGE_FORMAT_UNSUPPORTED, IMAGE_TOO_LARGE, IMAGE_TRUNCATED.
 */
export async function probe(bytes: Uint8Array): Promise<Probe> {
  const format = acceptedFormat(bytes);
  if (isExifCostly(bytes, format)) {
    const message = 'The image has too much Exif data. Upload it without.';
    throw new InvalidImageError('IMAGE_TOO_LARGE', message);
  }
  if (hasTooManyFrames(bytes, format)) throw tooSlow();
  const metadata = await open(bytes)
    .metadata()
    .catch((cause: unknown) => {
      throw decodeError(bytes, cause);
    });
  const { memory, isSlow } = decodingCost(bytes, format, metadata);
  checkSize(metadata, memory);
  if (isSlow) throw tooSlow();
  const { width, height } = metadata.autoOrient;
  return { format, width, height, memory, ignoreIcc: isProfileCostly(metadata.icc) };
}

function checkSize({ width, height }: Metadata, memory: number): void {
  if (width * height > MAX_IMAGE_PIXELS) throw tooManyPixels();
  if (Math.max(width, height) > MAX_IMAGE_SIDE) {
    const message = `The image has more than ${MAX_IMAGE_SIDE} pixels on a side. Upload a smaller one.`;
    throw new InvalidImageError('IMAGE_TOO_LARGE', message);
  }
  if (memory > DECODING_BYTES) {
    // Not by its megapixels: what takes the memory may be a further picture inside, such as its alpha.
    const message =
      'The image would take too much memory to decode. Upload one with fewer pixels, or a plain JPEG.';
    throw new InvalidImageError('IMAGE_TOO_LARGE', message);
  }
}

/**
 * Decodes the first frame: upright by its EXIF orientation, in sRGB, flattened on white, long side at most `atMost` or
 * what `storedLongSide` says (smaller images keep their size), without metadata. Throws InvalidImageError as `probe` does.
 */
export async function decode(bytes: Uint8Array, atMost?: number): Promise<Image> {
  const { format, ignoreIcc, ...size } = await probe(bytes);
  const longSide = atMost ?? storedLongSide(size);
  try {
    if (format === 'heic') return await pixelsOf(await openHeic(bytes, longSide), longSide);
    return await pixelsOf(open(bytes, { ignoreIcc }), longSide);
  } catch (cause) {
    const whole =
      format === 'jpeg' && isPrematureEnd(cause) && (await withoutEndMark(bytes, longSide, ignoreIcc));
    if (whole) return whole;
    throw cause instanceof BusyError ? cause : decodeError(bytes, cause);
  }
}

async function openHeic(bytes: Uint8Array, longSide: number): Promise<Sharp> {
  const png = await heicToPng(bytes, longSide);
  return open(png, { ignoreIcc: isProfileCostly((await open(png).metadata()).icc) });
}

/** No picture is stored longer than that of this aspect ratio. */
const LONGEST_RATIO = 8;

/**
 * The long side that an image is stored with: 1600, and for one longer than 3:4 as much more as gives it the pixels of
 * a 1600 × 1200 picture, so that what a long screenshot shows is still to be seen.
 */
export function storedLongSide({ width, height }: { width: number; height: number }): number {
  const ratio = Math.min(Math.max(width, height) / Math.min(width, height), LONGEST_RATIO);
  return Math.round(STORED_LONG_SIDE * Math.sqrt(Math.max(1, (ratio * 3) / 4)));
}

async function pixelsOf(opened: Sharp, longSide: number): Promise<Image> {
  const { data, info } = await inDecodeTime((seconds) =>
    opened
      .clone()
      .autoOrient()
      .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: WHITE })
      .toColourspace('srgb')
      .timeout({ seconds })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  return rgb(data, info);
}

function isPrematureEnd(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('premature end of JPEG image');
}

/**
 * A JPEG that lacks nothing but its end mark, as some cameras and programs write it; null if it lacks more, of which the
 * decoder only warns once the mark is there.
 */
async function withoutEndMark(
  bytes: Uint8Array,
  longSide: number,
  ignoreIcc: boolean,
): Promise<Image | null> {
  const marked = Buffer.concat([bytes, Buffer.from([0xff, 0xd9])]);
  return pixelsOf(open(marked, { failOn: 'warning', ignoreIcc }), longSide).catch(() => null);
}

/** RGB pixels at exactly this size, each side at least 1 px. */
export async function resize(image: Image, width: number, height: number): Promise<Image> {
  if (width === image.width && height === image.height) return image;
  const { data, info } = await fromPixels(image)
    .resize({ width, height, fit: 'fill', kernel: KERNEL })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return rgb(data, info);
}

/** The pixels of a box (whole pixels, inside the image), scaled to exactly `width` × `height`. */
export async function resizeRegion(image: Image, box: Box, width: number, height: number): Promise<Image> {
  const [x1, y1, x2, y2] = box;
  const { data, info } = await fromPixels(image)
    .extract({ left: x1, top: y1, width: x2 - x1, height: y2 - y1 })
    .resize({ width, height, fit: 'fill', kernel: KERNEL })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return rgb(data, info);
}

/**
 * What identifies a stored image even after scaling or recompression. Throws InvalidImageError if it cannot be decoded.
 */
export async function fingerprint(bytes: Uint8Array): Promise<Fingerprint> {
  // Small enough that hash and thumbnail are quick to compute, large enough not to depend on how the image was
  // downscaled.
  const small = await decode(bytes, 128);
  const grey = fromPixels(small)
    .greyscale()
    .resize({ width: HASH_SIDE, height: HASH_SIDE, fit: 'fill' })
    .raw()
    .toBuffer();
  const thumbnail = await resize(small, THUMBNAIL_SIDE, THUMBNAIL_SIDE);
  return { hash: perceptualHash(await grey), thumbnail: thumbnail.data };
}

/** Encodes an image as WebP: `fast` where somebody waits for it and it is not stored. */
export async function encodeWebp(image: Image, how: 'small' | 'fast' = 'small'): Promise<Buffer> {
  return fromPixels(image)
    .webp(how === 'fast' ? FAST_WEBP : WEBP)
    .toBuffer();
}

/**
 * A stored image as WebP, at most `width` pixels wide; smaller ones keep their size. Decodes at reduced size, in half
 * the time of `decode` and `encodeWebp`. Throws InvalidImageError if it cannot be decoded.
 */
export async function shrinkWebp(stored: Uint8Array, width: number): Promise<Buffer> {
  acceptedFormat(stored);
  try {
    return await inDecodeTime((seconds) =>
      open(stored).resize({ width, withoutEnlargement: true }).timeout({ seconds }).webp(WEBP).toBuffer(),
    );
  } catch (cause) {
    throw decodeError(stored, cause);
  }
}

/**
 * A garment cut out by its mask: the pixels of `box` (widened to whole pixels, clipped to the image) on a transparent
 * background, as WebP with alpha, at most `width` pixels wide.
 */
export async function cutOut(
  image: Image,
  mask: Mask,
  box: Box,
  { width }: { width?: number } = {},
): Promise<Buffer> {
  const [left, top, right, bottom] = wholePixels(box, image.width, image.height);
  const columns = right - left;
  const pixels = Buffer.alloc(columns * (bottom - top) * 4);
  let to = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++, to += 4) {
      const from = y * image.width + x;
      if (mask.data[from] === 0) continue;
      pixels[to] = image.data[from * 3]!;
      pixels[to + 1] = image.data[from * 3 + 1]!;
      pixels[to + 2] = image.data[from * 3 + 2]!;
      pixels[to + 3] = 255;
    }
  }
  const cut = sharp(pixels, { raw: { width: columns, height: bottom - top, channels: 4 } });
  if (width !== undefined && width < columns) cut.resize({ width });
  return cut.webp(WEBP).toBuffer();
}

/** By default truncated and damaged pixel data is an error, but not the harmless warnings that old cameras' files cause. */
function open(
  bytes: Uint8Array,
  { failOn = 'error', ignoreIcc = false }: { failOn?: 'error' | 'warning'; ignoreIcc?: boolean } = {},
): Sharp {
  return sharp(sniff(bytes).format === 'png' ? withoutTexts(bytes) : bytes, {
    limitInputPixels: MAX_IMAGE_PIXELS,
    failOn,
    ignoreIcc,
    pages: 1,
    sequentialRead: true,
  });
}

function fromPixels(image: Image): Sharp {
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } });
}

function rgb(data: Buffer, info: OutputInfo): Image {
  if (info.channels !== 3) throw new Error(`expected 3 channels, not ${info.channels}`);
  return { width: info.width, height: info.height, data };
}

/** The format, if it is one of the six; else throws an error that tells the user what to do. */
function acceptedFormat(bytes: Uint8Array): Probe['format'] {
  if (bytes.length > MAX_IMAGE_BYTES) {
    throw new InvalidImageError(
      'IMAGE_TOO_LARGE',
      'The image file is larger than 20 MB. Upload a smaller one.',
    );
  }
  const { format, name } = sniff(bytes);
  switch (format) {
    case 'other image':
      throw new InvalidImageError(
        'IMAGE_FORMAT_UNSUPPORTED',
        `${name} files cannot be read here. Save the picture as JPEG, PNG, WebP, GIF, AVIF or HEIC and upload that.`,
      );
    case 'unknown':
      throw new InvalidImageError(
        'NOT_AN_IMAGE',
        'The file is not an image. Upload a JPEG, PNG, WebP, GIF, AVIF or HEIC.',
      );
    default:
      return format;
  }
}

function tooManyPixels(cause?: unknown): InvalidImageError {
  return new InvalidImageError(
    'IMAGE_TOO_LARGE',
    'The image has more than 50 megapixels. Upload a smaller one.',
    {
      cause,
    },
  );
}

function tooSlow(cause?: unknown): InvalidImageError {
  return new InvalidImageError('IMAGE_TOO_LARGE', 'The image takes too long to decode.', { cause });
}

function decodeError(bytes: Uint8Array, cause: unknown): InvalidImageError {
  if (cause instanceof InvalidImageError && cause.code !== 'NOT_AN_IMAGE') return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/exceeds pixel limit|too large|dimensions? exceed/i.test(message)) {
    return tooManyPixels(cause);
  }
  if (isTimeout(cause)) {
    return tooSlow(cause);
  }
  if (
    isTruncated(bytes, sniff(bytes).format) ||
    /premature end|end of (file|data)|truncated/i.test(message)
  ) {
    return new InvalidImageError(
      'IMAGE_TRUNCATED',
      'The image ends before its data does: the file is cut off. Upload it again, whole.',
      { cause },
    );
  }
  return new InvalidImageError('NOT_AN_IMAGE', 'The image is damaged and cannot be decoded.', { cause });
}
