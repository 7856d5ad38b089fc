import type { Facets, Shop } from './api/shapes.ts';
import { CATEGORIES, CATEGORY_NAMES } from './categories.ts';

/** A value that a filter offers. */
export interface Choice {
  value: string;
  label: string;
  /** How many items it would leave; null where that is not known. */
  count: number | null;
}

/** What the filters offer. */
export interface FilterOptions {
  categories: readonly Choice[];
  colors: readonly Choice[];
  brands: readonly Choice[];
  attributes: readonly { name: string; choices: readonly Choice[] }[];
}

/** All that the shop has, without counts where the shop says none. */
export function shopOptions(shop: Shop | undefined): FilterOptions {
  const uncounted = (value: string): Choice => ({ value, label: value, count: null });
  const categories = shop?.categories ?? CATEGORIES.map((category) => ({ category, count: null }));
  return {
    categories: categories.map(({ category, count }) => ({
      value: category,
      label: CATEGORY_NAMES[category],
      count,
    })),
    colors: (shop?.colors ?? []).map(uncounted),
    brands: (shop?.brands ?? []).map(uncounted),
    attributes: [],
  };
}

/** What a search found, counted. */
export function facetOptions({ categories, colors, brands, attributes }: Facets): FilterOptions {
  const counted = ({ value, count }: { value: string; count: number }): Choice => ({
    value,
    label: value,
    count,
  });
  return {
    categories: categories.map(({ value, count }) => ({ value, label: CATEGORY_NAMES[value], count })),
    colors: colors.map(counted),
    brands: brands.map(counted),
    attributes: attributes.map(({ name, values }) => ({ name, choices: values.map(counted) })),
  };
}
