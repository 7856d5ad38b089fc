/** The shipped weights, run whole: what holds for any good model, not how good this one is. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boxIou, scaleBox } from '../../../../server/vision/boxes.ts';
import type { Image, ParsedGarment, Vision } from '../../../../server/vision/contract.ts';
import { fullMask, maskArea, rleDecode } from '../../../../server/vision/masks/masks.ts';
import { openVision } from '../../../../server/vision/vision.ts';
import { drawPhoto } from '../../../bench/photo.ts';

const MODEL_DIR = 'model/weights';

let vision: Vision;
let photo: Buffer;
let image: Image;
let garments: ParsedGarment[];

beforeAll(async () => {
  vision = await openVision({ modelDir: MODEL_DIR });
  photo = await drawPhoto();
  image = await vision.decode(photo);
  garments = await vision.parse(image);
}, 60_000);
afterAll(() => vision?.close());

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** The best overlap of a garment's box, scaled, with those of another parse. */
function bestIou(garment: ParsedGarment, others: readonly ParsedGarment[], scale: number): number {
  const box = scaleBox(garment.box, scale, scale);
  return Math.max(0, ...others.map((other) => boxIou(other.box, box)));
}

describe('parse', () => {
  it('finds garments in a drawn person, the best first', () => {
    expect(garments.length).toBeGreaterThan(0);
    const scores = garments.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('gives boxes and masks of the image, and unit embeddings', () => {
    for (const { category, score, box, rle, area, whole, embedding } of garments) {
      expect(category).toBeGreaterThanOrEqual(1);
      expect(category).toBeLessThanOrEqual(13);
      expect(score).toBeLessThanOrEqual(1);
      const [x1, y1, x2, y2] = box;
      expect(0 <= x1 && x1 < x2 && x2 <= 1080 && 0 <= y1 && y1 < y2 && y2 <= 1440).toBe(true);
      expect(maskArea(rleDecode(rle, 1080, 1440))).toBe(area);
      expect(area).toBeGreaterThan(0);
      expect(area).toBeLessThanOrEqual((Math.ceil(x2) - Math.floor(x1)) * (Math.ceil(y2) - Math.floor(y1)));
      expect(whole).toBe(false);
      expect(embedding).toHaveLength(256);
      expect(dot(embedding, embedding)).toBeCloseTo(1, 3);
    }
  });

  it('tells stripes, checks and plain cloth apart, and says how sure it is', async () => {
    const draw = async (tile: string) => {
      const cloth = `<svg width="300" height="400"><pattern id="p" width="24" height="24" patternUnits="userSpaceOnUse">
        <rect width="24" height="24" fill="#f2efe8"/>${tile}</pattern><rect width="300" height="400" fill="url(#p)"/></svg>`;
      const drawn = await vision.decode(await sharp(Buffer.from(cloth)).png().toBuffer());
      return (await vision.attributes!.read(drawn, [{ mask: fullMask(300, 400), category: null }]))[0]!;
    };
    const across = '<rect width="24" height="11" fill="#20304f" opacity="0.6"/>';
    const down = '<rect width="11" height="24" fill="#20304f" opacity="0.6"/>';
    const [plain, striped, checked] = await Promise.all([draw(''), draw(across), draw(across + down)]);
    expect([plain, striped, checked].map(({ pattern }) => pattern?.name)).toEqual([
      'plain',
      'striped',
      'checked',
    ]);
    for (const { model, pattern } of [plain, striped, checked]) {
      expect(model).toBe(vision.attributes!.model);
      expect(pattern!.confidence).toBeGreaterThan(0.5);
      expect(pattern!.confidence).toBeLessThanOrEqual(1);
    }
  });

  it('tells colours and weighs blocks as the manifest says', () => {
    const { parts } = vision.embedding;
    for (const { colour, embedding } of garments) {
      expect(colour === null).toBe(parts === null);
      for (const { from, to, weight } of parts ?? []) {
        const block = embedding.slice(from, to);
        expect(dot(block, block)).toBeCloseTo(weight, 2);
      }
    }
  });

  it('finds the same garment at the same place whatever the size of the photo', async () => {
    const half = await sharp(photo).resize(540, 720).jpeg({ quality: 92 }).toBuffer();
    const found = await vision.parse(await vision.decode(half));
    // A slip in the scale would leave a quarter.
    expect(bestIou(garments[0]!, found, 0.5)).toBeGreaterThan(0.5);
  });

  it('gives photos that are parsed at once what each gets alone', async () => {
    const blank = { width: 300, height: 400, data: new Uint8Array(300 * 400 * 3).fill(127) };
    const [first, , second] = await Promise.all([
      vision.parse(image),
      vision.parse(blank),
      vision.parse(image),
    ]);
    expect(first!.map(({ rle }) => rle)).toEqual(garments.map(({ rle }) => rle));
    expect(second!.map(({ box }) => box)).toEqual(garments.map(({ box }) => box));
  });

  it.each([
    [1, 1],
    [1600, 1],
    [3, 1600],
  ])('survives an image of %i × %i', async (width, height) => {
    const found = await vision.parse({ width, height, data: new Uint8Array(width * height * 3) });
    expect(Array.isArray(found)).toBe(true);
  });
});

describe('parseRegion', () => {
  it('finds a garment again by the box around it, at its place in the whole image', async () => {
    const [garment] = garments;
    const found = await vision.parseRegion(image, garment!.box);
    expect(found.category).not.toBeNull();
    expect(boxIou(found.box, garment!.box)).toBeGreaterThan(0.6);
    expect(maskArea(rleDecode(found.rle, 1080, 1440))).toBe(found.area);
  });
});

describe('embedWhole', () => {
  it('takes the whole image as one garment without a category', async () => {
    const whole = await vision.embedWhole(image);
    expect(whole).toMatchObject({ category: null, whole: true, box: [0, 0, 1080, 1440], area: 1080 * 1440 });
    expect(dot(whole.embedding, whole.embedding)).toBeCloseTo(1, 3);
  });

  it('gives nearly the same embedding for the same photo at another size', async () => {
    const half = await sharp(photo).resize(540, 720).jpeg({ quality: 80 }).toBuffer();
    const [a, b] = [await vision.embedWhole(image), await vision.embedWhole(await vision.decode(half))];
    expect(dot(a.embedding, b.embedding)).toBeGreaterThan(0.9);
  });
});

describe('openVision', () => {
  it('refuses a file whose inputs are not those of the manifest, and names the field', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'armoire-model-'));
    const manifest = JSON.parse(await readFile(join(MODEL_DIR, 'manifest.json'), 'utf8'));
    const { file, sha256, bytes } = manifest.embedder;
    Object.assign(manifest.parser, { file, sha256, bytes });
    await copyFile(join(MODEL_DIR, file), join(folder, file));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await expect(openVision({ modelDir: folder })).rejects.toMatchObject({ field: 'parser.inputs' });
    await rm(folder, { recursive: true });
  });
});
