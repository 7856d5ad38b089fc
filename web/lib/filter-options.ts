import { FILTER_FIELDS } from './api/generated/filter-fields.ts';
import type { Facets, Shop } from './api/shapes.ts';
import { CATEGORIES, CATEGORY_NAMES } from './categories.ts';

/** A filter with values to choose from. */
export type FilterName = (typeof FILTER_FIELDS)[number]['name'];

/** A value that a filter offers. */
export interface Choice {
  value: string;
  label: string;
  /** The number of items it would leave; null if unknown. */
  count: number | null;
}

/** The values that the filters offer. */
export interface FilterOptions {
  fields: Readonly<Record<FilterName, readonly Choice[]>>;
  attributes: readonly { name: string; choices: readonly Choice[] }[];
}

type Counted = Pick<Shop['facets'], FilterName>;

/** All values that the shop has; only the categories until they are known. */
export function shopOptions(shop: Shop | undefined): FilterOptions {
  return { fields: shop ? toChoices(shop.facets) : eachField(choicesOfNoShop), attributes: [] };
}

/** The values in a search's results, with counts. */
export function facetOptions(facets: Facets): FilterOptions {
  const attributes = facets.attributes.map(({ name, values }) => ({ name, choices: values.map(toChoice) }));
  return { fields: toChoices(facets), attributes };
}

/** An object with an entry for each filter. */
export function eachField<T>(make: (name: FilterName, parameter: string) => T): Record<FilterName, T> {
  const fields = FILTER_FIELDS.map(({ name, parameter }) => [name, make(name, parameter)]);
  return Object.fromEntries(fields) as Record<FilterName, T>;
}

function choicesOfNoShop(name: FilterName): Choice[] {
  if (name !== 'categories') return [];
  return CATEGORIES.map((value) => ({ value, label: CATEGORY_NAMES[value], count: null }));
}

function toChoices(counted: Counted): FilterOptions['fields'] {
  return eachField((name) =>
    name === 'categories'
      ? counted.categories.map(({ value, count }) => ({ value, label: CATEGORY_NAMES[value], count }))
      : counted[name].map(toChoice),
  );
}

function toChoice({ value, count }: { value: string; count: number }): Choice {
  return { value, label: value, count };
}
