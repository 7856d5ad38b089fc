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
  return STEPS[worn.kind].map((steps) => {
    const lines = steps.map((step) => [lineOf(worn, step), lineOf(item, step)] as const);
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

function lineOf({ outline, at }: Anchors, [from, to, how]: Step): Point[] {
  const [a, b] = [at[from]!, at[to]!];
  if (how === 'outline') return arc(outline, a, b);
  return Array.from({ length: 9 }, (_, i) => between(outline[a]!, outline[b]!, i / 8));
}
