import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../../../server/vision/contract.ts';
import { openDecoder } from '../../../../server/vision/decoder.ts';
import { type HeicLimits, heicToPng } from '../../../../server/vision/heic/heic.ts';
import { decode, probe } from '../../../../server/vision/image.ts';
import { lieOfSize } from '../../../helpers/costly-pictures.ts';
import { readHeic, withBox, withPrimary } from '../../../helpers/heic.ts';
import { scenePath } from '../../../helpers/scene.ts';

const COLOURS = { R: [255, 0, 0], G: [0, 255, 0], B: [0, 0, 255], W: [255, 255, 255] };

function pixel({ width, height, data }: Image, x: number, y: number): number[] {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
  return [...data.subarray(at, at + 3)];
}

/** Size and quarters, such as `192×128 RG/BW`. */
function layout(image: Image): string {
  const near = (seen: number[], colour: number[]) =>
    colour.every((value, i) => Math.abs(value - seen[i]!) < 40);
  const name = (x: number, y: number) =>
    Object.entries(COLOURS).find(([, colour]) => near(pixel(image, x, y), colour))?.[0] ?? '?';
  const [a, b, c, d] = [name(0.25, 0.25), name(0.75, 0.25), name(0.25, 0.75), name(0.75, 0.75)];
  return `${image.width}×${image.height} ${a}${b}/${c}${d}`;
}

async function differenceFromScene({ width, height, data }: Image, scene: Sharp): Promise<number> {
  const small = (picture: Sharp) =>
    picture.resize({ width: 60, height: 80, fit: 'fill' }).removeAlpha().raw().toBuffer();
  const raw = sharp(data, { raw: { width, height, channels: 3 } });
  const [one, other] = await Promise.all([small(raw), small(scene)]);
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]!), 0) / one.length;
}

const refusal = (bytes: Uint8Array) =>
  decode(bytes).then(
    () => 'decoded',
    (error) => `${error.code}: ${error.message}`,
  );

describe('a HEIC', () => {
  it('is decoded', async () => {
    expect(layout(await decode(readHeic('quarters')))).toBe('192×128 RG/BW');
    expect(await probe(readHeic('quarters'))).toMatchObject({ format: 'heic', width: 192, height: 128 });
  });

  // irot turns by 90 degrees anticlockwise, so many times: ISO/IEC 23008-12, 6.5.10.
  it.each([
    [0, '192×128 RG/BW'],
    [1, '128×192 GW/RB'],
    [2, '192×128 WB/GR'],
    [3, '128×192 BR/WG'],
  ])('is turned upright by irot %i', async (angle, expected) => {
    expect(layout(await decode(withBox(readHeic('turned'), 'irot', angle)))).toBe(expected);
  });

  // imir 0 exchanges top and bottom, 1 left and right: 6.5.12.
  it.each([
    [0, '192×128 BW/RG'],
    [1, '192×128 GR/WB'],
  ])('is mirrored by imir %i', async (axis, expected) => {
    expect(layout(await decode(withBox(readHeic('mirrored'), 'imir', axis)))).toBe(expected);
  });

  it('is turned once where its Exif tells the orientation as well', async () => {
    expect(readHeic('exif').includes('Exif')).toBe(true);
    expect(layout(await decode(readHeic('exif')))).toBe('128×192 BR/WG');
  });

  it('is put together of its tiles', async () => {
    expect(layout(await decode(readHeic('grid')))).toBe('192×128 RG/BW');
  });

  it('with 10 bits becomes one with 8', async () => {
    expect(layout(await decode(readHeic('ten-bit')))).toBe('192×128 RG/BW');
  });

  it('of several images gives the primary one', async () => {
    expect(layout(await decode(readHeic('two')))).toBe('192×128 RG/BW');
    expect(await decode(withPrimary(readHeic('two'), 2))).toMatchObject({ width: 64, height: 64 });
  });

  it('is flattened on white', async () => {
    const image = await decode(readHeic('alpha'));
    expect(pixel(image, 0.25, 0.5)[1]).toBeLessThan(20);
    expect(pixel(image, 0.75, 0.5).every((value) => value > 250)).toBe(true);
  });

  it("has its camera's profile applied", async () => {
    const p3 = sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 200, g: 120, b: 40 } } });
    const [r, g, b] = await sharp(await p3.withIccProfile('p3').png().toBuffer())
      .removeAlpha()
      .raw()
      .toBuffer();
    const seen = pixel(await decode(readHeic('display-p3')), 0.5, 0.5);
    for (const [i, value] of [r!, g!, b!].entries()) expect(Math.abs(value - seen[i]!)).toBeLessThan(4);
  });

  it('of a telephone, 12 megapixels in tiles, lying on its side, comes out upright and small', async () => {
    const image = await decode(readHeic('grid-12-megapixels'));
    expect(image).toMatchObject({ width: 1200, height: 1600 });
    const scene = sharp(scenePath()).resize({ width: 4032, height: 3024, fit: 'cover' });
    const turned = sharp(await scene.png().toBuffer()).rotate(90);
    expect(await differenceFromScene(image, sharp(await turned.toBuffer()))).toBeLessThan(4);
  });

  // The padding of its tiles comes to another side with each angle.
  it.each([0, 1, 2])('of a telephone that was held otherwise, irot %i', async (angle) => {
    const image = await decode(withBox(readHeic('grid-12-megapixels'), 'irot', angle));
    const scene = sharp(scenePath()).resize({ width: 806, height: 605, fit: 'cover' });
    const turned = sharp(await scene.png().toBuffer()).rotate(360 - angle * 90);
    expect(await differenceFromScene(image, sharp(await turned.toBuffer()))).toBeLessThan(5);
  });

  it('of 48 megapixels as well', async () => {
    const image = await decode(readHeic('grid-48-megapixels'));
    expect(image).toMatchObject({ width: 1600, height: 1200 });
    const scene = sharp(scenePath()).resize({ width: 806, height: 605, fit: 'cover' });
    expect(await differenceFromScene(image, sharp(await scene.toBuffer()))).toBeLessThan(5);
  });

  it.each(['whole-12-megapixels-ten-bit', 'whole-13-megapixels-alpha'])('without tiles: %s', async (name) => {
    const image = await decode(readHeic(name));
    expect(Math.max(image.width, image.height)).toBe(1600);
  });
});

