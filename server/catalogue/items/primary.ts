import type { ParsedGarment } from '../../vision/contract.ts';
import type { CategoryClaim, Outside } from './claim.ts';

/** The part of an item's image that the choice depends on. `area` of a garment is in pixels of the image. */
export interface ParsedImage {
  readonly width: number;
  readonly height: number;
  readonly garments: readonly Pick<ParsedGarment, 'category' | 'area' | 'score' | 'box'>[];
}

export interface PrimaryChoice {
  /** Index of the image. */
  readonly image: number;
  /** Index of the garment within the image. */
  readonly garment: number;
}

/**
 * Chooses the garment that is for sale: one that fulfils the first claim which any garment fulfils, else any garment.
 * Among several, the largest in the earliest image, since shops show the item itself first. Null if there is no
 * garment, or if the feed says that the goods are outside the 13 categories (the trousers above a pair of shoes are not
 * for sale) and the parser is not sure of the contrary.
 */
export function choosePrimaryGarment(
  images: readonly ParsedImage[],
  claims: readonly CategoryClaim[],
): PrimaryChoice | null {
  for (const claim of claims) {
    if (claim.kind === 'outside') return sureGarment(images, claim);
    if (claim.kind === 'unknown') continue;
    const choice = largestOfEarliest(
      images,
      (category) => category !== null && claim.categories.includes(category),
    );
    if (choice) return choice;
  }
  return largestOfEarliest(images, () => true);
}

/** The least score of a garment that outweighs a word. */
const SURE = 0.9;
/** The least part of the picture that is covered by a garment shown for itself. */
const SHOWN_FOR_ITSELF = 0.2;

/**
 * A garment in the first image that outweighs the feed's word: one that the title names, too; or else the only one, shown
 * for itself. What a model wears with a bag or shoes is one of several, or cut off by the picture's edge.
 */
function sureGarment([image]: readonly ParsedImage[], { unless }: Outside): PrimaryChoice | null {
  if (!image) return null;
  const sure = image.garments.filter(({ score }) => score >= SURE);
  if (unless) {
    return largestOfEarliest(
      [image],
      (category, garment) => sure.includes(garment) && category !== null && unless.includes(category),
    );
  }
  const [only] = sure;
  if (!only || image.garments.length > 1) return null;
  const [x1, y1, x2, y2] = only.box;
  const isWhole = x1 > 1 && y1 > 1 && x2 < image.width - 1 && y2 < image.height - 1;
  return isWhole && only.area >= SHOWN_FOR_ITSELF * image.width * image.height
    ? { image: 0, garment: 0 }
    : null;
}

type Garment = ParsedImage['garments'][number];

function largestOfEarliest(
  images: readonly ParsedImage[],
  fits: (category: number | null, garment: Garment) => boolean,
): PrimaryChoice | null {
  for (const [image, { garments }] of images.entries()) {
    let best: PrimaryChoice | null = null;
    for (const [index, garment] of garments.entries()) {
      const isLarger = !best || garment.area > garments[best.garment]!.area;
      if (isLarger && fits(garment.category, garment)) best = { image, garment: index };
    }
    if (best) return best;
  }
  return null;
}
