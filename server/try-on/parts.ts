/** The parts of a garment that are bent each by itself, and which of their points belong together. */
import type { Point } from '../vision/contract.ts';
import type { AnchorName, Anchors, Kind } from './anchors.ts';
import { arc, between, lengthOf, resample } from './geometry.ts';

/** A way along the outline between two anchors, or a seam straight through the garment. */
type Step = readonly [from: AnchorName, to: AnchorName, 'outline' | 'seam'];

const TORSO: readonly Step[] = [
  ['neckLeft', 'neckRight', 'outline'],
  ['neckRight', 'shoulderRight', 'outline'],
  ['shoulderRight', 'armpitRight', 'seam'],
  ['armpitRight', 'hemRight', 'outline'],
  ['hemRight', 'hemLeft', 'outline'],
  ['hemLeft', 'armpitLeft', 'outline'],
  ['armpitLeft', 'shoulderLeft', 'seam'],
  ['shoulderLeft', 'neckLeft', 'outline'],
];

const STEPS: Readonly<Record<Kind, readonly (readonly Step[])[]>> = {
  skirt: [
    [
      ['waistLeft', 'waistRight', 'outline'],
      ['waistRight', 'hemRight', 'outline'],
      ['hemRight', 'hemLeft', 'outline'],
      ['hemLeft', 'waistLeft', 'outline'],
    ],
  ],
  legs: [
    [
      ['waistLeft', 'waist', 'outline'],
      ['waist', 'crotch', 'seam'],
      ['crotch', 'hemInnerLeft', 'outline'],
      ['hemInnerLeft', 'hemLeft', 'outline'],
      ['hemLeft', 'waistLeft', 'outline'],
    ],
    [
      ['waist', 'waistRight', 'outline'],
      ['waistRight', 'hemRight', 'outline'],
      ['hemRight', 'hemInnerRight', 'outline'],
      ['hemInnerRight', 'crotch', 'outline'],
      ['crotch', 'waist', 'seam'],
    ],
  ],
  sleeveless: [
    [
      ['neckLeft', 'neckRight', 'outline'],
      ['neckRight', 'shoulderRight', 'outline'],
      ['shoulderRight', 'armpitRight', 'outline'],
      ['armpitRight', 'hemRight', 'outline'],
      ['hemRight', 'hemLeft', 'outline'],
      ['hemLeft', 'armpitLeft', 'outline'],
      ['armpitLeft', 'shoulderLeft', 'outline'],
      ['shoulderLeft', 'neckLeft', 'outline'],
    ],
  ],
  sleeved: [
    TORSO,
    [
      ['shoulderLeft', 'armpitLeft', 'seam'],
      ['armpitLeft', 'cuffInnerLeft', 'outline'],
      ['cuffInnerLeft', 'cuffOuterLeft', 'outline'],
      ['cuffOuterLeft', 'shoulderLeft', 'outline'],
    ],
    [
      ['shoulderRight', 'cuffOuterRight', 'outline'],
      ['cuffOuterRight', 'cuffInnerRight', 'outline'],
      ['cuffInnerRight', 'armpitRight', 'outline'],
      ['armpitRight', 'shoulderRight', 'seam'],
    ],
  ],
};

/** A part: its border on the worn garment, and for each of these points the one on the item's picture. */
export interface Part {
  readonly worn: readonly Point[];
  readonly item: readonly Point[];
}

/** Points on a part's border, about. */
const POINTS = 56;

/** The parts of two garments of one kind. */
export function matchParts(worn: Anchors, item: Anchors): Part[] {
  const [wornPlaces, itemPlaces] = [placesOf(worn, item), placesOf(item, worn)];
  return STEPS[worn.kind].map((steps) => {
    const lines = steps.map(
      (step) => [lineOf(worn, wornPlaces, step), lineOf(item, itemPlaces, step)] as const,
    );
    const total = lines.reduce((sum, [line]) => sum + lengthOf(line), 0);
    const [ofWorn, ofItem]: [Point[], Point[]] = [[], []];
    for (const [a, b] of lines) {
      // What is not to be seen, an armpit behind a hanging arm, has no points.
      if (lengthOf(a) < 0.015 * total) continue;
      const count = Math.max(3, Math.round((POINTS * lengthOf(a)) / total) + 1);
      // The last point is the first of the next line.
      ofWorn.push(...resample(a, count).slice(0, -1));
      ofItem.push(...resample(b, count).slice(0, -1));
    }
    return { worn: ofWorn, item: ofItem };
  });
}

type Places = (name: AnchorName) => Point;

/** Where the trunk of trousers ends, as a share of the way from waist to hem, if neither of two shows it. */
const USUAL_RISE = 0.4;

/** Where the anchors are; if the legs show no gap, its top lies as far down the middle as the other's. */
function placesOf(of: Anchors, other: Anchors): Places {
  return (name) => {
    const index = of.at[name];
    if (index !== undefined) return of.outline[index]!;
    return between(placeAt(of, 'waist'), placeAt(of, 'hemInnerLeft'), riseOf(other) ?? USUAL_RISE);
  };
}

function riseOf(anchors: Anchors): number | null {
  if (anchors.at.crotch === undefined) return null;
  const [waist, crotch] = [placeAt(anchors, 'waist'), placeAt(anchors, 'crotch')];
  const hem = (placeAt(anchors, 'hemInnerLeft')[1] + placeAt(anchors, 'hemInnerRight')[1]) / 2;
  return Math.min(0.9, Math.max(0.1, (crotch[1] - waist[1]) / Math.max(1, hem - waist[1])));
}

function placeAt({ outline, at }: Anchors, name: AnchorName): Point {
  return outline[at[name]!]!;
}

function lineOf({ outline, at }: Anchors, places: Places, [from, to, how]: Step): Point[] {
  const [a, b] = [at[from], at[to]];
  if (how === 'outline' && a !== undefined && b !== undefined) return arc(outline, a, b);
  return Array.from({ length: 9 }, (_, i) => between(places(from), places(to), i / 8));
}
