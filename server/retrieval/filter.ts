import { Field, Float, InputType } from 'type-graphql';
import { Availability } from '../availability.ts';
import { fractionDigits } from '../catalogue/feed/money.ts';
import { Category } from '../category.ts';
import { InvalidInputError } from '../errors.ts';

const MAX_VALUES = 50;
const MAX_LENGTH = 200;
/** Far above any price, and its minor units are still exact. */
const MAX_PRICE = 1e9;

@InputType({ description: 'Every given field must hold; the values of one field are alternatives.' })
export class ItemFilter {
  @Field(() => [Category], { nullable: true })
  categories?: Category[] | null;

  @Field(() => [String], { nullable: true, description: 'In any case.' })
  colors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'In any case.' })
  brands?: string[] | null;

  @Field(() => [Availability], { nullable: true })
  availability?: Availability[] | null;

  @Field(() => Float, {
    nullable: true,
    description: "What the item costs now, in major units of the shop's currency, such as 19.90.",
  })
  minPrice?: number | null;

  @Field(() => Float, { nullable: true })
  maxPrice?: number | null;
}

/** Throws InvalidInputError where a list is too long or a price is none. */
export function checkFilter(filter: ItemFilter | null | undefined): ItemFilter {
  for (const field of ['categories', 'colors', 'brands', 'availability'] as const) {
    const values = filter?.[field] ?? [];
    if (values.length > MAX_VALUES) throw invalid(field, `may have at most ${MAX_VALUES} values`);
    if (values.some((value) => typeof value === 'string' && value.length > MAX_LENGTH)) {
      throw invalid(field, `may have values of at most ${MAX_LENGTH} characters`);
    }
  }
  for (const field of ['minPrice', 'maxPrice'] as const) {
    const price = filter?.[field] ?? 0;
    if (!(price >= 0 && price <= MAX_PRICE)) throw invalid(field, `must be from 0 to ${MAX_PRICE}`);
  }
  return filter ?? {};
}

/** The filter in one spelling for each meaning, for a cursor's scope. */
export function filterKey(filter: ItemFilter): unknown[] {
  const sorted = (values: readonly (string | number)[] | null | undefined) =>
    values?.length ? values.map((value) => String(value).toLowerCase()).sort() : null;
  const { categories, colors, brands, availability, minPrice, maxPrice } = filter;
  return [
    sorted(categories),
    sorted(colors),
    sorted(brands),
    sorted(availability),
    minPrice ?? null,
    maxPrice ?? null,
  ];
}

/**
 * The filter as SQL conditions over `items i`, left joined or joined with `garments g`, the items' primary garments.
 * `bind` takes a value and returns its placeholder. The feed's word on an item's category, where it has one, stands
 * before the parser's. An empty list filters nothing.
 */
export function filterConditions(
  filter: ItemFilter,
  shopCurrency: string,
  bind: (value: unknown) => string,
): string[] {
  const { categories, colors, brands, availability, minPrice, maxPrice } = filter;
  const lower = (values: readonly string[]) => values.map((value) => value.toLowerCase());
  const minor = (price: number) => Math.round(price * 10 ** fractionDigits(shopCurrency));
  const price = 'coalesce(i.sale_price_minor, i.price_minor)';
  const conditions: string[] = [];
  if (categories?.length)
    conditions.push(`coalesce(i.feed_category, g.category) = any(${bind(categories)}::smallint[])`);
  if (colors?.length) conditions.push(`lower(i.color) = any(${bind(lower(colors))}::text[])`);
  if (brands?.length) conditions.push(`lower(i.brand) = any(${bind(lower(brands))}::text[])`);
  if (availability?.length) conditions.push(`i.availability = any(${bind(availability)}::text[])`);
  if (typeof minPrice === 'number') conditions.push(`${price} >= ${bind(minor(minPrice))}::bigint`);
  if (typeof maxPrice === 'number') conditions.push(`${price} <= ${bind(minor(maxPrice))}::bigint`);
  // Prices in another currency cannot be compared.
  if (typeof minPrice === 'number' || typeof maxPrice === 'number')
    conditions.push(`coalesce(i.currency, ${bind(shopCurrency)}) = ${bind(shopCurrency)}`);
  return conditions;
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`${field} ${what}.`, { field: `filter.${field}` });
}
