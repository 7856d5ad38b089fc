/** Detects an image's format from its first bytes, never from its name or declared type. */

export type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'other image' | 'unknown';

/** Magic bytes of unsupported formats that people do upload, to name them in the error: [format, offset, bytes]. */
const REFUSED: readonly [name: string, offset: number, magic: string][] = [
  ['BMP', 0, 'BM'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['BigTIFF', 0, 'II+\0'],
  ['PDF', 0, '%PDF'],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL '],
  ['JPEG 2000', 4, 'jP  '],
  ['Photoshop', 0, '8BPS'],
  ['icon', 0, '\0\0\x01\0'],
];

/** Brands of ISO media files that contain HEVC images: ISO/IEC 23008-12, annex B. */
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs', 'mif1', 'msf1']);
const AVIF_BRANDS = new Set(['avif', 'avis']);

export interface Sniffed {
  readonly format: Format;
  /** The format's name in a message to the user. */
  readonly name: string;
}

/** Looks at no more than the first 512 bytes. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 512)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return { format: 'jpeg', name: 'JPEG' };
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { format: 'png', name: 'PNG' };
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return { format: 'webp', name: 'WebP' };
  if (head.startsWith('GIF8')) return { format: 'gif', name: 'GIF' };
  if (head.startsWith('ftyp', 4)) return sniffBrands(head);
  for (const [name, offset, magic] of REFUSED) {
    if (head.startsWith(magic, offset)) return { format: 'other image', name };
  }
  if (/<svg[\s>]/i.test(head)) return { format: 'other image', name: 'SVG' };
  return { format: 'unknown', name: 'unknown' };
}

/** Major and compatible brands of an ISO media file. AVIF is preferred, since its files may also list mif1. */
function sniffBrands(head: string): Sniffed {
  const size = Math.min(
    (head.charCodeAt(0) << 24) | (head.charCodeAt(1) << 16) | (head.charCodeAt(2) << 8) | head.charCodeAt(3),
    head.length,
  );
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return { format: 'avif', name: 'AVIF' };
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return { format: 'heic', name: 'HEIC' };
  return { format: 'other image', name: 'video' };
}

/**
 * Whether a file ends before its format says it should. Only used for files that failed to decode, to tell an
 * interrupted upload from a damaged file.
 */
export function isTruncated(bytes: Uint8Array, format: Format): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (format) {
    case 'jpeg':
      // The end-of-image marker; cameras may append data after it.
      return file.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0;
    case 'png':
      return file.lastIndexOf('IEND') < 0;
    case 'webp':
      return file.length < 12 || file.readUInt32LE(4) + 8 > file.length;
    case 'gif':
      return endsInsideBlock(file);
    case 'avif':
    case 'heic':
      return endsInsideBox(file);
    default:
      return false;
  }
}

/** Walks the blocks of a GIF: true if the file ends before its trailer. */
function endsInsideBlock(file: Buffer): boolean {
  const tableLength = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let at = 13 + tableLength(file[10] ?? 0);
  while (at < file.length) {
    const kind = file[at];
    if (kind === 0x3b) return false;
    // An extension: its label. A frame: its place, its size, its colours, and the size of a code.
    if (kind === 0x21) at += 2;
    else if (kind === 0x2c) at += 11 + tableLength(file[at + 9] ?? 0);
    else return false;
    // Sub-blocks, up to one of no bytes.
    for (let length = file[at]; length; length = file[at]) at += length + 1;
    at += 1;
  }
  return true;
}

/** Walks the top-level boxes of an ISO media file: true if the last one extends past the end. */
function endsInsideBox(file: Buffer): boolean {
  let at = 0;
  let hasPixels = false;
  while (at + 8 <= file.length) {
    const size = file.readUInt32BE(at);
    hasPixels ||= file.toString('latin1', at + 4, at + 8) === 'mdat';
    // 0: to the end of the file; 1: a 64-bit size, which files under the size limit never need.
    if (size < 8) return false;
    at += size;
  }
  return at > file.length || !hasPixels;
}
