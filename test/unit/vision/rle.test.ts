import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../../../server/vision/contract.ts';
import { rleArea, rleDecode, rleEncode } from '../../../server/vision/masks.ts';

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
