import type { Category } from './api/shapes.ts';

/** The names of the 13 categories, in DeepFashion2's order. */
export const CATEGORY_NAMES: Record<Category, string> = {
  SHORT_SLEEVE_TOP: 'Short sleeve top',
  LONG_SLEEVE_TOP: 'Long sleeve top',
  SHORT_SLEEVE_OUTWEAR: 'Short sleeve outwear',
  LONG_SLEEVE_OUTWEAR: 'Long sleeve outwear',
  VEST: 'Vest',
  SLING: 'Sling',
  SHORTS: 'Shorts',
  TROUSERS: 'Trousers',
  SKIRT: 'Skirt',
  SHORT_SLEEVE_DRESS: 'Short sleeve dress',
  LONG_SLEEVE_DRESS: 'Long sleeve dress',
  VEST_DRESS: 'Vest dress',
  SLING_DRESS: 'Sling dress',
};

export const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[];

export function isCategory(value: string | null): value is Category {
  return value !== null && Object.hasOwn(CATEGORY_NAMES, value);
}

/** The name of a garment: its category, or else how it was made. */
interface Named {
  category: Category | null;
  origin?: 'PARSED' | 'DRAWN';
}

/** `these trousers`, `this skirt`, for the middle of a sentence. */
export function thisGarment(garment: Named): string {
  const several = garment.category === 'TROUSERS' || garment.category === 'SHORTS';
  return `${several ? 'these' : 'this'} ${garmentName(garment).toLowerCase()}`;
}

/** `Trousers`; a garment without a category is a drawn region, or an image embedded whole. */
export function garmentName({ category, origin }: Named): string {
  if (category) return CATEGORY_NAMES[category];
  return origin === 'DRAWN' ? 'Drawn region' : 'Whole image';
}
