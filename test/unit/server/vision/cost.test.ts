import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { largestAvifPicture } from '../../../../server/vision/avif-sizes.ts';
import { DECODING_BYTES } from '../../../../server/vision/cost.ts';
import { decode, probe } from '../../../../server/vision/image.ts';
import { readJpegScans } from '../../../../server/vision/jpeg-scans.ts';
import { withoutTexts } from '../../../../server/vision/png-texts.ts';
import {
  blackPng,
  endlessExif,
  endlessProfile,
  framesWebp,
  greedyExif,
  jpegWithExif,
  lieOfSize,
  manyCodesWebp,
  manyScansJpeg,
  pngChunk,
  pngWithExif,
  pngWithProfile,
  repeatFrame,
} from '../../../helpers/costly-pictures.ts';
import { readHeic } from '../../../helpers/heic.ts';

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } });
const refusal = async (bytes: Buffer) => (await probe(bytes).catch((error) => error)).code;

describe('the coefficients of a JPEG', () => {
  it('are held where it is progressive, two bytes each, as its subsampling has them', async () => {
    const full = await plain(160, 80).jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer();
    expect(readJpegScans(full).bytes).toBe(160 * 80 * 3 * 2);
    const quarter = await plain(160, 80).jpeg({ progressive: true, chromaSubsampling: '4:2:0' }).toBuffer();
    expect(readJpegScans(quarter).bytes).toBe(160 * 80 * 1.5 * 2);
  });

  it('are not held where each scan brings whole pixels', async () => {
    expect(readJpegScans(await plain(160, 80).jpeg().toBuffer()).bytes).toBe(0);
  });

  it('are held where one scan brings one of several components', async () => {
    const jpeg = await plain(16, 16).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
    // The start of its first scan, FF DA, a length of two bytes, and how many components the scan has.
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xda])) + 4] = 1;
    expect(readJpegScans(jpeg).bytes).toBe(16 * 16 * 3 * 2);
  });

  it('are none of what is no JPEG', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(100, 0xff),
      Buffer.from('\xff\xd8\xff\xc2\0\x03', 'latin1'),
    ]) {
      expect(readJpegScans(bytes).bytes).toBe(0);
    }
  });
});

describe('the largest picture of an AVIF', () => {
  it('is the one that a box states', async () => {
    const avif = await plain(64, 48).avif({ effort: 0 }).toBuffer();
    expect(largestAvifPicture(avif)).toBe(64 * 48);
    expect(largestAvifPicture(lieOfSize(avif, 30_000, 20_000))).toBe(600_000_000);
  });

  it('is none of what is no AVIF', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(64), Buffer.from('\0\0\0\x10metaispe', 'latin1')]) {
      expect(largestAvifPicture(bytes)).toBe(0);
    }
  });
});

