import { countValues, type ValueRow } from '../catalogue/items/count-values.sql.ts';
import { mostFrequent, toCountedValues } from '../catalogue/items/counted-values.ts';
import type { ItemFilter } from '../catalogue/items/filter.ts';
import { type CountedValues, chosenValues, type FilterName } from '../catalogue/items/filter-fields.ts';
import type { Queryable, ShopDatabase } from '../db/database.ts';
import { once } from '../graphql/connection.ts';
import { fractionDigits } from '../vocabulary/money.ts';
import { findPriceRange } from './facets.sql.ts';
import type { NearestQuery } from './nearest/query.ts';
import { findNearestExactly, findNearestItems } from './nearest/search.ts';
import { allOf } from './ranking/conditions.ts';
import { listGroups } from './ranking/variants.sql.ts';

/** How many of the nearest matches are counted. */
export const COUNTED = 1_000;
/** How many of their variants are. */
const MOST_VARIANTS = 5_000;
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
  /** How many searches the facets take. */
  readonly searches: number;
  facets(): Promise<Facets>;
  matchCount(): Promise<MatchCount>;
}

type Search = Omit<NearestQuery, 'limit' | 'after' | 'part'>;
/** Each step is a transaction of its own: facets of many chosen values take long, and others come in between. */
type InShop = <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>;

/** `search` is null if there is no vector to search with. */
export function makeCounts(
  { db, shopId }: { db: ShopDatabase; shopId: string },
  search: Search | null,
): MatchCounts {
  const inShop: InShop = (work) => db.inShop(shopId, work);
  const base = once(async () => (search ? inShop((tx) => nearest(tx, search)) : NONE));
  return {
    searches: 1 + chosenFilters(search?.filter ?? {}),
    facets: once(async () => countFacets(inShop, search, await base())),
    async matchCount() {
      const { ids, more } = await base();
      return { count: ids.length, approximate: more };
    },
  };
}

/** How many facets have a filter of their own, without which they are counted. */
function chosenFilters(filter: ItemFilter): number {
  const names = (filter.attributes ?? []).flatMap(({ name, values }) =>
    values.length > 0 ? [name.toLowerCase()] : [],
  );
  return chosenValues(filter).length + new Set(names).size + (asksPrice(filter) ? 1 : 0);
}

function asksPrice({ minPrice, maxPrice }: ItemFilter): boolean {
  return typeof (minPrice ?? maxPrice) === 'number';
}

/** Matches with what they have. */
interface CountedItems {
  readonly ids: readonly string[];
  readonly rows: readonly ValueRow[];
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

/**
 * The matches with those of their variants that match as well: a value that only another variant has is found by its filter,
 * too.
 */
async function withVariants(db: Queryable, search: Search, { ids, more }: Counted): Promise<Counted> {
  if (!search.collapseVariants || ids.length === 0) return { ids, more };
  const groupOf = await listGroups(db, search.shopId, ids);
  if (groupOf.size === 0) return { ids, more };
  const where = allOf(search.where, (bind) => [
    `i.item_group_id = any(${bind([...new Set(groupOf.values())])}::text[])`,
  ]);
  const query = { ...search, where, collapseVariants: false, limit: MOST_VARIANTS + 1 };
  const variants = await findNearestExactly(db, query);
  const alone = ids.filter((id) => !groupOf.has(id));
  return {
    ids: [...alone, ...variants.slice(0, MOST_VARIANTS).map(({ itemId }) => itemId)],
    more: more || variants.length > MOST_VARIANTS,
  };
}

/** Counts each facet without its own filter, so that the alternatives to a chosen value are counted too. */
async function countFacets(inShop: InShop, search: Search | null, base: Counted): Promise<Facets> {
  let approximate = base.more;
  const filter = search?.filter ?? {};
  const countIn = async (wider: Search, found?: Counted): Promise<CountedItems> => {
    const { ids, rows, more } = await inShop(async (tx) => {
      const all = await withVariants(tx, wider, found ?? (await nearest(tx, wider)));
      const perGroup = wider.collapseVariants;
      return {
        ...all,
        rows: all.ids.length > 0 ? await countValues(tx, wider.shopId, { ids: all.ids, perGroup }) : [],
      };
    });
    approximate ||= more;
    return { ids, rows };
  };
  const all = search ? await countIn(search, base) : { ids: [], rows: [] };
  const widened = async (chosen: boolean, without: ItemFilter): Promise<CountedItems> =>
    search && chosen ? countIn({ ...search, filter: { ...filter, ...without } }) : all;
  const attributes = (filter.attributes ?? []).filter(({ values }) => values.length > 0);
  const names = [...attributes.map(({ name }) => name.toLowerCase()), ...namesIn(all.rows)];
  const counts: { name: string; values: FacetValue[] }[] = [];
  for (const name of [...new Set(names)].slice(0, MAX_ATTRIBUTES)) {
    const others = attributes.filter((one) => one.name.toLowerCase() !== name);
    const { rows } = await widened(others.length < attributes.length, { attributes: others });
    const values = mostFrequent(rows.filter((row) => row.field === 'attribute' && row.name === name));
    if (values.length > 0) counts.push({ name, values });
  }
  const { ids } = await widened(asksPrice(filter), { minPrice: null, maxPrice: null });
  const ofField = async (name: FilterName) =>
    (await widened(Boolean(filter[name]?.length), { [name]: null })).rows;
  return {
    ...(await toCountedValues(ofField)),
    attributes: counts,
    price: search && (await inShop((tx) => priceOf(tx, search, ids))),
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
