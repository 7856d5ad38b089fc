import { describe, expect, it } from 'vitest';
import { coverWorn, drawPreview, prepareItem } from '../../../../server/try-on/preview.ts';
import { Refused } from '../../../../server/try-on/refusals.ts';
import { findRemainder, surroundings } from '../../../../server/try-on/remainder.ts';
import { contrastOf, shadingOf } from '../../../../server/try-on/shade.ts';
import { anchorsOf, type Cut, cutOf, type View, viewOf, type Worn } from '../../../../server/try-on/view.ts';
import type { Image, Mask, Point } from '../../../../server/vision/contract.ts';
import { polygonMask } from '../../../../server/vision/masks/polygon.ts';

type Colour = readonly [number, number, number];
const GREY: Colour = [150, 150, 150];
const RED: Colour = [200, 40, 40];
const BLUE: Colour = [40, 60, 200];
const TROUSERS = 8;

/** Trousers with a gap of `gap` pixels between the hems, `scale` times as large as 220 × 260 pixels. */
function legs(gap: number, scale = 1): Point[] {
  const points: Point[] = [
    [70, 20],
    [150, 20],
    [170, 240],
    [110 + gap / 2, 240],
    [110, gap === 0 ? 240 : 100],
    [110 - gap / 2, 240],
    [50, 240],
  ];
  return points.map(([x, y]): Point => [x * scale, y * scale]);
}

function paint(width: number, height: number, colourAt: (x: number, y: number) => Colour): Image {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set(colourAt(i % width, Math.floor(i / width)), i * 3);
  return { width, height, data };
}

/** As a network would that agrees with the mask. */
function fineOf({ found }: Cut): Float32Array {
  return new Float32Array(found.data);
}

function seen(photo: Image, mask: Mask): View {
  const cut = cutOf(photo, mask);
  return viewOf(cut, fineOf(cut));
}

type Dye = (x: number, y: number) => Colour;

function garment(polygon: Point[], dye: Dye, scale = 1): { picture: Image; mask: Mask } {
  const [width, height] = [220 * scale, 260 * scale];
  const mask = polygonMask(polygon, { width, height });
  const picture = paint(width, height, (x, y) => (mask.data[y * width + x] === 1 ? dye(x, y) : GREY));
  return { picture, mask };
}

function wear(polygon: Point[], dye: Dye = () => BLUE): Worn {
  const { picture: photo, mask } = garment(polygon, dye);
  const view = seen(photo, mask);
  const front = new Uint8Array(view.image.width * view.image.height);
  return coverWorn({ photo, view, anchors: anchorsOf(view, TROUSERS)!, front, lowered: 0 });
}

function show(polygon: Point[], scale = 1, dye: Dye = () => RED) {
  const { picture, mask } = garment(polygon, dye, scale);
  const cut = cutOf(picture, mask);
  return prepareItem({ picture, cut, fine: fineOf(cut), category: TROUSERS });
}

