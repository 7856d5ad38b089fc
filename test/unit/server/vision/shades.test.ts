import { describe, expect, it } from 'vitest';
import { drawItem } from '../../../../server/demo/drawing/index.ts';
import { planDemoFeed } from '../../../../server/demo/feed.ts';
import { emptyMask, fullMask } from '../../../../server/vision/masks/masks.ts';
import { shadesUnder } from '../../../../server/vision/shades.ts';
import { toLab } from '../../../../server/vocabulary/palette.ts';

const DRAWN = { width: 80, height: 100 };
const SIZE = { width: 40, height: 30 };

/** Columns of the given colours, of equal width. */
function columns(...colours: readonly (readonly [number, number, number])[]) {
  const data = new Uint8Array(SIZE.width * SIZE.height * 3);
  for (let at = 0; at < SIZE.width * SIZE.height; at++) {
    data.set(colours[Math.floor(((at % SIZE.width) * colours.length) / SIZE.width)]!, at * 3);
  }
  return { ...SIZE, data };
}

const NAVY = [39, 53, 90] as const;
const WHITE = [250, 250, 250] as const;
const RED = [194, 40, 45] as const;

describe('shadesUnder', () => {
  it('gives each colour its share, the largest first, with its mean in CIE Lab', () => {
    const shades = shadesUnder(columns(NAVY, NAVY, NAVY, WHITE), fullMask(SIZE.width, SIZE.height));
    expect(shades.map(({ colour, share }) => [colour, share])).toEqual([
      ['navy', 0.75],
      ['white', 0.25],
    ]);
    expect(shades[0]!.lab[0]).toBeLessThan(25);
    // The known corners of sRGB (Lindbloom, D65).
    for (const [rgb, lab] of [
      [
        [255, 0, 0],
        [53.24, 80.09, 67.2],
      ],
      [
        [0, 0, 255],
        [32.3, 79.19, -107.86],
      ],
      [
        [255, 255, 255],
        [100, 0, 0],
      ],
    ] as const) {
      toLab(rgb[0], rgb[1], rgb[2]).forEach((value, i) => {
        expect(value).toBeCloseTo(lab[i]!, 1);
      });
    }
  });

  it('sees nothing but what is under the mask, however thin that is', () => {
    const mask = emptyMask(400, 300);
    const data = new Uint8Array(400 * 300 * 3).fill(250);
    for (let y = 0; y < 300; y++) {
      mask.data[y * 400 + 398] = 1;
      data.set(RED, (y * 400 + 398) * 3);
    }
    mask.data[0] = 1;
    expect(shadesUnder({ width: 400, height: 300, data }, mask)).toMatchObject([{ colour: 'red' }]);
    expect(shadesUnder({ width: 400, height: 300, data }, emptyMask(400, 300))).toEqual([]);
  });

  it('names the dye of drawn items, but for some patterned ones', async () => {
    const seen: { isPlain: boolean; isRight: boolean }[] = [];
    for (const { style, seed } of planDemoFeed({ seed: 5, count: 13 })) {
      const { pixels, garments } = await drawItem({ style, seed, size: DRAWN, backdrop: 'studio' });
      const { mask, colour } = garments[0]!;
      const [main] = shadesUnder({ ...DRAWN, data: pixels }, mask);
      seen.push({ isPlain: style.cloth.pattern === 'solid', isRight: main!.colour === colour });
    }
    const share = (list: typeof seen) => list.filter(({ isRight }) => isRight).length / list.length;
    expect(share(seen.filter(({ isPlain }) => isPlain))).toBeGreaterThan(0.85);
    expect(share(seen)).toBeGreaterThan(0.7);
  });
});
