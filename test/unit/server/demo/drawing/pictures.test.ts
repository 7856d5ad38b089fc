import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { maskContours } from '../../../../../server/demo/drawing/contours.ts';
import { chooseStyle } from '../../../../../server/demo/drawing/garments/choose.ts';
import { drawItem } from '../../../../../server/demo/drawing/item.ts';
import { MIN_SHARE, type Picture } from '../../../../../server/demo/drawing/picture.ts';
import { Random } from '../../../../../server/demo/drawing/random.ts';
import { drawScenePicture } from '../../../../../server/demo/drawing/scenes.ts';
import { type Mask } from '../../../../../server/vision/contract.ts';
import { CATEGORIES } from '../../../../../server/vocabulary/taxonomy.ts';

const SMALL = { width: 200, height: 280 };
const digest = (picture: Picture) => createHash('sha256').update(picture.pixels).digest('hex');

/** The bounds of a mask, found the slow way. */
function bounds({ width, data }: Mask): [number, number, number, number] {
  const on = [...data.keys()].filter((i) => data[i] === 1);
  const xs = on.map((i) => i % width);
  const ys = on.map((i) => Math.floor(i / width));
  const least = (list: number[]) => list.reduce((a, b) => Math.min(a, b));
  const most = (list: number[]) => list.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs) + 1, most(ys) + 1];
}

describe('a drawn scene', () => {
  it('is the same for the same seed and another for another', async () => {
    const [first, again, other] = await Promise.all(
      [7, 7, 8].map((seed) => drawScenePicture({ seed, size: SMALL })),
    );
    expect(digest(first as Picture)).toBe(digest(again as Picture));
    expect(digest(first as Picture)).not.toBe(digest(other as Picture));
  });

  it('knows each garment: category, exact box, mask, and enough of it to be seen', async () => {
    for (const seed of [21, 22, 23, 24]) {
      const picture = await drawScenePicture({ seed, size: SMALL });
      expect(picture.garments.length).toBeGreaterThan(0);
      for (const { category, box, mask, area } of picture.garments) {
        expect(CATEGORIES[category - 1]).toBeDefined();
        expect([mask.width, mask.height]).toEqual([SMALL.width, SMALL.height]);
        expect(box).toEqual(bounds(mask));
        expect(area).toBe(mask.data.reduce((sum, v) => sum + v, 0));
        expect(area).toBeGreaterThanOrEqual(MIN_SHARE * SMALL.width * SMALL.height);
      }
    }
  });

  it('gives every pixel to one garment at most', async () => {
    const { garments } = await drawScenePicture({ seed: 31, size: SMALL, people: 2 });
    expect(garments.length).toBeGreaterThan(1);
    for (let i = 0; i < SMALL.width * SMALL.height; i++)
      expect(garments.filter(({ mask }) => mask.data[i] === 1).length).toBeLessThan(2);
  });
});

describe('a drawn item', () => {
  it.each(CATEGORIES.map((name, index) => [name, index + 1] as const))(
    'shows one whole %s',
    async (_, category) => {
      const style = chooseStyle(new Random(category), { category });
      const { garments } = await drawItem({ style, seed: 3, size: SMALL, backdrop: 'studio' });
      expect(garments).toHaveLength(1);
      const { box, area } = garments[0] as (typeof garments)[number];
      expect(area / (SMALL.width * SMALL.height)).toBeGreaterThan(0.08);
      // The studio leaves a margin all round.
      expect(Math.min(box[0], box[1], SMALL.width - box[2], SMALL.height - box[3])).toBeGreaterThan(2);
    },
  );
});

describe('mask contours', () => {
  const mask = (...rows: string[]): Mask => ({
    width: rows[0]?.length ?? 0,
    height: rows.length,
    data: Uint8Array.from(rows.join(''), Number),
  });

  it('goes round the borders of the pixels', () => {
    expect(maskContours(mask('0000', '0110', '0110', '0000'), 1)).toEqual([[3, 1, 3, 3, 1, 3, 1, 1]]);
  });

  it('gives each piece a polygon and leaves crumbs out', () => {
    expect(maskContours(mask('1101', '1100', '0000', '1110'), 2)).toHaveLength(2);
  });

  it('keeps pieces apart that touch at a corner only', () => {
    expect(maskContours(mask('1100', '1100', '0011', '0011'), 1)).toHaveLength(2);
  });
});
