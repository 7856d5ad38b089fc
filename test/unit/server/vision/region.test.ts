import { describe, expect, it } from 'vitest';
import type { Box, Image } from '../../../../server/vision/contract.ts';
import { emptyMask, maskArea } from '../../../../server/vision/masks/masks.ts';
import { ellipse, findInRegion, paddedBox } from '../../../../server/vision/region.ts';

const image: Image = { width: 100, height: 80, data: new Uint8Array(100 * 80 * 3) };

/** A parser that finds one skirt at a box of the part that it is given, all of it mask, and says how large that is. */
function finding(box: Box | null, seen: number[][] = []) {
  return async ({ width, height }: Image) => {
    seen.push([width, height]);
    if (!box) return [];
    const mask = emptyMask(width, height);
    for (let y = box[1]; y < box[3]; y++) mask.data.fill(1, y * width + box[0], y * width + box[2]);
    return [{ category: 9, score: 0.8, box, mask }];
  };
}

describe('paddedBox', () => {
  it('adds a quarter of the sides on each of them, in whole pixels', () => {
    expect(paddedBox([20.2, 20, 60, 40], image)).toEqual([10, 15, 70, 45]);
  });

  it('ends at the edge of the image', () => {
    expect(paddedBox([0, 60, 40, 80], image)).toEqual([0, 55, 50, 80]);
  });
});

describe('findInRegion', () => {
  it('takes the garment that the parser finds there, at its place in the whole image', async () => {
    const seen: number[][] = [];
    // The part starts at (10, 15): there the find is the region itself, 2 pixels lower.
    const found = await findInRegion(finding([10, 7, 50, 27], seen), image, [20, 20, 60, 40]);
    expect(seen).toEqual([[60, 30]]);
    expect(found).toMatchObject({ category: 9, score: 0.8, box: [20, 22, 60, 42] });
    expect([found.mask.width, found.mask.height, maskArea(found.mask)]).toEqual([100, 80, 800]);
    expect([found.mask.data[22 * 100 + 20], found.mask.data[21 * 100 + 20]]).toEqual([1, 0]);
  });

  it.each([
    ['nothing', null],
    ['another garment, which overlaps too little', [0, 0, 60, 14]],
  ] as const)('takes the drawing itself where the parser finds %s', async (_, box) => {
    const found = await findInRegion(finding(box), image, [20, 20, 60, 40]);
    expect(found).toMatchObject({ category: null, score: 0, box: [20, 20, 60, 40] });
    expect(maskArea(found.mask)).toBeCloseTo(Math.PI * 20 * 10, -1);
  });
});

describe('ellipse', () => {
  it('fills a box, and is never empty', () => {
    const mask = ellipse([0, 0, 100, 80], image);
    expect(maskArea(mask) / 8000).toBeCloseTo(Math.PI / 4, 2);
    expect([mask.data[0], mask.data[40 * 100]]).toEqual([0, 1]);
    expect(maskArea(ellipse([99.9, 79.9, 100, 80], image))).toBe(1);
  });
});
