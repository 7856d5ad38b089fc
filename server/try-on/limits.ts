/** Beyond which there is no preview. The measures are in flaws.ts, trim.ts, cut.ts, field.ts, remainder.ts and verdict.ts. */
export const LIMITS = {
  worn: {
    /** IoU of the outline network's mask with the parser's, at the least. */
    agreement: 0.9,
    /** Pixels of which the outline network is not sure, by the length of the outline. */
    unsure: 11,
    /** Patterns have colours at their outline that they do not have within, which would be left. */
    print: 0.16,
    /** By how much hems may be lowered to be even, and how uneven the waist, the whole outline and its sides may be. */
    lowered: 0.08,
    waist: 0.08,
    rough: 0.0035,
    stepped: 0.035,
    /** By how much the outline may differ from the one that was found. */
    moved: { hem: 0.4, above: 0.25, top: 0.4 },
    /** Of the area within the outline, what is neither drawn over nor in front: a belt, the end of a shirt. */
    gap: 0.012,
    /** Of the waist's columns, those where what is drawn begins on another colour: a belt drawn over in part. */
    torn: 0.25,
    /** Of its area, what would be left beside the drawn one. */
    remainder: 0.02,
    /** Of what is drawn over, what has the colour of bare arms and lies near the pose's: a hand that the outline takes in. */
    arms: 0.02,
  },
  item: {
    agreement: 0.9,
    asymmetry: 0.3,
    /** Of its cloth, and of its top, what has the colour of what is around it. */
    foreign: { all: 0.003, top: 0.04 },
    halves: 32,
    /** Colours are continued beyond the outline, but not a pattern. */
    print: 0.15,
  },
  pair: {
    /** Height of the garment in the photo by that in the item's picture: beyond, the drawn one is blurred. */
    enlarged: 1.6,
    cut: 0.8,
    /** Legs that are anywhere wider than the item's lying flat make it baggy or flared. */
    widened: 0,
    /** What the bending may be: plain cloth shows less of it than a print. */
    stretch: { plain: 3.1, print: 2.5 },
    uneven: 2.9,
    hidden: 0.12,
    /** IoU, at the least. */
    overlap: 0.9,
    /** Pixels of the worn cloth's colour around the drawn one, by the length of its outline. */
    left: 0.2,
    /** How likely it must be that somebody finds the preview fit to be shown. Of skirts the verdict knows less: more is asked. */
    verdict: { legs: 0.4, skirt: 0.6 },
  },
};
export type Limits = typeof LIMITS;
