/** Small files that cost much to decode, made by hand where no encoder makes them. */
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { readHeic } from './heic.ts';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth?: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colourType?: number;
  readonly interlaced?: boolean;
  /** An EXIF orientation, 1 to 8. */
  readonly orientation?: number;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Adam7: [first column, first row, column step, row step]. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A black PNG of this size, compressed a thousandfold. */
export function blackPng(header: PngHeader): Buffer {
  const { width, height, bitDepth = 8, colourType = 2, interlaced = false, orientation } = header;
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  ihdr.set([bitDepth, colourType, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', ihdr),
    ...(colourType === 3 ? [pngChunk('PLTE', Buffer.alloc(6))] : []),
    ...(orientation ? [pngChunk('eXIf', tiffOrientation(orientation))] : []),
    pngChunk('IDAT', zeros(rawBytes(header))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** How many bytes a PNG's rows have with their filter bytes, before they are compressed. */
function rawBytes({ width, height, bitDepth = 8, colourType = 2, interlaced = false }: PngHeader): number {
  const bits = bitDepth * CHANNELS[colourType]!;
  const bytes = (columns: number, rows: number) =>
    columns > 0 ? rows * (1 + Math.ceil((columns * bits) / 8)) : 0;
  if (!interlaced) return bytes(width, height);
  return PASSES.reduce(
    (sum, [x, y, dx, dy]) =>
      sum + bytes(Math.max(0, Math.ceil((width - x) / dx)), Math.max(0, Math.ceil((height - y) / dy))),
    0,
  );
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

const MIB = 1024 * 1024;

/** A zlib stream of so many zeros, put together of one compressed block a mebibyte: as quick as it is small. */
function zeros(length: number): Buffer {
  // Z_SYNC_FLUSH: ends at a byte, and so may be repeated.
  const block = (size: number) => deflateRawSync(Buffer.alloc(size), { finishFlush: 2, level: 9 });
  const full = block(MIB);
  const end = deflateRawSync(Buffer.alloc(0));
  const adler = Buffer.alloc(4);
  // Of zeros the first sum stays 1, and the second grows by it with each byte.
  adler.writeUInt16BE(length % 65521, 0);
  adler.writeUInt16BE(1, 2);
  return Buffer.concat([
    Buffer.from([0x78, 0xda]),
    ...Array.from({ length: Math.floor(length / MIB) }, () => full),
    block(length % MIB),
    end,
    adler,
  ]);
}

function tiffOrientation(value: number): Buffer {
  return Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    value,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
}

/** Gives every `ispe` box of an AVIF this size, whatever its pictures have. */
export function lieOfSize(avif: Buffer, width: number, height: number): Buffer {
  const lie = Buffer.from(avif);
  for (let at = lie.indexOf('ispe'); at >= 0; at = lie.indexOf('ispe', at + 4)) {
    lie.writeUInt32BE(width, at + 8);
    lie.writeUInt32BE(height, at + 12);
  }
  return lie;
}

/** A GIF of many frames of one pixel, the least that a frame may have. */
export function framesGif(width: number, height: number, frames: number): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  // At 0, 0; 1 by 1; its codes: clear, one colour, end.
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}

interface Costly {
  readonly name: string;
  make(): Buffer | Promise<Buffer>;
}

const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({
    create: { width, height, channels, background: { r: 90, g: 40, b: 120, alpha: 0.5 } },
    limitInputPixels: false,
  });
/** Seven thousand by seven thousand: 49 megapixels. */
const SIDE = 7000;

/** A progressive JPEG in CMYK, made from a small one: the change of colour space takes seconds at the full size. */
async function cmykJpeg(side: number): Promise<Buffer> {
  const small = await plain(50, 50).toColourspace('cmyk').tiff().toBuffer();
  return sharp(small)
    .pipelineColourspace('cmyk')
    .resize(side, side, { kernel: 'nearest' })
    .toColourspace('cmyk')
    .jpeg({ progressive: true, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

export const COSTLY: readonly Costly[] = [
  { name: 'a PNG of 50,000,000 by 1', make: () => blackPng({ width: 50_000_000, height: 1 }) },
  { name: 'a PNG of 1 by 50,000,000', make: () => blackPng({ width: 1, height: 50_000_000 }) },
  {
    name: 'an interlaced PNG of 49 megapixels with 16 bits',
    make: () => blackPng({ width: SIDE, height: SIDE, bitDepth: 16, colourType: 6, interlaced: true }),
  },
  {
    name: 'an interlaced PNG of 49 megapixels',
    make: () => blackPng({ width: SIDE, height: SIDE, interlaced: true }),
  },
  {
    name: 'a PNG of 49 megapixels with 16 bits',
    make: () => blackPng({ width: SIDE, height: SIDE, bitDepth: 16, colourType: 6 }),
  },
  {
    name: 'a PNG of 49 megapixels on its side',
    make: () => blackPng({ width: SIDE, height: SIDE, colourType: 6, orientation: 6 }),
  },
  {
    name: 'a PNG of 49 megapixels with a palette of 1 bit',
    make: () => blackPng({ width: SIDE, height: SIDE, bitDepth: 1, colourType: 3 }),
  },
  {
    name: 'an AVIF of 45 megapixels',
    make: () => plain(9000, 5000).avif({ effort: 0, chromaSubsampling: '4:4:4' }).toBuffer(),
  },
  {
    name: 'an AVIF of 45 megapixels with alpha',
    make: () => plain(9000, 5000, 4).avif({ effort: 0 }).toBuffer(),
  },
  {
    name: 'an AVIF of 45 megapixels that states 64 by 64',
    make: async () => lieOfSize(await plain(9000, 5000).avif({ effort: 0 }).toBuffer(), 64, 64),
  },
  {
    name: 'a lossless WebP of 49 megapixels',
    make: () => plain(SIDE, SIDE, 4).webp({ lossless: true, effort: 0 }).toBuffer(),
  },
  { name: 'a WebP of 49 megapixels', make: () => plain(SIDE, SIDE, 4).webp({ effort: 0 }).toBuffer() },
  {
    name: 'a progressive JPEG of 49 megapixels',
    make: () =>
      plain(SIDE, SIDE).jpeg({ progressive: true, chromaSubsampling: '4:4:4', mozjpeg: false }).toBuffer(),
  },
  {
    name: 'a progressive JPEG of 49 megapixels in CMYK',
    make: () => cmykJpeg(SIDE),
  },
  {
    name: 'a JPEG of 49 megapixels on its side',
    make: () => plain(SIDE, SIDE).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  },
  { name: 'a JPEG of 65,500 by 760', make: () => plain(65_500, 760).jpeg().toBuffer() },
  { name: 'a GIF of 49 megapixels', make: () => plain(SIDE, SIDE).gif({ effort: 1, colours: 2 }).toBuffer() },
  { name: 'a GIF of a million frames', make: () => framesGif(100, 100, 1_000_000) },
  {
    name: 'a HEIC of 12 megapixels that states 49',
    make: () => lieOfSize(readHeic('whole-12-megapixels-ten-bit'), SIDE, SIDE),
  },
  // As large as they may be.
  { name: 'a HEIC of 48 megapixels in tiles', make: () => readHeic('grid-48-megapixels') },
  { name: 'a HEIC of 12 megapixels with 10 bits', make: () => readHeic('whole-12-megapixels-ten-bit') },
  { name: 'a HEIC of 13 megapixels with alpha', make: () => readHeic('whole-13-megapixels-alpha') },
  {
    name: 'an interlaced PNG of 31 megapixels with 16 bits',
    make: () => blackPng({ width: 5600, height: 5600, bitDepth: 16, colourType: 6, interlaced: true }),
  },
  {
    name: 'an AVIF of 13 megapixels',
    make: () => plain(4100, 3200).avif({ effort: 0, chromaSubsampling: '4:4:4' }).toBuffer(),
  },
  {
    name: 'an AVIF of 9 megapixels with alpha and 12 bits',
    make: () => plain(3400, 2700, 4).avif({ effort: 0, bitdepth: 12 }).toBuffer(),
  },
  {
    name: 'a progressive JPEG of 34 megapixels',
    make: () => plain(5830, 5830).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  },
  {
    name: 'a progressive JPEG of 25 megapixels in CMYK',
    make: () => cmykJpeg(5000),
  },
  {
    name: 'an animated WebP of 20 megapixels',
    make: async () => {
      const frame = await plain(5000, 4000, 4).raw().toBuffer();
      return sharp(Buffer.concat([frame, Buffer.alloc(frame.length, 99)]), {
        raw: { width: 5000, height: 8000, channels: 4, pageHeight: 4000 },
      })
        .webp({ lossless: true, effort: 0, delay: [100, 100] })
        .toBuffer();
    },
  },
  {
    name: 'a lossless WebP of 48 megapixels in many colours',
    make: () => {
      const row = Buffer.from(Array.from({ length: 8000 * 3 }, (_, i) => (i * 7) ^ (i >> 5)));
      const data = Buffer.alloc(8000 * 6000 * 3);
      for (let y = 0; y < 6000; y++) row.copy(data, y * row.length);
      return sharp(data, { raw: { width: 8000, height: 6000, channels: 3 } })
        .webp({ lossless: true, effort: 0 })
        .toBuffer();
    },
  },
];

/**
 * A grey, progressive JPEG whose every scan passes over all coefficients and changes none: some 100 bytes for each of 49
 * megapixels.
 */
export function manyScansJpeg(width: number, height: number, scans: number): Buffer {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  // One code of one bit, 0: no difference in DC; in AC, with 14 further bits of 0, 16,384 blocks without any more.
  const table = (kind: number, value: number) => jpegSegment(0xc4, [kind, 1, ...Array(15).fill(0), value]);
  const ac = Buffer.alloc(Math.ceil(blocks / 16_384) * 2);
  const scan = Buffer.concat([jpegSegment(0xda, [1, 1, 0, 1, 63, 0]), ac]);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    jpegSegment(0xdb, [0, ...Array(64).fill(16)]),
    jpegSegment(0xc2, frame),
    table(0x00, 0),
    table(0x10, 0xe0),
    jpegSegment(0xda, [1, 1, 0, 0, 0, 0]),
    Buffer.alloc(Math.ceil(blocks / 8)),
    ...Array<Buffer>(scans - 1).fill(scan),
    Buffer.from('ffd9', 'hex'),
  ]);
}

/** Exif whose only directory has this many entries, each of which names that directory again. */
export function endlessExif(entries: number): Buffer {
  const tiff = Buffer.alloc(14 + entries * 12);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(entries, 8);
  for (let i = 0; i < entries; i++) {
    tiff.writeUInt16LE(i % 2 ? 0x8769 : 0x8825, 10 + i * 12);
    tiff.writeUInt16LE(4, 12 + i * 12);
    tiff.writeUInt32LE(1, 14 + i * 12);
    tiff.writeUInt32LE(8, 18 + i * 12);
  }
  return tiff;
}

/** Exif of this many entries, each of which names the same megabyte. */
export function greedyExif(entries: number): Buffer {
  const tiff = Buffer.alloc(2 ** 20 + 14 + entries * 12);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(entries, 8);
  for (let i = 0; i < entries; i++) {
    tiff.writeUInt16BE(0x010e, 10 + i * 12);
    tiff.writeUInt16BE(2, 12 + i * 12);
    tiff.writeUInt32BE(2 ** 20, 14 + i * 12);
    tiff.writeUInt32BE(14 + entries * 12, 18 + i * 12);
  }
  return tiff;
}

/** With this Exif. */
export function jpegWithExif(jpeg: Buffer, tiff: Buffer): Buffer {
  const exif = jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

/** With this Exif. */
export function pngWithExif(png: Buffer, tiff: Buffer): Buffer {
  // Behind the signature and IHDR.
  return Buffer.concat([png.subarray(0, 33), pngChunk('eXIf', tiff), png.subarray(33)]);
}

function jpegSegment(marker: number, content: Iterable<number>): Buffer {
  const segment = Buffer.from([0xff, marker, 0, 0, ...content]);
  segment.writeUInt16BE(segment.length - 2, 2);
  return segment;
}

/** Frames of one pixel after a WebP of one: each a chunk of its own. */
export async function framesWebp(frames: number): Promise<Buffer> {
  const still = await plain(16, 16).webp({ lossless: true }).toBuffer();
  const uint24 = (value: number) => Buffer.from([value, value >> 8, value >> 16]);
  const canvas = Buffer.concat([uint24(15), uint24(15)]);
  const frame = riffChunk(
    'ANMF',
    Buffer.concat([Buffer.alloc(6), canvas, uint24(10), Buffer.alloc(1), still.subarray(12)]),
  );
  return riffChunk(
    'RIFF',
    Buffer.concat([
      Buffer.from('WEBP'),
      riffChunk('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), canvas])),
      riffChunk('ANIM', Buffer.alloc(6)),
      ...Array<Buffer>(frames).fill(frame),
    ]),
  );
}

/** A lossless WebP of 1024 by 1024 with prefix codes of its own for each four by four pixels: 65,536 groups of five. */
export function manyCodesWebp(): Buffer {
  const bits: number[] = [];
  const write = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  /** A code of one value, 0, which takes no bits. */
  const single = () => write(0b0001, 4);
  /** A code of 256 values of eight bits each: all lengths are the twelfth that a code of lengths has. */
  const plainCode = () => {
    write(8 << 1, 5);
    for (let i = 1; i <= 12; i++) write(i === 12 ? 1 : 0, 3);
    write((254 << 4) | (3 << 1) | 1, 12);
  };
  write(0x2f, 8);
  write(1023, 14);
  write(1023, 14);
  // No alpha, version 0, no transforms, no cache of colours; groups, for four pixels a side; no cache there.
  write(0, 4);
  write(0, 2);
  write(1, 4);
  write(0, 1);
  plainCode();
  plainCode();
  for (let i = 0; i < 3; i++) single();
  for (let group = 0; group < 65_536; group++) write(group, 16);
  for (let i = 0; i < 65_536 * 5; i++) single();
  const data = Buffer.alloc(Math.ceil(bits.length / 8));
  for (const [i, bit] of bits.entries()) data[i >> 3]! |= bit << (i & 7);
  return riffChunk('RIFF', Buffer.concat([Buffer.from('WEBP'), riffChunk('VP8L', data)]));
}

function riffChunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** The AVIF of one item, with the item's frame so many times. */
export function repeatFrame(avif: Buffer, frames: number): Buffer {
  const mdat = avif.indexOf('mdat');
  const frame = avif.subarray(mdat + 4);
  const repeated = Buffer.concat([avif.subarray(0, mdat + 4), ...Array<Buffer>(frames).fill(frame)]);
  repeated.writeUInt32BE(8 + frame.length * frames, mdat - 4);
  // Its only extent: after version and flags, two bytes of sizes, the count, and what the sizes say.
  const iloc = avif.indexOf('iloc') + 4;
  const length = avif.indexOf(uint32(frame.length), iloc);
  repeated.writeUInt32BE(frame.length * frames, length);
  return repeated;
}

/** An ICC profile whose colours are computed by the same curves, one after the other, so many times. */
export function endlessProfile(elements: number): Buffer {
  const name = (text: string) => Buffer.from(`${text}\0\0\0\0`, 'latin1');
  const sides = Buffer.from([0, 3, 0, 3]);
  // One formula for all values: to the power of 1.1.
  const formula = Buffer.alloc(20);
  [1.1, 1, 0, 0].forEach((value, i) => {
    formula.writeFloatBE(value, 4 + i * 4);
  });
  const curve = Buffer.concat([name('curf'), Buffer.from([0, 1, 0, 0]), name('parf'), formula]);
  const thrice = Buffer.concat([uint32(36), uint32(curve.length)]);
  const curves = Buffer.concat([name('cvst'), sides, thrice, thrice, thrice, curve]);
  const place = Buffer.concat([uint32(16 + 8 * elements), uint32(curves.length)]);
  const places = Array<Buffer>(elements).fill(place);
  const tag = Buffer.concat([name('mpet'), sides, uint32(elements), ...places, curves]);
  // What a display's profile must have, though nothing reads it where there is the tag before.
  const xyz = Buffer.concat([name('XYZ '), uint32(0xf6d6), uint32(0x10000), uint32(0xd32d)]);
  const linear = Buffer.concat([name('curv'), uint32(0)]);
  const tags = [
    ['D2B0', tag],
    ...['wtpt', 'rXYZ', 'gXYZ', 'bXYZ'].map((tagName) => [tagName, xyz] as const),
    ...['rTRC', 'gTRC', 'bTRC'].map((tagName) => [tagName, linear] as const),
  ] as const;
  const bodies = Buffer.concat([tag, xyz, linear]);
  const head = Buffer.alloc(132 + 12 * tags.length);
  head.writeUInt32BE(head.length + bodies.length, 0);
  head.writeUInt32BE(0x04300000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  xyz.copy(head, 68, 8);
  head.writeUInt32BE(tags.length, 128);
  for (const [i, [tagName, body]] of tags.entries()) {
    const entry = Buffer.concat([
      Buffer.from(tagName),
      uint32(head.length + bodies.indexOf(body)),
      uint32(body.length),
    ]);
    entry.copy(head, 132 + 12 * i);
  }
  return Buffer.concat([head, bodies]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** After its header, as a PNG's colour profile. */
export function pngWithProfile(png: Buffer, profile: Buffer): Buffer {
  const chunk = pngChunk('iCCP', Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(profile)]));
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
