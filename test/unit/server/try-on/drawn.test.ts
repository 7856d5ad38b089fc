import { describe, expect, it } from 'vitest';
import { findAnchors } from '../../../../server/try-on/anchors.ts';
import { coverOf } from '../../../../server/try-on/compose.ts';
import { drawnOver } from '../../../../server/try-on/drawn.ts';
import { outlineOf } from '../../../../server/try-on/geometry.ts';
import { evenHems } from '../../../../server/try-on/trim.ts';
import type { View } from '../../../../server/try-on/view.ts';
import type { Point } from '../../../../server/vision/contract.ts';
import { polygonMask } from '../../../../server/vision/masks/polygon.ts';

const SIZE = { width: 160, height: 240 };
const HEM = 220;
const TROUSERS: Point[] = [
  [40, 20],
  [120, 20],
  [125, HEM],
  [90, HEM],
  [80, 100],
  [70, HEM],
  [35, HEM],
];

/** Trousers whose outline network leaves out what `isOut` holds for. */
function draw(isOut: (x: number, y: number) => boolean, front = new Uint8Array(SIZE.width * SIZE.height)) {
  const mask = polygonMask(TROUSERS, SIZE);
  for (let i = 0; i < mask.data.length; i++)
    if (isOut(i % SIZE.width, Math.floor(i / SIZE.width))) mask.data[i] = 0;
  const anchors = findAnchors('legs', outlineOf(mask, 5));
  if (!anchors) throw new Error('no anchors');
  const data = new Uint8Array(mask.data.length * 3);
  const inside = new Float32Array(mask.data);
  const view: View = {
    box: [0, 0, 160, 240],
    image: { ...SIZE, data },
    found: mask,
    inside,
    alike: inside,
    mask,
    agreement: 1,
  };
  const even = evenHems(view, anchors);
  const { drawn, seen } = drawnOver(even.view, even.anchors, front);
  return {
    drawn: (x: number, y: number) => coverOf(drawn[y * SIZE.width + x]!),
    seen: (x: number, y: number) => coverOf(seen[y * SIZE.width + x]!),
  };
}

describe('drawnOver', () => {
  // A seam that is taken for a gap.
  const isSlit = (x: number, y: number) => x >= 77 && x < 83 && y >= 70 && y < 84;

  it('draws cloth over a small hole where legs meet, which is still told as not seen', () => {
    const { drawn, seen } = draw(isSlit);
    expect(seen(80, 77)).toBe(0);
    for (let y = 68; y < 86; y++) expect(drawn(80, y), `at ${y}`).toBeGreaterThan(0.9);
    // The gap below stays.
    expect(drawn(80, 160)).toBe(0);
  });

  it('leaves what stands before the garment, and what is seen beside it', () => {
    const front = new Uint8Array(SIZE.width * SIZE.height);
    for (let y = 70; y < 84; y++) front.fill(1, y * SIZE.width + 77, y * SIZE.width + 80);
    const { drawn } = draw(isSlit, front);
    for (const x of [78, 81]) expect(drawn(x, 77)).toBeCloseTo(0);
  });

  it('draws hems up to their corners, and not below', () => {
    const { drawn, seen } = draw(() => false);
    for (const x of [36, 68, 91, 123]) {
      expect(drawn(x, HEM - 2), `at ${x}`).toBeGreaterThan(0.9);
      expect(drawn(x, HEM + 3), `below ${x}`).toBeLessThan(0.1);
    }
    expect(drawn(80, HEM - 2)).toBe(0);
    expect(drawn(31, HEM - 2)).toBe(0);
    expect(seen(36, HEM - 1)).toBeLessThan(drawn(36, HEM - 1));
  });
});
