/** A photo and an item's picture in, the preview or a refusal out: the whole of it, in typed arrays. */
import type { Image, Mask, Pose } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { maskArea } from '../vision/masks/masks.ts';
import { polygonMask } from '../vision/masks/polygon.ts';
import { type Anchors, areLegsClosed } from './anchors.ts';
import { clothOf, compose, coverOf, drawnOver } from './compose.ts';
import { cutDifference } from './cut.ts';
import { makeField } from './field.ts';
import { flawsOf, isWaistCluttered, movedOf, unsureOf } from './flaws.ts';
import { findArms } from './front.ts';
import { asymmetry, refusePose } from './gate.ts';
import { matchParts } from './parts.ts';
import type { Placed } from './person.ts';
import { maskWhere } from './pixels.ts';
import { Refused } from './refusals.ts';
import { clothColours, findRemainder, leftIn, surroundings } from './remainder.ts';
import { contrastOf, darkenEdges, shadingOf } from './shade.ts';
import { evenHems, tuckWaist } from './trim.ts';
import { anchorsOf, type Cut, type Shown, type View, viewOf, type Worn } from './view.ts';

/** All in the pixels of the photo as it is drawn on. */
export interface WornInput {
  readonly photo: Image;
  readonly garment: Placed;
  readonly cut: Cut;
  readonly pose: Pose;
  /** By the outline network, on the cut: view.ts. */
  readonly fine: Float32Array;
}

export interface ItemInput {
  readonly picture: Image;
  readonly category: number;
  readonly cut: Cut;
  readonly fine: Float32Array;
}

export interface Quality {
  /** IoU of the drawn garment with the one that was found, as far as it is to be seen. */
  readonly overlap: number;
  /** Of the longest stretch of the cloth by the shortest at one place, the 95th percentile. */
  readonly stretch: number;
  /** Share of the garment found that something stands before, or that is not drawn over. */
  readonly hidden: number;
}

export interface Preview {
  readonly image: Image;
  readonly quality: Quality;
}

/** What the bending may be: plain cloth shows less of it than a print. */
const MAX_STRETCH = { plain: 2.8, print: 2.1 };
const MAX_CUT = 0.7;
/** Of the area within the worn garment's outline, what is neither drawn over nor in front: a belt, the end of a shirt. */
const MAX_GAP = 0.012;
/** Of what is drawn over, what has the colour of bare arms and lies near the pose's: a hand that the outline takes in. */
const MAX_ARMS = 0.02;
/** Beyond, patterns have colours at their outline that they do not have within: those of an item are continued, those worn are left. */
const MAX_PRINT = { worn: 0.12, item: 0.15 };
/** Pixels of which the outline network is not sure, by the length of the outline: flaws.ts. */
const MAX_UNSURE = 8.3;
/** By how much the outline may differ from the one that was found: flaws.ts. */
const MAX_MOVED = { hem: 0.4, above: 0.25, top: 0.3 };
/** Of the item's cloth, and of its top: flaws.ts. */
const MAX_FOREIGN = { all: 0.003, top: 0.04 };
const MAX_HALVES = 24;
/** By how much hems may be lowered to be even, and how uneven the waist and the whole outline may be: trim.ts. */
const MAX_LOWERED = 0.08;
const MAX_WAIST = 0.08;
const MAX_ROUGH = 0.0025;
/** Pixels of the worn cloth's colour around the drawn one, by the length of its outline. */
const MAX_LEFT = 0.2;
const PRINT = 0.11;
const MAX_UNEVEN = 2.6;
const LEAST_OVERLAP = 0.9;
/** Of the worn garment's area, what would be left beside the drawn one. */
const MAX_REMAINDER = 0.02;
/** Height of the garment in the photo by that in the item's picture: beyond, the drawn one is blurred. */
const MAX_ENLARGED = 1.6;
/** How sure it must be, by its colour, that a pixel near an arm is the garment's. */
const LIKE_CLOTH = 0.5;
/** The same by its outline, unless the colour speaks against it. */
const SURE = 0.75;
const UNLIKE_CLOTH = 0.2;
const MAX_HIDDEN = 0.12;
const LEAST_AGREEMENT = 0.9;
const MAX_ASYMMETRY = 0.3;

