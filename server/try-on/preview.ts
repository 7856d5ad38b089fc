/** A photo and an item's picture in, the preview or a refusal out: the whole of it, in typed arrays. */
import type { Image, Mask, Pose } from '../vision/contract.ts';
import { maskBounds } from '../vision/masks/bounds.ts';
import { maskArea } from '../vision/masks/masks.ts';
import { polygonMask } from '../vision/masks/polygon.ts';
import { type Anchors, areLegsClosed } from './anchors.ts';
import { clothOf, compose, coverOf } from './compose.ts';
import { cutDifference, legsWidened } from './cut.ts';
import { drawnOver } from './drawn.ts';
import { makeField } from './field.ts';
import { flawsOf, isWaistCluttered, movedOf, tornAt, unsureOf } from './flaws.ts';
import { findArms } from './front.ts';
import { asymmetry, refusePose } from './gate.ts';
import { LIMITS, type Limits } from './limits.ts';
import { matchParts } from './parts.ts';
import type { Placed } from './person.ts';
import { maskWhere } from './pixels.ts';
import { Refused } from './refusals.ts';
import { clothColours, findRemainder, leftIn, surroundings } from './remainder.ts';
import { contrastOf, darkenEdges, shadingOf } from './shade.ts';
import { evenHems, tuckWaist } from './trim.ts';
import { type Figures, lightOf, verdictOn } from './verdict.ts';
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
  /** By which it was found fit to be shown. */
  readonly figures: Figures;
}

/** An item's contrast beyond which its cloth is patterned. */
const PRINT = 0.11;
/** How sure it must be, by its colour, that a pixel near an arm is the garment's. */
const LIKE_CLOTH = 0.5;
/** The same by its outline, unless the colour speaks against it. */
const SURE = 0.75;
const UNLIKE_CLOTH = 0.2;

