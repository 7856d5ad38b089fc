import { FILTER_FIELDS } from './api/generated/filter-fields.ts';
import type { ItemFilter } from './api/generated/graphql.ts';
import type { Category } from './api/shapes.ts';
import { isCategory } from './categories.ts';
import { eachField, type FilterName, isSleeve } from './filter-options.ts';
import { withoutNul } from './without-nul.ts';

/** The values of a list are alternatives; an empty list does not filter. */
export interface FilterState extends Readonly<Record<FilterName, readonly string[]>> {
  /** The shop's own attributes, such as `material`. */
  attributes: Readonly<Record<string, readonly string[]>>;
  minPrice: number | null;
  maxPrice: number | null;
  inStock: boolean;
  /** Words in the title. */
  words: string;
}

export const NO_FILTER: FilterState = {
  ...eachField(() => []),
  attributes: {},
  minPrice: null,
  maxPrice: null,
  inStock: false,
  words: '',
};

/** The values with this one among them, or without it. */
export function withValue(values: readonly string[], value: string, isOn: boolean): string[] {
  const others = values.filter((other) => other !== value);
  return isOn ? [...others, value] : others;
}

export function withAttribute(
  { attributes }: FilterState,
  name: string,
  value: string,
  isOn: boolean,
): Pick<FilterState, 'attributes'> {
  const values = new Map(Object.entries(attributes)).get(name) ?? [];
  return { attributes: { ...attributes, [name]: withValue(values, value, isOn) } };
}

/** In the address: all categories, where otherwise a default would apply. */
const ANY = 'any';
/** Between an attribute's name and its value in the address. A name of the shop's own may have it, too. */
const IS = ':';
const escapeName = (name: string) => name.replace(/[%:]/g, encodeURIComponent);
const unescapeName = (name: string) => name.replace(/%25|%3a/gi, decodeURIComponent);

/** The filter in an address. If it names no category, `usual` applies. */
export function readFilter(address: URLSearchParams, usual: Category | null = null): FilterState {
  const parameters = withoutNul(address);
  const categories = parameters.getAll('category');
  return {
    ...eachField((_, parameter) => parameters.getAll(parameter)),
    sleeves: parameters.getAll('sleeve').filter(isSleeve),
    categories: categories.length > 0 ? categories.filter(isCategory) : usual ? [usual] : [],
    attributes: readAttributes(parameters.getAll('is')),
    minPrice: price(parameters.get('min')),
    maxPrice: price(parameters.get('max')),
    inStock: parameters.get('stock') === '1',
    words: parameters.get('words') ?? '',
  };
}

/** The filter as parameters of an address: null or an empty list for those that are left out. */
export function filterParameters(
  state: FilterState,
  usual: Category | null = null,
): Record<string, string | readonly string[] | null> {
  const { categories } = state;
  const asUsual = usual ? categories.length === 1 && categories[0] === usual : categories.length === 0;
  return {
    ...Object.fromEntries(FILTER_FIELDS.map(({ name, parameter }) => [parameter, state[name]])),
    category: asUsual ? null : categories.length > 0 ? categories : ANY,
    is: Object.entries(state.attributes).flatMap(([name, values]) =>
      values.map((value) => escapeName(name) + IS + value),
    ),
    min: state.minPrice?.toString() ?? null,
    max: state.maxPrice?.toString() ?? null,
    stock: state.inStock ? '1' : null,
    words: state.words,
  };
}

function readAttributes(pairs: readonly string[]): FilterState['attributes'] {
  const attributes = new Map<string, string[]>();
  for (const pair of pairs) {
    const end = pair.indexOf(IS);
    const name = unescapeName(pair.slice(0, end));
    if (end > 0) attributes.set(name, [...(attributes.get(name) ?? []), pair.slice(end + 1)]);
  }
  return Object.fromEntries(attributes);
}

function price(text: string | null): number | null {
  const value = Number(text);
  return text && Number.isFinite(value) && value >= 0 ? value : null;
}

export function toItemFilter(state: FilterState): ItemFilter {
  const attributes = Object.entries(state.attributes)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => ({ name, values: [...values] }));
  return {
    ...Object.fromEntries(
      FILTER_FIELDS.flatMap(({ name }) => (state[name].length > 0 ? [[name, [...state[name]]]] : [])),
    ),
    ...(attributes.length > 0 && { attributes }),
    ...(state.minPrice !== null && { minPrice: state.minPrice }),
    ...(state.maxPrice !== null && { maxPrice: state.maxPrice }),
    ...(state.inStock && { availability: ['IN_STOCK'] }),
    ...(state.words.trim() && { words: state.words.trim() }),
  };
}

export function isFiltering(state: FilterState): boolean {
  return Object.keys(toItemFilter(state)).length > 0;
}
