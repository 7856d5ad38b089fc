import { Category } from './category.ts';

/** A place in an outfit that every shop has. */
export interface BuiltInSlot {
  readonly name: 'outerwear' | 'top' | 'bottom' | 'dress';
  readonly label: string;
  readonly categories: readonly Category[];
}

/** In the order in which they are shown. The generated column `items.slot` has the same categories. */
export const BUILT_IN_SLOTS: readonly BuiltInSlot[] = [
  {
    name: 'outerwear',
    label: 'Outerwear',
    categories: [Category.SHORT_SLEEVE_OUTWEAR, Category.LONG_SLEEVE_OUTWEAR],
  },
  {
    name: 'top',
    label: 'Top',
    categories: [Category.SHORT_SLEEVE_TOP, Category.LONG_SLEEVE_TOP, Category.VEST, Category.SLING],
  },
  { name: 'bottom', label: 'Bottom', categories: [Category.SHORTS, Category.TROUSERS, Category.SKIRT] },
  {
    name: 'dress',
    label: 'Dress',
    categories: [
      Category.SHORT_SLEEVE_DRESS,
      Category.LONG_SLEEVE_DRESS,
      Category.VEST_DRESS,
      Category.SLING_DRESS,
    ],
  },
];

export function isBuiltInSlot(name: string): boolean {
  return BUILT_IN_SLOTS.some((slot) => slot.name === name);
}
