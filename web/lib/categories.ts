import type { Category } from './api/shapes.ts';

/** The English names of the 13 categories, in DeepFashion2's order. */
export const CATEGORY_NAMES = {
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
} as const satisfies Record<Category, string>;

export const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[];

export function isCategory(value: string | null): value is Category {
  return value !== null && Object.hasOwn(CATEGORY_NAMES, value);
}

/** In the studio's English: `Trousers`. A garment without a category is an image embedded whole. */
export function garmentName({ category }: { category: Category | null }): string {
  return category ? CATEGORY_NAMES[category] : 'Whole image';
}
