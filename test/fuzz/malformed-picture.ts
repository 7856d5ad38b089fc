/** Pictures that are not as their formats want them, made of good ones by chance. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import {
  blackPng,
  endlessExif,
  jpegWithExif,
  lieOfSize,
  pngChunk,
  pngWithExif,
} from '../helpers/costly-pictures.ts';
import { readHeic } from '../helpers/heic.ts';
import { randomOf } from '../helpers/random.ts';

type Random = () => number;

/** The same for the same seed and index, whatever was made before. `made` says how. */
export async function makePictures(
  seed: number,
): Promise<(index: number) => { bytes: Buffer; made: string }> {
  const good = await goodPictures();
  return (index) => {
    const random = randomOf(seed * 1_000_003 + index);
    const [name, first] = pick(good, random);
    let [bytes, made]: [Buffer, string] = [first, name];
    const times = 1 + Math.floor(random() * 3);
    for (let i = 0; i < times; i++) {
      const [deed, change] = pick(CHANGES, random);
      bytes = change(Buffer.from(bytes), random, good);
      made += `, ${deed}`;
    }
    return { bytes, made };
  };
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}

/** Sizes at which counters wrap and limits lie. */
const SIZES = [0, 1, 2, 7, 255, 256, 1600, 16_383, 16_384, 16_385, 65_535, 65_536, 0x7fffffff, 0xffffffff];

type Change = (bytes: Buffer, random: Random, good: readonly (readonly [string, Buffer])[]) => Buffer;

const CHANGES: readonly (readonly [string, Change])[] = [
  ['bits flipped', (bytes, random) => flip(bytes, random, bytes.length)],
  ['bits of the header flipped', (bytes, random) => flip(bytes, random, Math.min(bytes.length, 96))],
  ['cut', (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length))],
  ['beginning cut', (bytes, random) => bytes.subarray(Math.floor(random() * Math.min(64, bytes.length)))],
  ['a part left out', (bytes, random) => splice(bytes, random, () => Buffer.alloc(0))],
  ['a part twice', (bytes, random) => splice(bytes, random, (part) => Buffer.concat([part, part]))],
  ['a part zero', (bytes, random) => splice(bytes, random, (part) => part.fill(0))],
  ['a part ff', (bytes, random) => splice(bytes, random, (part) => part.fill(0xff))],
  ['noise put in', (bytes, random) => splice(bytes, random, (part) => noise(part.length, random))],
  ['noise behind', (bytes, random) => Buffer.concat([bytes, noise(1 + random() * 2000, random)])],
  ['the end of another', (bytes, random, good) => withEndOf(bytes, pick(good, random)[1], random)],
  ['another size', lie],
  ['another orientation', (bytes, random) => orient(bytes, random)],
  ['a number of four bytes', (bytes, random) => number(bytes, random)],
  ['its last scan repeated', repeatScan],
  ['Exif that names itself', (bytes, random) => withEndlessExif(bytes, random)],
  ['texts that inflate', withTexts],
];

const ZEROS = deflateSync(Buffer.alloc(50_000_000));

/** Up to 256 of 50 megabytes of zeros, behind the header of the PNG that it may be. */
function withTexts(bytes: Buffer, random: Random): Buffer {
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return bytes;
  const text = pngChunk('zTXt', Buffer.concat([Buffer.from('text\0\0'), ZEROS]));
  const texts = Array<Buffer>(2 ** Math.floor(random() * 9)).fill(text);
  return Buffer.concat([bytes.subarray(0, 33), ...texts, bytes.subarray(33)]);
}

const MOST_REPEATED = 4 * 1024 * 1024;

/** Up to 4,096 times, where it is a JPEG. */
function repeatScan(bytes: Buffer, random: Random): Buffer {
  const [from, to] = ['ffda', 'ffd9'].map((marker) => bytes.lastIndexOf(Buffer.from(marker, 'hex')));
  if (from! < 0 || to! <= from!) return bytes;
  const scan = bytes.subarray(from, to);
  const times = Math.min(2 ** Math.floor(random() * 13), Math.ceil(MOST_REPEATED / scan.length));
  return Buffer.concat([bytes.subarray(0, to), ...Array<Buffer>(times).fill(scan), bytes.subarray(to)]);
}

