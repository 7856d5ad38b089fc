import type { ParsedGarment } from '../../vision/contract.ts';
import type { CategoryClaim } from './claim.ts';

/** An item's image as far as the choice needs it. `area` of a garment is in the image's pixels. */
export interface ParsedImage {
  readonly width: number;
  readonly height: number;
  readonly garments: readonly Pick<ParsedGarment, 'category' | 'area'>[];
}

export interface PrimaryChoice {
  /** Index of the image. */
  readonly image: number;
  /** Index of the garment among the image's. */
  readonly garment: number;
}

/**
 * Which garment is for sale: the first claim that a garment fulfils decides, else size alone. Among several, the
 * earliest image's largest: shops put the item itself first. Null where there is no garment, or where the feed says
 * that the goods are outside of the 13 categories: the trousers above a pair of shoes are not for sale.
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
