import { registerEnumType } from 'type-graphql';
import { CATEGORIES, type CategoryName } from './taxonomy.ts';

/** The enum's value is DeepFashion2's `category_id`, which is also what the database keeps: nothing is mapped. */
export enum Category {
  SHORT_SLEEVE_TOP = 1,
  LONG_SLEEVE_TOP = 2,
  SHORT_SLEEVE_OUTWEAR = 3,
  LONG_SLEEVE_OUTWEAR = 4,
  VEST = 5,
  SLING = 6,
  SHORTS = 7,
  TROUSERS = 8,
  SKIRT = 9,
  SHORT_SLEEVE_DRESS = 10,
  LONG_SLEEVE_DRESS = 11,
  VEST_DRESS = 12,
  SLING_DRESS = 13,
}

registerEnumType(Category, {
  name: 'Category',
  description: "Category of a garment: one of DeepFashion2's 13, in its order.",
  valuesConfig: {
    VEST: { description: 'A sleeveless top.' },
    SLING: { description: 'A top with thin straps.' },
    VEST_DRESS: { description: 'A sleeveless dress.' },
    SLING_DRESS: { description: 'A dress with thin straps.' },
  },
});

/** Every category id, 1 to 13. */
export const CATEGORY_IDS: readonly Category[] = CATEGORIES.map((_, index) => index + 1);

/** 'long sleeve dress' for Category.LONG_SLEEVE_DRESS. */
export function categoryName(id: Category): CategoryName {
  return CATEGORIES[id - 1]!;
}
