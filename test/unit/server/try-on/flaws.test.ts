import { describe, expect, it } from 'vitest';
import { flawsOf, isWaistCluttered, movedOf, tornAt, unsureOf } from '../../../../server/try-on/flaws.ts';

const [width, height] = [40, 80];
const SIZE = width * height;
/** A block of 20 × 64 pixels, 4 to each of the sixteen bands. */
const isGarment = (x: number, y: number) => x >= 10 && x < 30 && y >= 8 && y < 72;

function maskOf(has: (x: number, y: number) => boolean) {
  const data = Uint8Array.from({ length: SIZE }, (_, i) => Number(has(i % width, Math.floor(i / width))));
  return { width, height, data };
}

describe('an outline that was moved', () => {
  const found = maskOf(isGarment);

  it('has lost nothing where it is the one that was found', () => {
    expect(movedOf({ found, mask: found })).toEqual({ hem: 0, above: 0, top: 0 });
  });

  it('has lost a cuff at the hem', () => {
    const mask = maskOf((x, y) => isGarment(x, y) && y < 70);
    expect(movedOf({ found, mask })).toEqual({ hem: 0.5, above: 0, top: 0 });
  });

  it('has lost a side above the hem, but for what stands before it', () => {
    const mask = maskOf((x, y) => isGarment(x, y) && !(x >= 25 && y >= 40 && y < 44));
    expect(movedOf({ found, mask }).above).toBe(0.25);
    const front = maskOf((x) => x >= 25).data;
    expect(movedOf({ found, mask }, front)).toEqual({ hem: 0, above: 0, top: 0 });
  });

  it('has taken in what is above it, and beside its top', () => {
    const mask = maskOf((x, y) => isGarment(x, y) || (x >= 10 && x < 30 && y >= 6 && y < 12));
    expect(movedOf({ found, mask }).top).toBe(0.5);
    expect(movedOf({ found, mask: maskOf((x, y) => isGarment(x - 2, y) || isGarment(x, y)) }).top).toBe(0.1);
  });
});

describe('an item\u2019s cloth', () => {
  const mask = maskOf(isGarment);
  const paint = (redAt: (x: number) => number) => {
    const data = new Uint8Array(SIZE * 3);
    for (let i = 0; i < SIZE; i++) data[i * 3] = redAt(i % width);
    return { width, height, data };
  };
  const alike = new Float32Array(SIZE).fill(0.9);

  it('is one where it has one colour', () => {
    expect(flawsOf({ image: paint(() => 90), mask, alike })).toEqual({ top: 0, foreign: 0, halves: 0 });
  });

  it('has halves of two colours', () => {
    expect(flawsOf({ image: paint((x) => (x < 20 ? 90 : 150)), mask, alike }).halves).toBeCloseTo(60);
  });

  it('has the background\u2019s colour within it, but not at its outline', () => {
    const image = paint(() => 90);
    const hole = (x: number, y: number) => x >= 18 && x < 22 && y >= 30 && y < 40;
    const alikeBut = (isForeign: (x: number, y: number) => boolean) =>
      alike.map((likely, i) => (isForeign(i % width, Math.floor(i / width)) ? 0.1 : likely));
    // 14 × 58 pixels lie three from the outline.
    expect(flawsOf({ image, mask, alike: alikeBut(hole) }).foreign).toBeCloseTo(40 / (14 * 58));
    expect(flawsOf({ image, mask, alike: alikeBut((x) => x < 12) }).foreign).toBe(0);
  });

  it('has a waist with more than a waistband where brightness changes more there than below', () => {
    // Rows of 64: six of the waist have a bar of two, dark, as a hanger is.
    const withBar = (dark: number) => {
      const data = new Uint8Array(SIZE * 3);
      for (let i = 0; i < SIZE; i++) {
        const y = Math.floor(i / width);
        data.fill(y === 10 || y === 11 ? dark : 160 + (i % 2) * 20, i * 3, i * 3 + 3);
      }
      return { width, height, data };
    };
    expect(isWaistCluttered({ image: withBar(20), mask })).toBe(true);
    expect(isWaistCluttered({ image: withBar(170), mask })).toBe(false);
  });
});

describe('an outline network', () => {
  it('is unsure of so many pixels for each of the outline', () => {
    const mask = maskOf(isGarment);
    // Of 164 pixels along the outline; a column of 64 is neither.
    const inside = Float32Array.from(mask.data, (is, i) => (is === 1 && i % width === 12 ? 0.5 : is));
    expect(unsureOf({ mask, inside })).toBeCloseTo(64 / 164);
  });
});

describe('a belt that is drawn over in part', () => {
  const mask = maskOf(isGarment);
  const waist = [
    [10, 8],
    [29, 8],
  ] as const;
  /** A belt of six rows on the left of the waist, up to `end`. */
  const alikeTo = (end: number) =>
    Float32Array.from(mask.data, (_, i) => (i % width < end && i < 14 * width ? 0.1 : 0.9));
  const drawn = Float32Array.from(mask.data);

  it('is told by the share of the waist that begins on it', () => {
    expect(tornAt({ mask, alike: alikeTo(20) }, drawn, waist)).toBe(0.5);
    expect(tornAt({ mask, alike: alikeTo(0) }, drawn, waist)).toBe(0);
  });

  it('is not where the belt is left, or where a hand is in front', () => {
    const below = drawn.map((value, i) => (i < 14 * width ? 0 : value));
    // It begins six rows farther down, more than .06 of the view's 80.
    expect(tornAt({ mask, alike: alikeTo(20) }, below, waist)).toBe(0);
    const hand = drawn.map((value, i) => (i % width < 16 && i < 30 * width ? 0 : value));
    expect(tornAt({ mask, alike: alikeTo(20) }, hand, waist)).toBeCloseTo(4 / 14);
  });
});
