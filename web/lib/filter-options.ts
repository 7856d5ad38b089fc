import { FILTER_FIELDS } from './api/generated/filter-fields.ts';
import type { Sleeve } from './api/generated/graphql.ts';
import type { Facets, Shop } from './api/shapes.ts';
import { CATEGORIES, isCategory } from './categories.ts';
import type { en } from './i18n/messages/en.ts';
import { asSentence, sayColour, sayGarment, sayPattern } from './i18n/say.ts';
import type { Words } from './i18n/words.ts';

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
export function shopOptions(words: Words, shop: Shop | undefined): FilterOptions {
  const fields = shop ? toChoices(words, shop.facets) : eachField((name) => choicesOfNoShop(words, name));
  return { fields, attributes: [] };
}

/** The values in a search's results, with counts. */
export function facetOptions(words: Words, facets: Facets): FilterOptions {
  const attributes = facets.attributes
    .filter(({ name }) => !HAVE_FIELDS.includes(name))
    .map(({ name, values }) => ({ name, choices: values.map(toChoice) }));
  return { fields: toChoices(words, facets), attributes };
}

/** Columns of the feed whose values a filter of its own offers. */
const HAVE_FIELDS = ['pattern', 'sleeve', 'sleeves', 'sleeve_length', 'sleeve_type'];

/** An object with an entry for each filter. */
export function eachField<T>(make: (name: FilterName, parameter: string) => T): Record<FilterName, T> {
  const fields = FILTER_FIELDS.map(({ name, parameter }) => [name, make(name, parameter)]);
  return Object.fromEntries(fields) as Record<FilterName, T>;
}

function choicesOfNoShop(words: Words, name: FilterName): Choice[] {
  if (name !== 'categories') return [];
  return CATEGORIES.map((value) => ({ value, label: labelOf(words, name, value), count: null }));
}

function toChoices(words: Words, counted: Counted): FilterOptions['fields'] {
  return eachField((name) =>
    counted[name].map(({ value, count }) => ({ value, label: labelOf(words, name, value), count })),
  );
}

function toChoice({ value, count }: { value: string; count: number }): Choice {
  return { value, label: value, count };
}

/** What the shop wrote, unless it is one of the words that every shop has. */
function labelOf(words: Words, name: FilterName, value: string): string {
  if (name === 'categories' && isCategory(value)) return sayGarment(words, { category: value });
  if (name === 'genders') return sayGender(words, value);
  if (name === 'ageGroups') return sayAge(words, value);
  if (name === 'sleeves') return saySleeve(words, value);
  if (name !== 'colors' && name !== 'patterns') return value;
  const said = name === 'colors' ? sayColour(words, value) : sayPattern(words, value);
  return said === value ? value : asSentence(words, said);
}

const GENDERS = ['female', 'male', 'unisex'] as const satisfies readonly (keyof typeof en.filters.gender)[];
const AGES = [
  'newborn',
  'infant',
  'toddler',
  'kids',
  'adult',
] as const satisfies readonly (keyof typeof en.filters.age)[];

export function sayGender({ t }: Words, value: string): string {
  const known = GENDERS.find((one) => one === value);
  return known ? t(`filters.gender.${known}`) : value;
}

export function sayAge({ t }: Words, value: string): string {
  const known = AGES.find((one) => one === value);
  return known ? t(`filters.age.${known}`) : value;
}

const SLEEVES = {
  SHORT: 'short',
  LONG: 'long',
  SLEEVELESS: 'sleeveless',
  STRAPS: 'straps',
} as const satisfies Record<Sleeve, keyof typeof en.filters.sleeve>;

export const isSleeve = (value: string): value is Sleeve => Object.hasOwn(SLEEVES, value);

function saySleeve({ t }: Words, value: string): string {
  return isSleeve(value) ? t(`filters.sleeve.${SLEEVES[value]}`) : value;
}
