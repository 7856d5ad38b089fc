import fc from 'fast-check';
import type { ItemFilter } from '../../server/catalogue/items/filter.ts';
import type { Queryable } from '../../server/db/database.ts';
import { Availability } from '../../server/vocabulary/availability.ts';
import type { ColourName } from '../../server/vocabulary/taxonomy.ts';
import { insertItem, type MadeItem, makeGarment, priceNow, TEST_MODEL } from './factories.ts';

/** Random catalogues and filters of few values, so that a filter often meets some items and seldom all. */
const COLOURS: readonly ColourName[] = ['red', 'blue', 'navy'];
const SHOWN = ['Red', 'blue', 'BLUE', 'Écru', 'Bordeaux/Blue', 'Größte Vielfalt'];
const SIZES = ['XS', 'm', 'M', '38'];
const GENDERS = ['female', 'Unisex'];
const BRANDS = ['Acme', 'ACME', 'Birch', "O'Neill \\ Co"];
const WORDS = ['red', 'Midi', 'skirt', 'T-shirt', "Men's", 'plissé', '501'];
const MATERIALS = ['Linen', 'wool', 'WOOL', "cow's hide"];
const SEASONS = ['summer', 'winter'];

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>, nil: null) => fc.option(arbitrary, { nil });

/**
 * Unit vectors of 16 numbers ±1/4 in the first 20 dimensions: their products are exact in single precision, so that
 * distances can be told in advance to the last bit, and many are equal.
 */
export const vectorArbitrary: fc.Arbitrary<Float32Array> = fc
  .tuple(
    fc.shuffledSubarray([...Array(20).keys()], { minLength: 16, maxLength: 16 }),
    fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  )
  .map(([dimensions, signs]) => {
    const vector = new Float32Array(256);
    for (const [i, d] of dimensions.entries()) vector[d] = signs[i] ? 0.25 : -0.25;
    return vector;
  });

