import { countValues, type ValueRow } from '../catalogue/items/count-values.sql.ts';
import { mostFrequent, toCountedValues } from '../catalogue/items/counted-values.ts';
import type { ItemFilter } from '../catalogue/items/filter.ts';
import type { CountedValues } from '../catalogue/items/filter-fields.ts';
import type { Queryable, ShopDatabase } from '../db/database.ts';
import { fractionDigits } from '../vocabulary/money.ts';
import { findPriceRange } from './facets.sql.ts';
import type { NearestQuery } from './nearest/query.ts';
import { findNearestItems } from './nearest/search.ts';

/** How many of the nearest matches are counted. */
export const COUNTED = 1_000;
const MAX_ATTRIBUTES = 20;

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface Facets extends CountedValues {
  readonly attributes: readonly { readonly name: string; readonly values: readonly FacetValue[] }[];
  /** In major units of the shop's currency; null where no match has a price in it. */
  readonly price: { readonly min: number; readonly max: number } | null;
  readonly counted: number;
  readonly approximate: boolean;
}

export interface MatchCount {
  readonly count: number;
  /** Whether there are more matches than were counted. */
  readonly approximate: boolean;
}

/** Counts over all pages of a search. Each is read when first asked for. */
export interface MatchCounts {
  facets(): Promise<Facets>;
  matchCount(): Promise<MatchCount>;
}

type Search = Omit<NearestQuery, 'limit' | 'after' | 'part'>;

/** `search` is null if there is no vector to search with. */
export function makeCounts(
  { db, shopId }: { db: ShopDatabase; shopId: string },
  search: Search | null,
): MatchCounts {
  const read = <T>(count: (tx: Queryable, base: Counted) => Promise<T>) =>
    db.inShop(shopId, async (tx) => count(tx, search ? await nearest(tx, search) : NONE));
  let facets: Promise<Facets> | undefined;
  return {
    facets() {
      facets ??= read((tx, base) => countFacets(tx, search, base));
      return facets;
    },
    async matchCount() {
      const { counted, approximate } = facets
        ? await facets
        : await read(async (_, { ids, more }) => ({ counted: ids.length, approximate: more }));
      return { count: counted, approximate };
    },
  };
}

interface Counted {
  readonly ids: readonly string[];
  readonly more: boolean;
}

const NONE: Counted = { ids: [], more: false };

async function nearest(db: Queryable, search: Search): Promise<Counted> {
  const found = await findNearestItems(db, { ...search, limit: COUNTED + 1 });
  return { ids: found.slice(0, COUNTED).map(({ itemId }) => itemId), more: found.length > COUNTED };
}

/** Counts each facet without its own filter, so that the alternatives to a chosen value are counted too. */
async function countFacets(db: Queryable, search: Search | null, base: Counted): Promise<Facets> {
  let approximate = base.more;
  const filter = search?.filter ?? {};
  const widened = async (chosen: boolean, without: ItemFilter): Promise<readonly string[] | null> => {
    if (!search || !chosen) return null;
    const { ids, more } = await nearest(db, { ...search, filter: { ...filter, ...without } });
    approximate ||= more;
    return ids;
  };
  const shopId = search?.shopId ?? '';
  const rows = base.ids.length > 0 ? await countValues(db, shopId, { ids: base.ids }) : [];
  const rowsWithout = async (chosen: boolean, without: ItemFilter): Promise<readonly ValueRow[]> => {
    const ids = await widened(chosen, without);
    return ids ? countValues(db, shopId, { ids }) : rows;
  };
  const attributes = (filter.attributes ?? []).filter(({ values }) => values.length > 0);
  const names = [...attributes.map(({ name }) => name.toLowerCase()), ...namesIn(rows)];
  const counts: { name: string; values: FacetValue[] }[] = [];
  for (const name of [...new Set(names)].slice(0, MAX_ATTRIBUTES)) {
    const others = attributes.filter((one) => one.name.toLowerCase() !== name);
    const chosen = others.length < attributes.length;
    const found = await rowsWithout(chosen, { attributes: others });
    const values = mostFrequent(found.filter((row) => row.field === 'attribute' && row.name === name));
    if (values.length > 0) counts.push({ name, values });
  }
  const { minPrice, maxPrice } = filter;
  const unpriced = await widened(typeof (minPrice ?? maxPrice) === 'number', {
    minPrice: null,
    maxPrice: null,
  });
  return {
    ...(await toCountedValues((name) => rowsWithout(Boolean(filter[name]?.length), { [name]: null }))),
    attributes: counts,
    price: search && (await priceOf(db, search, unpriced ?? base.ids)),
    counted: base.ids.length,
    approximate,
  };
}

/** Attribute names, the most frequent first. */
function namesIn(rows: readonly ValueRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { name, count } of rows) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

async function priceOf(
  db: Queryable,
  { shopId, shopCurrency: currency }: Search,
  itemIds: readonly string[],
): Promise<Facets['price']> {
  const { min, max } = await findPriceRange(db, shopId, { itemIds, currency });
  const major = (minor: number) => minor / 10 ** fractionDigits(currency);
  return min === null || max === null ? null : { min: major(min), max: major(max) };
}