/** Throws Refused. */
export function prepareWorn(input: WornInput): Worn {
  const { photo, garment, pose } = input;
  const refusal = refusePose(pose, garment);
  if (refusal) throw new Refused(refusal);
  const view = viewOf(input.cut, input.fine);
  if (view.agreement < LEAST_AGREEMENT)
    throw new Refused('GARMENT_UNCLEAR', `agreement ${view.agreement.toFixed(2)}`);
  const anchors = anchorsOf(view, garment.category);
  if (!anchors) throw new Refused('GARMENT_UNCLEAR', 'anchors');
  if (areLegsClosed(anchors.at)) throw new Refused('GARMENT_UNCLEAR', 'legs');
  const unsure = unsureOf(view);
  if (unsure > MAX_UNSURE) throw new Refused('GARMENT_UNCLEAR', `unsure ${unsure.toFixed(1)}`);
  const print = contrastOf(view.image, view.inside);
  if (print > MAX_PRINT.worn) throw new Refused('GARMENT_UNCLEAR', `print ${print.toFixed(2)}`);
  const arms = armsOver(input, view);
  const even = evenHems(view, anchors);
  if (even.lowered > MAX_LOWERED) throw new Refused('GARMENT_UNCLEAR', `lowered ${even.lowered.toFixed(3)}`);
  if (even.waist > MAX_WAIST) throw new Refused('GARMENT_HIDDEN', `waist ${even.waist.toFixed(3)}`);
  if (even.rough > MAX_ROUGH) throw new Refused('GARMENT_UNCLEAR', `rough ${even.rough.toFixed(4)}`);
  const worn = coverWorn({
    photo,
    view: even.view,
    anchors: even.anchors,
    front: frontOf(input, view, arms),
  });
  const over = shareUnder(worn.drawn, arms);
  if (over > MAX_ARMS) throw new Refused('GARMENT_HIDDEN', `arms ${over.toFixed(3)}`);
  return worn;
}

/** Of what is drawn over, the share where `arms` is 1. */
function shareUnder(drawn: Float32Array, arms: Uint8Array): number {
  let [under, all] = [0, 0];
  for (let i = 0; i < drawn.length; i++) {
    const cover = coverOf(drawn[i]!);
    all += cover;
    if (arms[i] === 1) under += cover;
  }
  return under / Math.max(1, all);
}

/** With what does not depend on the item. Throws Refused. */
export function coverWorn(worn: Pick<Worn, 'photo' | 'view' | 'anchors' | 'front'>): Worn {
  const { view, front } = worn;
  const drawn = drawnOver(view, front);
  const data = maskWhere(drawn, (probability) => coverOf(probability) > 0.5);
  const { above, hem, top } = movedOf({ found: view.found, mask: { ...view.found, data } }, front);
  if (above > MAX_MOVED.above) throw new Refused('GARMENT_UNCLEAR', `moved ${above.toFixed(2)}`);
  // A bag or a pullover, which would be drawn over.
  if (top > MAX_MOVED.top) throw new Refused('GARMENT_HIDDEN', `top ${top.toFixed(2)}`);
  // Cuffs turned up, which would be seen below the drawn hems.
  if (hem > MAX_MOVED.hem) throw new Refused('REMAINDER', `hem ${hem.toFixed(2)}`);
  const gap = gapIn(worn.anchors, view, drawn);
  if (gap > MAX_GAP) throw new Refused('GARMENT_HIDDEN', `gap ${gap.toFixed(3)}`);
  const cover = drawn.map((value) => coverOf(value));
  const { share, area } = findRemainder(view, cover, front);
  if (area > MAX_REMAINDER) throw new Refused('REMAINDER', `area ${area.toFixed(3)}`);
  return {
    ...worn,
    drawn,
    rest: share,
    around: surroundings(view, cover),
    cloth: clothColours(view, drawn),
    shade: darkenEdges(shadingOf(view.image, view.inside), cover, view.image),
  };
}

/** Share of the garment's outline that is not drawn over. */
function gapIn({ outline }: Anchors, { image: { width, height } }: View, drawn: Float32Array): number {
  const within = polygonMask(outline, { width, height });
  let gap = 0;
  for (let i = 0; i < drawn.length; i++) if (within.data[i] === 1 && coverOf(drawn[i]!) <= 0.5) gap++;
  return gap / Math.max(1, maskArea(within));
}

/** Throws Refused. */
export function prepareItem({ picture, cut, category, fine }: ItemInput): Shown {
  const view = viewOf(cut, fine);
  const refuse = (detail: string) => new Refused('ITEM_PICTURE_UNSUITABLE', detail);
  if (view.agreement < LEAST_AGREEMENT) throw refuse(`agreement ${view.agreement.toFixed(2)}`);
  const anchors = anchorsOf(view, category);
  if (!anchors) throw refuse('anchors');
  // Folded in half, or one leg on the other.
  if (areLegsClosed(anchors.at)) throw refuse('legs');
  if (isLopsided(view)) throw refuse('asymmetry');
  const tucked = tuckWaist(anchors);
  // What is tucked under is not drawn.
  const seen = { ...view, mask: polygonMask(tucked.outline, view.image) };
  const { foreign, top, halves } = flawsOf(seen);
  if (foreign > MAX_FOREIGN.all) throw refuse(`foreign ${foreign.toFixed(3)}`);
  if (top > MAX_FOREIGN.top) throw refuse(`top ${top.toFixed(3)}`);
  if (halves > MAX_HALVES) throw refuse(`halves ${halves.toFixed(0)}`);
  if (isWaistCluttered(seen)) throw refuse('waist');
  const contrast = contrastOf(view.image, view.inside);
  if (contrast > MAX_PRINT.item) throw refuse(`print ${contrast.toFixed(2)}`);
  return { view, anchors: tucked, contrast, ...clothOf(picture, { view, anchors }) };
}

