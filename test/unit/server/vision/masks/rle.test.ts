import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../../../../server/vision/contract.ts';
import { maskBounds } from '../../../../../server/vision/masks/bounds.ts';
import { rleArea, rleDecode, rleEncode } from '../../../../../server/vision/masks/masks.ts';

/** A mask whose pixel (x, y) is set where the rule says so. */
function draw(width: number, height: number, rule: (x: number, y: number) => boolean): Mask {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = rule(x, y) ? 1 : 0;
  return { width, height, data };
}

const ring = draw(120, 160, (x, y) => {
  const d = (2 * x - 120) ** 2 + (2 * y - 150) ** 2;
  return d < 100 ** 2 && d > 40 ** 2;
});
const RING =
  'Ri1c0Y48H8J4L4L4L4L4M2N2M4M2N2N2N2N2N2N2N2O0O2N2N2O0O2O0O2O0O2ObNlM0S2KYN0f1N^N0a1OcN0\\1NhN0X1OjN0V1OlN0S10oN0P1ORO0n00RO0n0OTO0k01UO0j0OXO0h00XO0h0OZO0f00ZO0f00ZO0f00ZO0f00ZO0f00ZO0f0O\\O0d01ZO0f00ZO0f00ZO0f00ZO0f00ZO0f00ZO0f01XO0h00XO0h01VO0k0OUO0l01RO0n00RO0n01PO0Q10mN0T11jN0V11hN0X12dN0]11_N0b12ZN0g15mM0T2^11N101N101N101N2N2N101N2N2N2N2N2N2N2N3L3N2N3L4L4L4L4L6H8HR`1';

/** Each string is what pycocotools 2.0.10's `mask.encode` printed for the same mask. */
const PYCOCOTOOLS: [name: string, mask: Mask, counts: string][] = [
  ['empty', draw(5, 4, () => false), 'd0'],
  ['full', draw(5, 4, () => true), '0d0'],
  ['first pixel', draw(5, 4, (x, y) => x === 0 && y === 0), '01c0'],
  ['last pixel', draw(5, 4, (x, y) => x === 4 && y === 3), 'c01'],
  ['rectangle', draw(5, 4, (x, y) => x >= 1 && x < 4 && y >= 1 && y < 3), '5220003'],
  ['whole columns', draw(5, 4, (x) => x === 1 || x === 2), '488'],
  ['lower right corner', draw(5, 4, (x, y) => x >= 3 && y >= 2), '>220'],
  ['chessboard', draw(5, 4, (x, y) => (x + y) % 2 === 1), '11110O10O10O10O0'],
  ['ring', ring, RING],
];

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('rleEncode', () => {
  it.each(PYCOCOTOOLS)('writes what pycocotools writes: %s', (_, mask, counts) => {
    expect(rleEncode(mask)).toBe(counts);
  });

  it('writes what pycocotools writes for speckle and for runs of more than a thousand', () => {
    const speckle = draw(48, 64, (x, y) => (x * 7 + y * 13 + x * y) % 5 < 2);
    expect(sha256(rleEncode(speckle))).toBe(
      '9843e7069189df41ef03c96767dfe7f9eca7608bb8eca3168385db48404ac48b',
    );
    const large = draw(1200, 1600, (x, y) => x >= 37 && x < 1190 && y >= x);
    expect(sha256(rleEncode(large))).toBe('bc9e3e82711f81767aa90ae9bd4c0b948d6643b10e84b1e3e3eea83b3a201bb1');
  });
});

/** Masks of a few rectangles set or cleared one over the other: of any size, touching edges or not, often empty. */
const masks = fc.integer({ min: 1, max: 24 }).chain((width) =>
  fc.integer({ min: 1, max: 24 }).chain((height) => {
    const span = (size: number) =>
      fc.tuple(fc.nat(size), fc.nat(size)).map((ends) => ends.sort((a, b) => a - b));
    const shapes = fc.array(fc.tuple(span(width), span(height), fc.boolean()), { maxLength: 6 });
    return shapes.map((list) =>
      draw(width, height, (x, y) =>
        list.reduce(
          (set, [[x1, x2], [y1, y2], on]) => (x >= x1! && x < x2! && y >= y1! && y < y2! ? on : set),
          false,
        ),
      ),
    );
  }),
);

/** Run lengths by the definition: every pixel looked at, column by column. */
function runsOf({ width, height, data }: Mask): number[] {
  const counts = [0];
  let value = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      if (data[y * width + x] !== value) {
        value = 1 - value;
        counts.push(0);
      }
      counts[counts.length - 1]!++;
    }
  }
  return counts;
}

describe('of any mask', () => {
  it('the runs are those of the definition, and give the mask again', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const counts = rleEncode(mask);
        expect(rleDecode(counts, mask.width, mask.height)).toEqual(mask);
        const runs = runsOf(mask);
        const set = runs.filter((_, i) => i % 2 === 1);
        expect(rleArea(counts)).toBe(set.reduce((a, b) => a + b, 0));
        // A character without the bit for "more follows" ends a run.
        const ends = [...counts].filter((letter) => ((letter.charCodeAt(0) - 48) & 0x20) === 0);
        expect(ends).toHaveLength(runs.length);
      }),
      { numRuns: 500 },
    );
  });

  it('the bounds are the smallest around its pixels, wherever its bytes lie', () => {
    fc.assert(
      fc.property(masks, fc.nat(7), ({ width, height, data }, offset) => {
        const pixels = [...data.keys()].filter((at) => data[at] === 1);
        const columns = pixels.map((at) => at % width);
        const rows = pixels.map((at) => Math.floor(at / width));
        const around = new Uint8Array(data.length + offset + 9).fill(1);
        const shifted = around.subarray(offset, offset + data.length);
        shifted.set(data);
        expect(maskBounds({ width, height, data: shifted })).toEqual(
          pixels.length === 0
            ? { x1: 0, y1: 0, x2: 0, y2: 0 }
            : {
                x1: Math.min(...columns),
                y1: Math.min(...rows),
                x2: Math.max(...columns) + 1,
                y2: Math.max(...rows) + 1,
              },
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('rleDecode', () => {
  it.each(PYCOCOTOOLS)('reads what pycocotools wrote: %s', (_, mask, counts) => {
    expect(rleDecode(counts, mask.width, mask.height)).toEqual(mask);
  });

  it.each([
    ['runs that cover too few pixels', 'c0'],
    ['runs that cover too many', 'd01'],
    ['a run of negative length', 'd0O'],
    ['a character outside the alphabet', 'd0é'],
    ['a string cut inside a number', 'd'],
    ['a number without end', 'oooooooooooo'],
  ])('refuses %s', (_, rle) => {
    expect(() => rleDecode(rle, 5, 4)).toThrow(RangeError);
  });
});

describe('rleArea', () => {
  it('counts the pixels under the mask', () => {
    expect(rleArea(RING)).toBe(6568);
    expect(rleArea('d0')).toBe(0);
  });
});