/** In the JPEG or PNG that it may be. */
function withEndlessExif(bytes: Buffer, random: Random): Buffer {
  const exif = endlessExif(1 + Math.floor(random() * 100));
  return bytes[0] === 0xff ? jpegWithExif(bytes, exif) : pngWithExif(bytes, exif);
}

function flip(bytes: Buffer, random: Random, within: number): Buffer {
  const times = 1 + Math.floor(random() * 12);
  for (let i = 0; i < times && within > 0; i++) {
    const at = Math.floor(random() * within);
    bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
  }
  return bytes;
}

function splice(bytes: Buffer, random: Random, change: (part: Buffer) => Buffer): Buffer {
  const from = Math.floor(random() * bytes.length);
  const to = Math.min(bytes.length, from + 1 + Math.floor(random() ** 3 * bytes.length));
  return Buffer.concat([bytes.subarray(0, from), change(bytes.subarray(from, to)), bytes.subarray(to)]);
}

function noise(length: number, random: Random): Buffer {
  return Buffer.from({ length: Math.floor(length) } as ArrayLike<number>).map(() =>
    Math.floor(random() * 256),
  ) as Buffer;
}

function withEndOf(bytes: Buffer, other: Buffer, random: Random): Buffer {
  const share = random();
  return Buffer.concat([
    bytes.subarray(0, Math.floor(share * bytes.length)),
    other.subarray(Math.floor(share * other.length)),
  ]);
}

/** Writes other sizes where the formats have theirs, with a sound checksum where there is one. */
function lie(bytes: Buffer, random: Random): Buffer {
  const [width, height] = [pick(SIZES, random), random() < 0.5 ? pick(SIZES, random) : 64];
  if (bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.length > 33) {
    const header = Buffer.from(bytes.subarray(16, 29));
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    if (random() < 0.5) header[8 + Math.floor(random() * 5)] = Math.floor(random() * 18);
    return Buffer.concat([bytes.subarray(0, 8), pngChunk('IHDR', header), bytes.subarray(33)]);
  }
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return lieOfSize(bytes, width, height);
  for (const [mark, offset] of [
    [Buffer.from([0xff, 0xc0]), 5],
    [Buffer.from([0xff, 0xc2]), 5],
    [Buffer.from('VP8X'), 12],
    [Buffer.from('VP8L'), 9],
    [Buffer.from('VP8 '), 14],
    [Buffer.from('GIF8'), 6],
    [Buffer.from('RIFF'), 4],
  ] as const) {
    const at = bytes.indexOf(mark);
    if (at < 0 || at + offset + 4 > bytes.length) continue;
    bytes.writeUInt16BE(height & 0xffff, at + offset);
    bytes.writeUInt16BE(width & 0xffff, at + offset + 2);
    return bytes;
  }
  return number(bytes, random);
}

/** An Exif block that says anything at all, where a JPEG or PNG may have one. */
function orient(bytes: Buffer, random: Random): Buffer {
  const tiff = Buffer.from('4d4d002a000000080001011200030000000100060000ffffffff', 'hex');
  tiff.writeUInt16BE(Math.floor(random() * 12), 18);
  if (random() < 0.3) flip(tiff, random, tiff.length);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(random() < 0.2 ? pick(SIZES, random) & 0xffff : body.length + 2, 2);
    return Buffer.concat([bytes.subarray(0, 2), head, body, bytes.subarray(2)]);
  }
  if (bytes.toString('latin1', 12, 16) === 'IHDR') {
    return Buffer.concat([bytes.subarray(0, 33), pngChunk('eXIf', tiff), bytes.subarray(33)]);
  }
  return flip(bytes, random, bytes.length);
}