describe('probe', () => {
  it.each([
    ['50,000,000 by 1', { width: 50_000_000, height: 1 }],
    ['1 by 16,385', { width: 1, height: 16_385 }],
    [
      '36 megapixels, interlaced, 16 bits',
      { width: 6000, height: 6000, bitDepth: 16, colourType: 6, interlaced: true },
    ],
  ])('refuses a PNG of %s', async (_, header) => {
    expect(await refusal(blackPng(header))).toBe('IMAGE_TOO_LARGE');
  });

  it.each([
    ['16,384 by 2', { width: 16_384, height: 2 }],
    ['49 megapixels', { width: 7000, height: 7000 }],
    ['49 megapixels, interlaced', { width: 7000, height: 7000, interlaced: true }],
  ])('takes a PNG of %s', async (_, header) => {
    expect(await probe(blackPng(header))).toMatchObject({ width: header.width, height: header.height });
  });

  it('refuses an AVIF whose alpha is said to be far larger than the picture', async () => {
    const avif = await plain(64, 48).ensureAlpha(0.5).avif({ effort: 0 }).toBuffer();
    const at = avif.lastIndexOf('ispe');
    avif.writeUInt32BE(40_000, at + 8);
    avif.writeUInt32BE(40_000, at + 12);
    expect(await refusal(avif)).toBe('IMAGE_TOO_LARGE');
  });

  it('refuses a JPEG whose scans pass over its pixels again and again', async () => {
    for (const bytes of [manyScansJpeg(7000, 7000, 60), manyScansJpeg(64, 64, 20_000)]) {
      expect(await refusal(bytes)).toBe('IMAGE_TOO_LARGE');
    }
    expect(await probe(manyScansJpeg(7000, 7000, 10))).toMatchObject({ width: 7000 });
  });

  it('refuses Exif that names itself, and Exif that names the same bytes again and again', async () => {
    const jpeg = await plain(64, 48).jpeg().toBuffer();
    const png = blackPng({ width: 64, height: 48 });
    for (const bytes of [
      jpegWithExif(jpeg, endlessExif(20)),
      pngWithExif(png, endlessExif(20)),
      pngWithExif(png, greedyExif(20)),
    ]) {
      expect(await refusal(bytes)).toBe('IMAGE_TOO_LARGE');
    }
    expect(await probe(pngWithExif(png, greedyExif(2)))).toMatchObject({ width: 64 });
  });

  it('refuses a WebP and an AVIF of far more frames than are shown', async () => {
    const avif = await plain(64, 48).avif({ effort: 0 }).toBuffer();
    for (const bytes of [await framesWebp(10_001), repeatFrame(avif, 9)]) {
      expect(await refusal(bytes)).toBe('IMAGE_TOO_LARGE');
    }
    expect(await probe(await framesWebp(1000))).toMatchObject({ width: 16 });
    expect(await decode(repeatFrame(avif, 4))).toMatchObject({ width: 64 });
  });

  it('does not use a colour profile whose elements could be repeated without end', async () => {
    const png = await plain(64, 48).png().toBuffer();
    const cost = await probe(pngWithProfile(png, endlessProfile(30)));
    expect(cost).toMatchObject({ width: 64, ignoreIcc: true });
    expect((await probe(await plain(64, 48).withIccProfile('p3').png().toBuffer())).ignoreIcc).toBe(false);
    // By its 30 elements they would come out otherwise.
    expect(await decode(pngWithProfile(png, endlessProfile(30)))).toEqual(await decode(png));
    const heic = Buffer.from(readHeic('display-p3'));
    const profile = heic.indexOf('prof') + 4;
    const length = heic.readUInt32BE(profile - 12) - 12;
    heic.fill(0, profile, profile + length);
    endlessProfile(12).copy(heic, profile);
    heic.writeUInt32BE(length, profile);
    const without = Buffer.from(heic);
    without.write('free', profile - 8);
    expect(await decode(heic)).toEqual(await decode(without));
  });

  it('leaves a PNG’s texts unread, of which twenty kilobytes inflate to ten megabytes each', async () => {
    const png = await plain(64, 48).withIccProfile('p3').png().toBuffer();
    const zeros = deflateSync(Buffer.alloc(10_000_000));
    const texts = Array.from({ length: 40 }, (_, i) => [
      pngChunk('zTXt', Buffer.concat([Buffer.from(`z${i}\0\0`), zeros])),
      pngChunk('iTXt', Buffer.concat([Buffer.from(`i${i}\0\x01\0\0\0`), zeros])),
      pngChunk('tEXt', Buffer.from(`t${i}\0text`)),
    ]).flat();
    const end = png.lastIndexOf('IDAT') - 4;
    const withTexts = Buffer.concat([png.subarray(0, end), ...texts, png.subarray(end)]);
    expect(Buffer.from(withoutTexts(withTexts)).equals(png)).toBe(true);
    expect(await decode(withTexts)).toEqual(await decode(png));
    // Chunks that state more than there is stay as they are.
    const cut = withTexts.subarray(0, withTexts.length - 3000);
    expect(withoutTexts(cut).length).toBeLessThan(png.length);
  });

  it('has a WebP that may have very many prefix codes decoded alone', async () => {
    const webp = manyCodesWebp();
    // Two of them do not fit.
    expect((await probe(webp)).memory).toBeGreaterThan(DECODING_BYTES / 2);
    expect(await decode(webp, 16)).toMatchObject({ width: 16 });
    const large = await plain(4000, 3000).webp({ lossless: true, effort: 0 }).toBuffer();
    expect((await probe(large)).memory).toBeLessThan(DECODING_BYTES / 2);
  });

  it('takes a photo of a telephone, in every format', async () => {
    // 12 megapixels, of which the encoders make little.
    const photo = plain(4032, 3024);
    for (const bytes of [
      await photo.jpeg().toBuffer(),
      await photo.jpeg({ progressive: true }).toBuffer(),
      await photo.withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      await photo.webp({ effort: 0 }).toBuffer(),
      lieOfSize(await plain(64, 48).avif({ effort: 0 }).toBuffer(), 4032, 3024),
    ]) {
      expect((await probe(bytes)).memory).toBeLessThan(256 * 1024 * 1024);
    }
  });
});