describe('what is refused of HEIC', () => {
  it('more than 50 megapixels, from the header', async () => {
    expect(await refusal(lieOfSize(readHeic('quarters'), 9000, 6000))).toMatch(
      /^IMAGE_TOO_LARGE: .*50 megapixels/,
    );
  });

  it('more than 13 megapixels without tiles', async () => {
    expect(await refusal(lieOfSize(readHeic('quarters'), 4000, 4000))).toMatch(
      /^IMAGE_TOO_LARGE: This HEIC takes/,
    );
  });

  it('a size that is not that of the picture', async () => {
    expect(await refusal(lieOfSize(readHeic('quarters'), 64, 64))).toMatch(/^NOT_AN_IMAGE/);
  });

  it.each([0.2, 0.5, 0.95])('a file cut off at %f', async (share) => {
    for (const name of ['scene', 'grid-12-megapixels']) {
      const whole = readHeic(name);
      expect(await refusal(whole.subarray(0, whole.length * share))).toMatch(/^IMAGE_TRUNCATED/);
    }
  });

  it('a header alone', async () => {
    expect(await refusal(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08mdat', 'latin1'))).toMatch(
      /^(?:NOT_AN_IMAGE|IMAGE_TRUNCATED)/,
    );
  });
});

describe('the decoder of HEIC', () => {
  const MIB = 1024 * 1024;
  const whole = readHeic('whole-12-megapixels-ten-bit');
  const refused = (limits: HeicLimits) =>
    heicToPng(whole, 1600, limits).then(
      () => 'decoded',
      ({ code, cause }) => `${code}: ${cause.message}`,
    );

  it('is ended when its time is over, and the next picture is decoded', async () => {
    expect(await refused({ heapBytes: 224 * MIB, time: { ms: 50, mostMs: 50 } })).toBe(
      'IMAGE_TOO_LARGE: It takes too long.',
    );
    expect(layout(await decode(readHeic('quarters')))).toBe('192×128 RG/BW');
  });

  it('gets no more memory than it may have', async () => {
    expect(await refused({ heapBytes: 100 * MIB, time: { ms: 60_000, mostMs: 60_000 } })).toMatch(
      /^IMAGE_TOO_LARGE: _heif_/,
    );
  });
});

it('decodes HEIC beside other pictures, one at a time, in the order in which they came', async () => {
  const decoder = openDecoder(undefined);
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#123' } })
    .png()
    .toBuffer();
  const sizes = await Promise.all(
    [readHeic('quarters'), png, readHeic('scene'), png, readHeic('two')].map(async (file) => {
      const { width } = await decoder.decode(file);
      return width;
    }),
  );
  expect(sizes).toEqual([192, 8, 600, 8, 192]);
  await decoder.close();
});