function refusalOf(task: () => unknown): string | null {
  try {
    task();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
}

describe('a preview', () => {
  it.each([
    ['with a gap between the legs', 30],
    ['with legs that hang together', 0],
  ])('has the item\u2019s colours on the worn garment, %s, and the photo\u2019s around it', (_, gap) => {
    const { image, quality } = drawPreview(wear(legs(gap)), show(legs(30)));
    const at = (x: number, y: number) => [...image.data.subarray((y * 220 + x) * 3, (y * 220 + x) * 3 + 3)];
    for (const [x, y] of [
      [110, 60],
      [70, 200],
      [150, 200],
    ] as const) {
      const [r, , b] = at(x, y);
      expect(r! - b!, `at ${x}, ${y}`).toBeGreaterThan(100);
    }
    expect(at(20, 130)).toEqual([...GREY]);
    expect(quality.overlap).toBeGreaterThan(0.95);
    // Nothing of the worn one is left.
    const blue = Array.from({ length: 220 * 260 }, (_, i) => image.data[i * 3 + 2]! - image.data[i * 3]!);
    expect(blue.filter((difference) => difference > 60).length).toBeLessThan(20);
  });

  it('is refused for an item\u2019s picture that would have to be enlarged, or whose legs lie together', () => {
    expect(refusalOf(() => drawPreview(wear(legs(30)), show(legs(30, 0.5), 0.5)))).toBe(
      'ITEM_PICTURE_UNSUITABLE',
    );
    expect(refusalOf(() => show(legs(0)))).toBe('ITEM_PICTURE_UNSUITABLE');
  });

  it('is refused where somebody would most likely find it wrong, as with pale cloth', () => {
    const pale = show(legs(30), 1, () => [225, 220, 210]);
    expect(refusalOf(() => drawPreview(wear(legs(30)), pale))).toBe('WOULD_LOOK_WRONG');
  });

  it('is refused where cuffs, turned up, would be left below the drawn hems', () => {
    const { picture: photo, mask } = garment(legs(30), () => BLUE);
    const cut = cutOf(photo, mask);
    const { width, height } = cut.image;
    const fine = fineOf(cut);
    fine.fill(0, Math.round(height * 0.86) * width);
    const view = viewOf(cut, fine);
    const front = new Uint8Array(width * height);
    expect(
      refusalOf(() => coverWorn({ photo, view, anchors: anchorsOf(view, TROUSERS)!, front, lowered: 0 })),
    ).toBe('REMAINDER');
  });

  it('is refused where the outline would run over what hangs before the waist', () => {
    // A bag that the parser leaves out and the outline network takes in.
    const { picture: photo, mask } = garment(legs(30), () => BLUE);
    const cut = cutOf(photo, mask);
    const { width } = cut.image;
    const fine = fineOf(cut);
    // The waist's ends lie at 41 and 120 of the cut's columns.
    for (let y = 20; y < 40; y++) for (const x of [22, 112]) fine.fill(1, y * width + x, y * width + x + 28);
    const view = viewOf(cut, fine);
    const front = new Uint8Array(view.image.width * view.image.height);
    const anchors = anchorsOf(view, TROUSERS)!;
    expect(refusalOf(() => coverWorn({ photo, view, anchors, front, lowered: 0 }))).toBe('GARMENT_HIDDEN');
  });

  it('is refused for an item whose legs have two colours, or in which the background is seen', () => {
    const halves: Dye = (x) => (x < 110 ? RED : [120, 40, 110]);
    expect(refusalOf(() => show(legs(30), 1, halves))).toBe('ITEM_PICTURE_UNSUITABLE');
    const hole: Dye = (x, y) => (Math.hypot(x - 110, y - 60) < 12 ? GREY : RED);
    expect(refusalOf(() => show(legs(30), 1, hole))).toBe('ITEM_PICTURE_UNSUITABLE');
  });
});

describe('what is left of the worn garment', () => {
  const [width, height] = [40, 40];
  const isWorn = (i: number) => i % width >= 10 && i % width < 30 && i >= 10 * width && i < 30 * width;
  const found = { width, height, data: Uint8Array.from({ length: 1600 }, (_, i) => Number(isWorn(i))) };
  const image = paint(width, height, (x, y) => (isWorn(y * width + x) ? BLUE : RED));
  const plane = Float32Array.from(found.data);
  const view: View = {
    box: [0, 0, width, height],
    image,
    found,
    inside: plane,
    alike: plane,
    mask: found,
    agreement: 1,
  };
  // Two of its twenty columns are not drawn over.
  const cover = plane.map((p, i) => (i % width < 28 ? p : 0));

  it('is what is not drawn over; a rim around what is takes the colours beyond', () => {
    const front = new Uint8Array(1600);
    const remainder = findRemainder(view, plane, front);
    expect(remainder.area).toBe(0);
    const [rim, within, beyond] = [20 * width + 30, 20 * width + 20, 20 * width + 34];
    expect(remainder.share[rim]).toBeGreaterThan(0.9);
    expect(remainder.share[within]).toBe(1);
    expect(remainder.share[beyond]).toBe(0);
    expect(findRemainder(view, cover, front).area).toBeCloseTo(0.1);
    const around = surroundings(view, plane);
    for (const at of [rim, within]) expect([...around.data.subarray(at * 3, at * 3 + 3)]).toEqual([...RED]);
  });

  it('is not what stands before it', () => {
    const front = Uint8Array.from(cover, (share) => (share === 0 ? 1 : 0));
    expect(findRemainder(view, cover, front).area).toBe(0);
  });

  it('is counted where the parser alone says that it is there', () => {
    const other = { ...view, alike: plane.map(() => 0.5) };
    // Of the two columns one lies a pixel from the outline, as 18 of its 20 pixels do.
    expect(findRemainder(other, cover, new Uint8Array(1600)).area).toBeCloseTo(18 / 400);
  });
});

describe('the light of the worn garment', () => {
  const [width, height] = [80, 80];
  const inside = new Float32Array(width * height).fill(1);
  const spread = (image: Image) => {
    const shade = shadingOf(image, inside);
    return Math.max(...shade) - Math.min(...shade);
  };

  it('is carried over from plain cloth, less from a large print', () => {
    const lit = paint(width, height, (x) => (x < 40 ? [60, 60, 90] : [120, 120, 180]));
    const print = paint(width, height, (x) => (x < 40 ? [20, 40, 150] : [230, 100, 40]));
    expect(spread(lit)).toBeGreaterThan(0.3);
    expect(spread(print)).toBeLessThan(0.5 * spread(lit));
  });

  it('tells plain cloth from a print', () => {
    const print = paint(width, height, (x, y) => ((x >> 2) % 2 === (y >> 2) % 2 ? GREY : [30, 30, 30]));
    expect(
      contrastOf(
        paint(width, height, () => GREY),
        inside,
      ),
    ).toBeLessThan(0.01);
    expect(contrastOf(print, inside)).toBeGreaterThan(0.2);
  });
});
