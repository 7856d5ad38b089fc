import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../../../../server/vision/contract.ts';
import { rleEncode, rleToPath } from '../../../../../server/vision/masks/masks.ts';

function draw(width: number, height: number, rule: (x: number, y: number) => boolean): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    rule(i % width, Math.floor(i / width)) ? 1 : 0,
  );
  return { width, height, data };
}

const maskToPath = (mask: Mask, tolerance?: number) =>
  rleToPath(rleEncode(mask), mask.width, mask.height, tolerance);

/** What a browser would fill for the path. */
async function rasterise(path: string, { width, height }: Mask, rule = 'nonzero'): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path fill-rule="${rule}" d="${path}"/></svg>`;
  const alpha = await sharp(Buffer.from(svg)).extractChannel(3).raw().toBuffer();
  return alpha.map((value) => (value >= 128 ? 1 : 0));
}

function maskIou(a: Uint8Array, b: Uint8Array): number {
  let shared = 0;
  let joint = 0;
  a.forEach((value, i) => {
    shared += value & b[i]!;
    joint += value | b[i]!;
  });
  return shared / joint;
}

const ring = draw(300, 400, (x, y) => {
  const d = Math.hypot(x - 140, y - 210);
  return d < 120 && d > 50;
});
/** Two legs, a notch, a slanted hem, and a speck apart: what a garment's mask looks like. */
const trousers = draw(
  320,
  480,
  (x, y) =>
    (y > 20 &&
      y < 440 + x / 20 &&
      Math.abs(x - 160) < 40 + y / 6 &&
      !(y > 160 && Math.abs(x - 160) < (y - 160) / 9)) ||
    Math.hypot(x - 20, y - 20) < 6,
);

type Point = readonly [x: number, y: number];

/** The corners of a path's rings. */
function ringsOf(path: string): Point[][] {
  return path
    .split('Z')
    .filter((ring) => ring !== '')
    .map((ring) =>
      [...ring.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
    );
}

/** How often a ring winds around a point, clockwise on the screen. */
function winding(ring: readonly Point[], x: number, y: number): number {
  return ring.reduce((turns, [x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!;
    if (y1 > y === y2 > y || x > x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) return turns;
    return turns + (y2 > y1 ? 1 : -1);
  }, 0);
}

describe('rleToPath', () => {
  it.each([
    ['ring', ring],
    ['trousers', trousers],
    ['whole image', draw(64, 48, () => true)],
  ])('fills the same pixels as the mask: %s', async (_, mask) => {
    const path = maskToPath(mask);
    expect(maskIou(await rasterise(path, mask), mask.data)).toBeGreaterThan(0.99);
    expect(maskIou(await rasterise(path, mask, 'evenodd'), mask.data)).toBeGreaterThan(0.99);
  });

  it('draws an outer contour and a hole as two rings', () => {
    expect(maskToPath(ring).match(/M/g)).toHaveLength(2);
  });

  it('draws a square by its corners, in image pixels', () => {
    const square = draw(40, 40, (x, y) => x >= 10 && x < 30 && y >= 5 && y < 25);
    const points = [...maskToPath(square, 1).matchAll(/([\d.]+),([\d.]+)/g)].map((m) => [+m[1]!, +m[2]!]);
    expect(points.length).toBeLessThanOrEqual(5);
    for (const [x, y] of points) {
      expect(Math.min(Math.abs(x! - 10), Math.abs(x! - 30))).toBeLessThanOrEqual(1);
      expect(Math.min(Math.abs(y! - 5), Math.abs(y! - 25))).toBeLessThanOrEqual(1);
    }
  });

  it('needs fewer points with a larger tolerance', () => {
    expect(maskToPath(trousers, 4).length).toBeLessThan(maskToPath(trousers, 0.5).length / 2);
  });

  it('winds once around every pixel of any mask and around no other', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 12 }),
    });
    const masks = sizes.chain(({ width, height }) =>
      fc
        .uint8Array({ min: 0, max: 1, minLength: width * height, maxLength: width * height })
        .map((data): Mask => ({ width, height, data })),
    );
    fc.assert(
      fc.property(masks, (mask) => {
        // Less than half a pixel: the path's own corners, none left out.
        const path = maskToPath(mask, 0.1);
        const rings = ringsOf(path);
        mask.data.forEach((value, i) => {
          const [x, y] = [(i % mask.width) + 0.5, Math.floor(i / mask.width) + 0.5];
          expect(rings.reduce((sum, ring) => sum + winding(ring, x, y), 0)).toBe(value);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('goes around two runs with nothing between them as around one', () => {
    const column = draw(5, 4, (x) => x === 0);
    // Runs of 0, 2, 0, 2 and 16, where pycocotools writes 0, 4 and 16.
    expect(rleToPath('0200`0', 5, 4)).toBe(maskToPath(column));
  });

  it('refuses run lengths that do not cover the image', () => {
    expect(() => rleToPath(rleEncode(ring), 300, 401)).toThrow(RangeError);
  });

  it('is an empty string for an empty mask', () => {
    expect(maskToPath(draw(8, 8, () => false))).toBe('');
  });
});
