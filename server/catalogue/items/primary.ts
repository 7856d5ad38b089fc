import type { ParsedGarment } from '../../vision/contract.ts';
import type { CategoryClaim } from './claim.ts';

/** The part of an item's image that the choice depends on. `area` of a garment is in pixels of the image. */
export interface ParsedImage {
  readonly width: number;
  readonly height: number;
  readonly garments: readonly Pick<ParsedGarment, 'category' | 'area'>[];
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
 * garment, or if the feed says that the goods are outside the 13 categories: the trousers above a pair of shoes are not
 * for sale.
 */
export function choosePrimaryGarment(
  images: readonly ParsedImage[],
  claims: readonly CategoryClaim[],
): PrimaryChoice | null {
  for (const claim of claims) {
    if (claim.kind === 'outside') return null;
    if (claim.kind === 'unknown') continue;
    const choice = largestOfEarliest(
      images,
      (category) => category !== null && claim.categories.includes(category),
    );
    if (choice) return choice;
  }
  return largestOfEarliest(images, () => true);
}

function largestOfEarliest(
  images: readonly ParsedImage[],
  fits: (category: number | null) => boolean,
): PrimaryChoice | null {
  for (const [image, { garments }] of images.entries()) {
    let best: PrimaryChoice | null = null;
    for (const [garment, { category, area }] of garments.entries()) {
      if (fits(category) && (!best || area > garments[best.garment]!.area)) best = { image, garment };
    }
    if (best) return best;
  }
  return null;
}