const anyItem: fc.Arbitrary<Omit<MadeItem, 'id'>> = fc.record({
  title: fc.array(oneOf(WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  state: oneOf(['ready', 'ready', 'ready', 'ready', 'ready', 'pending'] as const),
  priceMinor: maybe(
    fc.integer({ min: 10, max: 50 }).map((n) => n * 100),
    null,
  ),
  salePriceMinor: maybe(
    fc.integer({ min: 5, max: 20 }).map((n) => n * 100),
    null,
  ),
  // In the past, now, in the future, and without bounds.
  saleFrom: oneOf([undefined, undefined, -3, -2, 2]),
  saleUntil: oneOf([undefined, undefined, -1, 3]),
  currency: oneOf(['EUR', 'EUR', 'EUR', 'USD']),
  availability: oneOf(Object.values(Availability)),
  brand: maybe(oneOf(BRANDS), null),
  color: maybe(oneOf(SHOWN), null),
  size: maybe(oneOf(SIZES), null),
  gender: maybe(oneOf(GENDERS), null),
  feedCategory: maybe(fc.integer({ min: 8, max: 10 }), null),
  itemGroupId: maybe(oneOf(['g1', 'g2', 'g3', 'g4', 'g5', 'g6']), null),
  attributes: fc.record(
    { material: oneOf(MATERIALS), season: oneOf(SEASONS) },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, string>>,
  sha256: fc.constant('ab'.repeat(32)),
  embeddingModel: oneOf([TEST_MODEL, TEST_MODEL, TEST_MODEL, TEST_MODEL, 'another-model']),
  garments: fc
    .tuple(vectorArbitrary, fc.integer({ min: 8, max: 10 }), maybe(oneOf(COLOURS), null), vectorArbitrary)
    .map(([embedding, category, colour, other]) => [
      makeGarment({ embedding, category, colour }),
      makeGarment({ embedding: other }),
    ]),
});

/** As an import leaves them: a sale price is below the price. */
export const itemArbitrary: fc.Arbitrary<Omit<MadeItem, 'id'>> = anyItem.map((item) =>
  (item.salePriceMinor ?? 0) < (item.priceMinor ?? Number.POSITIVE_INFINITY)
    ? item
    : { ...item, salePriceMinor: null },
);

/** So that most filters have one or two fields, and meet something. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

export const filterArbitrary: fc.Arbitrary<ItemFilter> = fc.record({
  categories: seldom(fc.subarray([8, 9, 10, 11])),
  colors: seldom(fc.subarray(['RED', 'blue', 'navy', 'white', 'Écru', 'grosste vielfalt', 'none'])),
  brands: seldom(fc.subarray(['acme', 'BIRCH', "o'neill \\ co", 'none'])),
  sizes: seldom(fc.subarray(['xs', 'M', 'none'])),
  genders: seldom(fc.subarray(['FEMALE', 'unisex'])),
  availability: seldom(fc.subarray(Object.values(Availability))),
  minPrice: seldom(fc.integer({ min: 5, max: 30 })),
  maxPrice: seldom(fc.integer({ min: 10, max: 50 })),
  attributes: seldom(
    fc.array(
      fc.oneof(
        fc.record({ name: fc.constant('Material'), values: fc.subarray(['linen', 'WOOL', "Cow's hide"]) }),
        fc.record({ name: fc.constant('season'), values: fc.subarray(['Summer', 'winter']) }),
      ),
      { maxLength: 2 },
    ),
  ),
  words: seldom(
    fc
      .tuple(
        fc.subarray(['RED', 'midi', "men's", '501'], { maxLength: 2 }),
        oneOf(['', 'sk', 't-shirt', 'PLISSÉ', 'n', '5']),
      )
      .map(([words, last]) => [...words, last].join(' ')),
  ),
});

/** Prices in major units of euros, with two digits. */
export function passes(item: MadeItem, filter: ItemFilter): boolean {
  const among = (value: string | null, values: readonly string[] | null | undefined) =>
    !values?.length || values.some((one) => one.toLowerCase() === value?.toLowerCase());
  const [garment] = item.garments;
  const price = priceNow(item);
  const asksPrice = (filter.minPrice ?? filter.maxPrice ?? null) !== null;
  return (
    (!filter.categories?.length || filter.categories.includes(item.feedCategory ?? garment!.category!)) &&
    hasColour(item, filter.colors) &&
    among(item.brand, filter.brands) &&
    among(item.size, filter.sizes) &&
    among(item.gender, filter.genders) &&
    among(item.availability, filter.availability) &&
    (filter.attributes ?? []).every(({ name, values }) =>
      among(item.attributes[name.toLowerCase()] ?? null, values),
    ) &&
    hasWords(item.title, filter.words ?? '') &&
    (!asksPrice ||
      (price !== null &&
        item.currency === 'EUR' &&
        price >= 100 * (filter.minPrice ?? 0) &&
        price <= 100 * (filter.maxPrice ?? Number.POSITIVE_INFINITY)))
  );
}

/** The keys of an item's colours, by hand. */
export function coloursOf({ color, garments }: Omit<MadeItem, 'id'>): string[] {
  const keys: Record<string, string[]> = {
    Écru: ['white'],
    'Bordeaux/Blue': ['red', 'blue'],
    'Größte Vielfalt': [color!],
  };
  const colour = color ?? garments[0]!.colour;
  return colour === null || colour === undefined ? [] : (keys[colour] ?? [colour.toLowerCase()]);
}

function hasColour(item: MadeItem, asked: readonly string[] | null | undefined): boolean {
  const meant: Record<string, string> = { Écru: 'white', 'grosste vielfalt': 'Größte Vielfalt', RED: 'red' };
  return !asked?.length || asked.some((one) => coloursOf(item).includes(meant[one] ?? one));
}

/** A title's words with their parts: "T-shirt" is found as t-shirt, t and shirt. */
function hasWords(title: string, asked: string): boolean {
  const words = title.toLowerCase().split(' ');
  const parts = words.flatMap((word) => [word, ...word.split(/[-']/)]);
  const wanted = asked.toLowerCase().split(' ').filter(Boolean);
  return wanted.every((word, i) =>
    i === wanted.length - 1 ? parts.some((part) => part.startsWith(word)) : parts.includes(word),
  );
}

export async function insertItems(tx: Queryable, shopId: string, items: readonly MadeItem[]): Promise<void> {
  for (const item of items) await insertItem(tx, shopId, item);
}