/** Throws Refused. */
export function prepareWorn(input: WornInput, limits: Limits = LIMITS): Worn {
  const most = limits.worn;
  const { photo, garment, pose } = input;
  const refusal = refusePose(pose, garment);
  if (refusal) throw new Refused(refusal);
  const view = viewOf(input.cut, input.fine);
  if (view.agreement < most.agreement)
    throw new Refused('GARMENT_UNCLEAR', `agreement ${view.agreement.toFixed(2)}`);
  const anchors = anchorsOf(view, garment.category);
  if (!anchors) throw new Refused('GARMENT_UNCLEAR', 'anchors');
  if (areLegsClosed(anchors.at)) throw new Refused('GARMENT_UNCLEAR', 'legs');
  const unsure = unsureOf(view);
  if (unsure > most.unsure) throw new Refused('GARMENT_UNCLEAR', `unsure ${unsure.toFixed(1)}`);
  const print = contrastOf(view.image, view.inside);
  if (print > most.print) throw new Refused('GARMENT_UNCLEAR', `print ${print.toFixed(2)}`);
  const arms = armsOver(input, view);
  const even = evenHems(view, anchors);
  if (even.lowered > most.lowered) throw new Refused('GARMENT_UNCLEAR', `lowered ${even.lowered.toFixed(3)}`);
  if (even.waist > most.waist) throw new Refused('GARMENT_HIDDEN', `waist ${even.waist.toFixed(3)}`);
  if (even.rough > most.rough) throw new Refused('GARMENT_UNCLEAR', `rough ${even.rough.toFixed(4)}`);
  if (even.stepped > most.stepped) throw new Refused('GARMENT_HIDDEN', `stepped ${even.stepped.toFixed(3)}`);
  const front = frontOf(input, view, arms);
  const { lowered, anchors: evened } = even;
  const worn = coverWorn({ photo, view: even.view, anchors: evened, front, lowered }, limits);
  const over = shareUnder(worn.drawn, arms);
  if (over > most.arms) throw new Refused('GARMENT_HIDDEN', `arms ${over.toFixed(3)}`);
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
export function coverWorn(
  worn: Pick<Worn, 'photo' | 'view' | 'anchors' | 'front' | 'lowered'>,
  { worn: most }: Limits = LIMITS,
): Worn {
  const { view, front } = worn;
  const { drawn, seen } = drawnOver(view, worn.anchors, front);
  const data = maskWhere(seen, (probability) => coverOf(probability) > 0.5);
  const { above, hem, top } = movedOf({ found: view.found, mask: { ...view.found, data } }, front);
  if (above > most.moved.above) throw new Refused('GARMENT_UNCLEAR', `moved ${above.toFixed(2)}`);
  // A bag or a pullover, which would be drawn over.
  if (top > most.moved.top) throw new Refused('GARMENT_HIDDEN', `top ${top.toFixed(2)}`);
  // Cuffs turned up, which would be seen below the drawn hems.
  if (hem > most.moved.hem) throw new Refused('REMAINDER', `hem ${hem.toFixed(2)}`);
  const gap = gapIn(worn.anchors, view, seen);
  if (gap > most.gap) throw new Refused('GARMENT_HIDDEN', `gap ${gap.toFixed(3)}`);
  const torn = tornIn(worn.anchors, view, drawn);
  if (torn > most.torn) throw new Refused('GARMENT_HIDDEN', `torn ${torn.toFixed(2)}`);
  const cover = drawn.map((value) => coverOf(value));
  const { share, area } = findRemainder(view, cover, front);
  if (area > most.remainder) throw new Refused('REMAINDER', `area ${area.toFixed(3)}`);
  return {
    ...worn,
    drawn,
    rest: share,
    around: surroundings(view, cover),
    cloth: clothColours(view, drawn),
    shade: darkenEdges(shadingOf(view.image, view.inside), cover, view.image),
    patchiness: lightOf(view.image, data).spread,
  };
}

function tornIn({ outline, at }: Anchors, view: View, drawn: Float32Array): number {
  const [left, right] = [at.waistLeft, at.waistRight];
  if (left === undefined || right === undefined) return 0;
  return tornAt(view, drawn, [outline[left]!, outline[right]!]);
}

/** Share of the garment's outline that is not drawn over. */
function gapIn({ outline }: Anchors, { image: { width, height } }: View, drawn: Float32Array): number {
  const within = polygonMask(outline, { width, height });
  let gap = 0;
  for (let i = 0; i < drawn.length; i++) if (within.data[i] === 1 && coverOf(drawn[i]!) <= 0.5) gap++;
  return gap / Math.max(1, maskArea(within));
}

/** Throws Refused. */
export function prepareItem(
  { picture, cut, category, fine }: ItemInput,
  { item: most }: Limits = LIMITS,
): Shown {
  const view = viewOf(cut, fine);
  const refuse = (detail: string) => new Refused('ITEM_PICTURE_UNSUITABLE', detail);
  if (view.agreement < most.agreement) throw refuse(`agreement ${view.agreement.toFixed(2)}`);
  const anchors = anchorsOf(view, category);
  if (!anchors) throw refuse('anchors');
  // Folded in half, or one leg on the other.
  if (areLegsClosed(anchors.at)) throw refuse('legs');
  if (lopsidedness(view) > most.asymmetry) throw refuse('asymmetry');
  const tucked = tuckWaist(anchors);
  // What is tucked under is not drawn.
  const seen = { ...view, mask: polygonMask(tucked.outline, view.image) };
  const { foreign, top, halves } = flawsOf(seen);
  if (foreign > most.foreign.all) throw refuse(`foreign ${foreign.toFixed(3)}`);
  if (top > most.foreign.top) throw refuse(`top ${top.toFixed(3)}`);
  if (halves > most.halves) throw refuse(`halves ${halves.toFixed(0)}`);
  if (isWaistCluttered(seen)) throw refuse('waist');
  const contrast = contrastOf(view.image, view.inside);
  if (contrast > most.print) throw refuse(`print ${contrast.toFixed(2)}`);
  const { mean: brightness } = lightOf(view.image, seen.mask.data);
  return { view, anchors: tucked, contrast, brightness, ...clothOf(picture, { view, anchors }) };
}

/** Throws Refused. */
export function drawPreview(worn: Worn, item: Shown, { pair: most }: Limits = LIMITS): Preview {
  const { view, front } = worn;
  const enlarged = heightOf(view) / heightOf(item.view);
  if (enlarged > most.enlarged)
    throw new Refused('ITEM_PICTURE_UNSUITABLE', `enlarged ${enlarged.toFixed(1)}`);
  const cut = cutDifference(view.mask, item.view.mask);
  if (cut > most.cut) throw new Refused('CUT_DIFFERS', `cut ${cut.toFixed(2)}`);
  const widened = legsWidened(
    { mask: view.mask, anchors: worn.anchors },
    { mask: item.view.mask, anchors: item.anchors },
  );
  if (widened !== null && widened > most.widened)
    throw new Refused('CUT_DIFFERS', `widened ${widened.toFixed(2)}`);
  const parts = matchParts(worn.anchors, item.anchors);
  const { field, bend, drawn } = bendTo(parts, view.image);
  if (bend.folds > 0) throw new Refused('CUT_DIFFERS', `folds ${bend.folds}`);
  const stretch = most.stretch[item.contrast > PRINT ? 'print' : 'plain'];
  if (bend.ratio > stretch || bend.evenness > most.uneven) {
    throw new Refused('CUT_DIFFERS', `stretch ${bend.ratio.toFixed(2)} ${bend.evenness.toFixed(2)}`);
  }
  const { overlap, hidden } = compareMasks(drawn, view.found, front);
  if (hidden > most.hidden) throw new Refused('GARMENT_HIDDEN', hidden.toFixed(2));
  if (overlap < most.overlap) throw new Refused('REMAINDER', `overlap ${overlap.toFixed(2)}`);
  const image = compose(worn, item, field);
  const left = leftIn(image, worn);
  if (left > most.left) throw new Refused('REMAINDER', `left ${left.toFixed(2)}`);
  const figures = { brightness: item.brightness, patchiness: worn.patchiness, lowered: worn.lowered, left };
  const verdict = verdictOn(figures);
  const least = worn.anchors.kind === 'skirt' ? most.verdict.skirt : most.verdict.legs;
  if (verdict < least) throw new Refused('WOULD_LOOK_WRONG', verdict.toFixed(2));
  return { image, quality: { overlap, stretch: bend.ratio, hidden }, figures };
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

function lopsidedness({ mask }: View): number {
  const { x1, x2 } = maskBounds(mask);
  return asymmetry(mask, (x1 + x2 - 1) / 2);
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
