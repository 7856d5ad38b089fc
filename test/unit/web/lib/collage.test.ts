import { describe, expect, it } from 'vitest';
import { CANVAS, type Layer, layOut, type Place } from '../../../../web/lib/collage.ts';

const outer: Layer = { slot: 'outerwear', category: 'LONG_SLEEVE_OUTWEAR', aspect: 0.8 };
const top: Layer = { slot: 'top', category: 'SHORT_SLEEVE_TOP', aspect: 1 };
const bottom: Layer = { slot: 'bottom', category: 'TROUSERS', aspect: 0.45 };
const dress: Layer = { slot: 'dress', category: 'VEST_DRESS', aspect: 0.5 };
const bag: Layer = { slot: 'bags', category: null, aspect: 1 };
const shoes: Layer = { slot: 'shoes', category: null, aspect: 1.6 };

function placesOf<K extends string>(layers: Record<K, Layer>): Record<K, Place> {
  const places = layOut(Object.values(layers));
  return Object.fromEntries(Object.keys(layers).map((name, index) => [name, places[index]!])) as Record<
    K,
    Place
  >;
}

const right = ({ left, width }: Place) => left + width;
const foot = ({ top, height }: Place) => top + height;
const middle = ({ left, width }: Place) => left + width / 2;

describe('layOut', () => {
  it('puts a top over a bottom, both in the middle, and the hem of the one over the waist of the other', () => {
    const { top: upper, bottom: lower } = placesOf({ top, bottom });
    expect(middle(upper)).toBeCloseTo(50, 1);
    expect(middle(lower)).toBeCloseTo(50, 1);
    expect(lower.top).toBeGreaterThan(upper.top);
    expect(lower.top).toBeLessThan(foot(upper));
    expect(upper.depth).toBeGreaterThan(lower.depth);
  });

  it('puts the outer layer over one side of the top, which stays visible', () => {
    const { outer: over, top: under, bottom: lower } = placesOf({ outer, top, bottom });
    expect(over.depth).toBeGreaterThan(under.depth);
    expect(over.left).toBeLessThan(under.left);
    const covered = (right(over) - under.left) / under.width;
    expect(covered).toBeGreaterThan(0.1);
    expect(covered).toBeLessThan(0.5);
    expect(lower.depth).toBeLessThan(under.depth);
  });

  it('keeps the shapes of the pictures', () => {
    for (const [layer, place] of [outer, top, bottom].map(
      (one, index) => [one, layOut([outer, top, bottom])[index]!] as const,
    )) {
      const shape = (place.width * CANVAS.width) / (place.height * CANVAS.height);
      expect(shape).toBeCloseTo(layer.aspect, 2);
    }
  });

  it('puts shoes at the foot and a bag higher up, beside the garments', () => {
    const places = placesOf({ dress, bag, shoes });
    expect(foot(places.shoes)).toBeCloseTo(foot(places.dress), 1);
    expect(places.bag.top).toBeLessThan(places.shoes.top);
    expect(places.shoes.left).toBeGreaterThanOrEqual(right(places.dress));
    expect(places.bag.left).toBeGreaterThanOrEqual(right(places.dress));
  });

  it.each([
    ['one garment', [top]],
    ['a dress with a coat', [outer, dress]],
    ['a coat without a top', [outer, bottom]],
    ['everything', [outer, top, bottom, bag, shoes]],
    ['accessories alone', [bag, shoes]],
    [
      'odd shapes',
      [
        { ...top, aspect: 9 },
        { ...bottom, aspect: 0.01 },
      ],
    ],
  ])('keeps %s within the collage', (_, layers) => {
    for (const place of layOut(layers)) {
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.top).toBeGreaterThanOrEqual(0);
      expect(right(place)).toBeLessThanOrEqual(100);
      expect(foot(place)).toBeLessThanOrEqual(100);
    }
  });

  it('lays out nothing', () => {
    expect(layOut([])).toEqual([]);
  });
});
