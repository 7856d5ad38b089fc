import { describe, expect, it } from 'vitest';
import { type AnchorName, type Anchors, findAnchors, type Kind } from '../../../../server/try-on/anchors.ts';
import { outlineOf } from '../../../../server/try-on/geometry.ts';
import { evenHems, tuckWaist } from '../../../../server/try-on/trim.ts';
import { cutOf, type View, viewOf } from '../../../../server/try-on/view.ts';
import type { Point } from '../../../../server/vision/contract.ts';
import { polygonMask } from '../../../../server/vision/masks/polygon.ts';

const SIZE = { width: 220, height: 260 };
const SKIRT: Point[] = [
  [80, 20],
  [140, 20],
  [180, 220],
  [40, 220],
];
const TROUSERS: Point[] = [
  [70, 20],
  [150, 20],
  [170, 240],
  [125, 240],
  [110, 100],
  [95, 240],
  [50, 240],
];

function anchorsOf(kind: Kind, polygon: Point[]): Anchors {
  const found = findAnchors(kind, outlineOf(polygonMask(polygon, SIZE), 5));
  if (!found) throw new Error('no anchors');
  return found;
}

/** The view of a garment in a plain picture, with its anchors. */
function seen(kind: Kind, polygon: Point[]): { view: View; anchors: Anchors } {
  const mask = polygonMask(polygon, SIZE);
  const data = new Uint8Array(SIZE.width * SIZE.height * 3).map((_, i) =>
    mask.data[Math.floor(i / 3)] === 1 ? 40 : 200,
  );
  const cut = cutOf({ ...SIZE, data }, mask);
  const view = viewOf(cut, new Float32Array(cut.found.data));
  const anchors = findAnchors(kind, outlineOf(view.mask, 5));
  if (!anchors) throw new Error('no anchors');
  return { view, anchors };
}

const placeOf = ({ outline, at }: Anchors, name: AnchorName) => outline[at[name]!]!;

describe('tuckWaist', () => {
  it.each([
    ['skirt', SKIRT],
    ['legs', TROUSERS],
  ] as const)('begins a %s below its waist and leaves the rest where it was', (kind, polygon) => {
    const whole = anchorsOf(kind, polygon);
    const tucked = tuckWaist(whole);
    const [from, to] = [placeOf(whole, 'waistLeft'), placeOf(tucked, 'waistLeft')];
    const width = placeOf(whole, 'waistRight')[0] - from[0];
    expect(to[1] - from[1]).toBeGreaterThan(0.16 * width);
    expect(to[1] - from[1]).toBeLessThan(0.22 * width);
    expect(Math.min(...tucked.outline.map(([, y]) => y))).toBeGreaterThan(from[1] + 0.16 * width);
    for (const name of Object.keys(whole.at) as AnchorName[])
      if (!name.startsWith('waist')) expect(placeOf(tucked, name)).toEqual(placeOf(whole, name));
    const middle = placeOf(tucked, 'waistLeft')[0] + placeOf(tucked, 'waistRight')[0];
    const gap = kind === 'legs' ? placeOf(tucked, 'waist')[0] - middle / 2 : 0;
    expect(Math.abs(gap)).toBeLessThan(2);
  });
});

describe('evenHems', () => {
  /** Where the mask ends, by column. */
  const endOf = ({ mask: { width, height, data } }: View, x: number) => {
    let y = height - 1;
    while (y > 0 && data[y * width + x] === 0) y--;
    return y;
  };

  it('leaves an even hem and waist', () => {
    const { view, anchors } = seen('skirt', SKIRT);
    const even = evenHems(view, anchors);
    expect(even.lowered).toBeLessThan(0.03);
    expect(even.waist).toBeLessThan(0.04);
    const middle = Math.round(view.mask.width / 2);
    expect(Math.abs(endOf(even.view, middle) - endOf(view, middle))).toBeLessThan(4);
  });

  it('ends a hem at its corners, which smoothing has rounded', () => {
    const { view, anchors } = seen('skirt', SKIRT);
    const even = evenHems(view, anchors);
    const { box, image } = view;
    const scale = image.width / (box[2] - box[0]);
    for (const [name, [x, y]] of [
      ['hemRight', SKIRT[2]!],
      ['hemLeft', SKIRT[3]!],
    ] as const) {
      const [u, v] = placeOf(even.anchors, name);
      expect(Math.abs(u - (x - box[0]) * scale), name).toBeLessThan(0.6);
      expect(Math.abs(v - (y - box[1]) * scale), name).toBeLessThan(0.6);
    }
  });

  it('draws a hem with a step along a curve below all of it', () => {
    const stepped: Point[] = [...SKIRT.slice(0, 3), [110, 220], [110, 205], [43, 205]];
    const { view, anchors } = seen('skirt', stepped);
    const even = evenHems(view, anchors);
    expect(even.lowered).toBeGreaterThan(0.03);
    const { width } = view.mask;
    const columns = Array.from({ length: 30 }, (_, i) => Math.round(width * (0.3 + (0.4 * i) / 29)));
    const steps = (of: View) =>
      columns.slice(1).map((x, i) => Math.abs(endOf(of, x) - endOf(of, columns[i]!)));
    expect(Math.max(...steps(view))).toBeGreaterThan(8);
    expect(Math.max(...steps(even.view))).toBeLessThan(4);
    for (const x of columns) expect(endOf(even.view, x)).toBeGreaterThanOrEqual(endOf(view, x));
    expect(view.mask.data.every((value, i) => value <= even.view.mask.data[i]!)).toBe(true);
  });

  it('tells a waist that runs around something', () => {
    const around: Point[] = [[80, 20], [95, 20], [95, 38], [118, 38], [118, 20], ...SKIRT.slice(1)];
    const { view, anchors } = seen('skirt', around);
    expect(evenHems(view, anchors).waist).toBeGreaterThan(0.1);
  });

  it('tells a bag beside a leg, but not legs of which one ends higher', () => {
    const bag: Point[] = [
      [62, 112],
      [50, 107],
      [51, 60],
      [66, 60],
    ];
    const higher: Point[] = [...TROUSERS.slice(0, 5), [97, 222], [52, 222]];
    const steppedOf = (polygon: Point[]) => {
      const { view, anchors } = seen('legs', polygon);
      return evenHems(view, anchors).stepped;
    };
    // Below the bag the side goes inwards by 12 pixels of 220.
    expect(steppedOf([...TROUSERS, ...bag])).toBeGreaterThan(0.04);
    expect(steppedOf(TROUSERS)).toBeLessThan(0.01);
    expect(steppedOf(higher)).toBeLessThan(0.01);
  });

  it('tells a jagged outline', () => {
    const jagged: Point[] = [...SKIRT.slice(0, 2)];
    for (let i = 1; i < 20; i++) jagged.push([140 + 2 * i + (i % 2 === 0 ? 0 : 9), 20 + 10 * i]);
    jagged.push(...SKIRT.slice(2));
    const [plain, rough] = [SKIRT, jagged].map((polygon) => {
      const { view, anchors } = seen('skirt', polygon);
      return evenHems(view, anchors).rough;
    });
    expect(rough!).toBeGreaterThan(1.2 * plain!);
  });
});