function number(bytes: Buffer, random: Random): Buffer {
  if (bytes.length < 8) return bytes;
  const at = Math.floor(random() * Math.min(bytes.length - 4, 400));
  if (random() < 0.5) bytes.writeUInt32BE(pick(SIZES, random), at);
  else bytes.writeUInt32LE(pick(SIZES, random), at);
  return bytes;
}

async function goodPictures(): Promise<(readonly [string, Buffer])[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="80"><rect width="60" height="80" fill="#fff"/>
    <ellipse cx="30" cy="40" rx="18" ry="26" fill="crimson"/><path d="M0 0L60 80" stroke="navy" stroke-width="3"/></svg>`;
  const base = () => sharp(Buffer.from(svg));
  const opaque = () => base().removeAlpha();
  const frames = { raw: { width: 60, height: 160, channels: 3 as const, pageHeight: 80 } };
  const animated = () => sharp(Buffer.alloc(60 * 160 * 3, 77), frames);
  const made: [string, Buffer | Promise<Buffer>][] = [
    ['JPEG', opaque().jpeg().toBuffer()],
    ['progressive JPEG', opaque().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['grey JPEG', opaque().greyscale().jpeg().toBuffer()],
    ['CMYK JPEG', opaque().toColourspace('cmyk').jpeg().toBuffer()],
    [
      'JPEG with Exif and a profile',
      opaque()
        .withIccProfile('p3')
        .withExif({ IFD0: { Make: 'Camera' } })
        .jpeg()
        .toBuffer(),
    ],
    ['JPEG on its side', opaque().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ['PNG', opaque().png().toBuffer()],
    ['PNG with alpha', base().png().toBuffer()],
    ['interlaced PNG', opaque().png({ progressive: true }).toBuffer()],
    ['PNG with 16 bits', opaque().toColourspace('rgb16').png().toBuffer()],
    ['PNG with a palette', opaque().png({ palette: true, colours: 4 }).toBuffer()],
    ['grey PNG', opaque().greyscale().png().toBuffer()],
    ['PNG with a large profile', withChunk('iCCP', Buffer.from('profile\0\0'), 64)],
    ['PNG with a large text', withChunk('zTXt', Buffer.from('Comment\0\0'), 64)],
    ['WebP', opaque().webp().toBuffer()],
    ['WebP with alpha', base().ensureAlpha(0.5).webp().toBuffer()],
    ['lossless WebP', opaque().webp({ lossless: true }).toBuffer()],
    ['animated WebP', animated().webp().toBuffer()],
    ['AVIF', opaque().avif({ effort: 0 }).toBuffer()],
    ['AVIF with alpha', base().ensureAlpha(0.5).avif({ effort: 0 }).toBuffer()],
    ['AVIF with 10 bits', opaque().avif({ effort: 0, bitdepth: 10 }).toBuffer()],
    ['HEIC', readHeic('quarters')],
    ['HEIC on its side', readHeic('turned')],
    ['HEIC with Exif and a profile', readHeic('exif')],
    ['HEIC with 10 bits', readHeic('ten-bit')],
    ['HEIC with alpha', readHeic('alpha')],
    ['HEIC in tiles', readHeic('grid')],
    ['HEIC of two', readHeic('two')],
    ['GIF', opaque().gif().toBuffer()],
    ['animated GIF', animated().gif().toBuffer()],
    ['TIFF', opaque().tiff().toBuffer()],
    ['SVG', Buffer.from(svg)],
  ];
  return Promise.all(made.map(async ([name, bytes]) => [name, await bytes] as const));
}

/** A PNG with a chunk that unfolds to so many mebibytes. */
function withChunk(type: string, head: Buffer, mebibytes: number): Buffer {
  const png = blackPng({ width: 60, height: 80 });
  const chunk = pngChunk(type, Buffer.concat([head, deflateSync(Buffer.alloc(mebibytes * 1024 * 1024))]));
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