/** Throws Refused. */
export function drawPreview(worn: Worn, item: Shown): Preview {
  const { view, front } = worn;
  const enlarged = heightOf(view) / heightOf(item.view);
  if (enlarged > MAX_ENLARGED)
    throw new Refused('ITEM_PICTURE_UNSUITABLE', `enlarged ${enlarged.toFixed(1)}`);
  const cut = cutDifference(view.mask, item.view.mask);
  if (cut > MAX_CUT) throw new Refused('CUT_DIFFERS', `cut ${cut.toFixed(2)}`);
  const parts = matchParts(worn.anchors, item.anchors);
  const { field, bend, drawn } = bendTo(parts, view.image);
  if (bend.folds > 0) throw new Refused('CUT_DIFFERS', `folds ${bend.folds}`);
  const most = MAX_STRETCH[item.contrast > PRINT ? 'print' : 'plain'];
  if (bend.ratio > most || bend.evenness > MAX_UNEVEN) {
    throw new Refused('CUT_DIFFERS', `stretch ${bend.ratio.toFixed(2)} ${bend.evenness.toFixed(2)}`);
  }
  const { overlap, hidden } = compareMasks(drawn, view.found, front);
  if (hidden > MAX_HIDDEN) throw new Refused('GARMENT_HIDDEN', hidden.toFixed(2));
  if (overlap < LEAST_OVERLAP) throw new Refused('REMAINDER', `overlap ${overlap.toFixed(2)}`);
  const image = compose(worn, item, field);
  const left = leftIn(image, worn);
  if (left > MAX_LEFT) throw new Refused('REMAINDER', `left ${left.toFixed(2)}`);
  return { image, quality: { overlap, stretch: bend.ratio, hidden } };
}

function heightOf({ box: [, y1, , y2] }: View): number {
  return y2 - y1;
}

function bendTo(
  parts: ReturnType<typeof matchParts>,
  { width, height }: Image,
): ReturnType<typeof makeField> {
  try {
    return makeField(parts, width, height);
  } catch (error) {
    if (error instanceof RangeError) throw new Refused('CUT_DIFFERS', 'flat');
    throw error;
  }
}

function isLopsided({ mask }: View): boolean {
  const { x1, x2 } = maskBounds(mask);
  return asymmetry(mask, (x1 + x2 - 1) / 2) > MAX_ASYMMETRY;
}

/** Bare arms and hands, wherever the pose has them, at the view's size: front.ts. */
function armsOver({ photo, pose }: WornInput, { box, image }: View): Uint8Array {
  const scale = image.width / (box[2] - box[0]);
  const moved: Pose = {
    ...pose,
    points: pose.points.map((value, i) =>
      i % 4 === 0 ? (value - box[0]) * scale : i % 4 === 1 ? (value - box[1]) * scale : value,
    ),
  };
  // The face lies outside of the view, and its colour is taken from the photo.
  return findArms(image, moved, photo, pose);
}

/** What stands before the garment, at its view's size: arms that are not its cloth, and other garments where this one is not seen. */
function frontOf({ cut }: WornInput, { alike, inside, found }: View, arms: Uint8Array): Uint8Array {
  return arms.map((arm, i) => {
    const isCloth = alike[i]! > LIKE_CLOTH || (alike[i]! > UNLIKE_CLOTH && inside[i]! > SURE);
    return (arm === 1 && !isCloth) || (cut.others.data[i] === 1 && found.data[i] === 0) ? 1 : 0;
  });
}

function compareMasks(drawn: Mask, found: Mask, front: Uint8Array): { overlap: number; hidden: number } {
  let [both, either, covered] = [0, 0, 0];
  for (let i = 0; i < front.length; i++) {
    const isDrawn = drawn.data[i] === 1 && front[i] === 0;
    if (found.data[i] === 1 && front[i] === 1) covered++;
    if (isDrawn && found.data[i] === 1) both++;
    if (isDrawn || (found.data[i] === 1 && front[i] === 0)) either++;
  }
  return { overlap: either === 0 ? 0 : both / either, hidden: covered / Math.max(1, maskArea(found)) };
}
