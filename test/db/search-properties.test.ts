import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queryable } from '../../server/db/database.ts';
import { makeCounts } from '../../server/retrieval/facets.ts';
import type { NearestItem, NearestQuery } from '../../server/retrieval/nearest/query.ts';
import { findNearestItems } from '../../server/retrieval/nearest/search.ts';
import {
  coloursOf,
  filterArbitrary,
  insertItems,
  itemArbitrary,
  passes,
  vectorArbitrary,
} from '../helpers/catalogue.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { type MadeItem, makeShop, priceNow, TEST_MODEL } from '../helpers/factories.ts';
import { distanceOf } from '../helpers/random.ts';

/** Together more than 1,000; on failure fast-check says the seed and the smallest case. */
const RUNS = { pages: 900, readings: 80, changes: 60, counts: 60 };
const SHOPS = 6;
const ITEMS = 60;
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

let db: TestDatabase;
let shops: { shopId: string; items: MadeItem[] }[];

beforeAll(async () => {
  db = await openTestDatabase();
  shops = [];
  for (let i = 0; i < SHOPS; i++) {
    const shopId = await makeShop(db);
    const drawn = fc.sample(itemArbitrary, { numRuns: ITEMS, seed: seed + i });
    const items = drawn.map((item, n) => ({ ...item, id: `item-${String(n).padStart(3, '0')}` }));
    await db.inShop(shopId, (tx) => insertItems(tx, shopId, items));
    shops.push({ shopId, items });
  }
});
afterAll(() => db.close());

const searchArbitrary = fc.record({
  shop: fc.nat(SHOPS - 1),
  target: vectorArbitrary,
  filter: filterArbitrary,
  collapseVariants: fc.boolean(),
  minSimilarity: fc.option(
    fc.integer({ min: -8, max: 12 }).map((n) => n / 16),
    { nil: undefined },
  ),
  exceptItem: fc.option(fc.nat(ITEMS - 1), { nil: undefined }),
  notPreordered: fc.boolean(),
  /** All by the index, all compared, or as it comes. */
  exactRows: fc.constantFrom(0, 20, undefined),
});
type Search = typeof searchArbitrary extends fc.Arbitrary<infer T> ? T : never;

function toQuery({ shop, target, exceptItem, notPreordered, ...search }: Search) {
  return {
    ...search,
    shopId: shops[shop]!.shopId,
    shopCurrency: 'EUR',
    embedding: `[${target.join(',')}]`,
    embeddingModel: TEST_MODEL,
    exceptItemId: exceptItem === undefined ? undefined : shops[shop]!.items[exceptItem]!.id,
    exceptGroupId: (exceptItem !== undefined && shops[shop]!.items[exceptItem]!.itemGroupId) || undefined,
    where: notPreordered ? () => [`i.availability <> 'preorder'`] : undefined,
  } satisfies Partial<NearestQuery>;
}

/** All that a search lists, by brute force. */
function expected(search: Search, items = shops[search.shop]!.items): NearestItem[] {
  const { target, filter, collapseVariants, minSimilarity, exceptItem, notPreordered } = search;
  const except = exceptItem === undefined ? undefined : shops[search.shop]!.items[exceptItem]!;
  const order = (a: NearestItem, b: NearestItem) => a.distance - b.distance || (a.itemId < b.itemId ? -1 : 1);
  const groups = new Set<string>();
  return items
    .filter((item) => item.state === 'ready' && item.embeddingModel === TEST_MODEL && item.id !== except?.id)
    .filter(({ itemGroupId }) => !except?.itemGroupId || itemGroupId !== except.itemGroupId)
    .filter((item) => passes(item, filter) && !(notPreordered && item.availability === 'preorder'))
    .map(({ id, garments, itemGroupId }) => ({
      itemId: id,
      distance: distanceOf(target, garments[0]!.embedding),
      group: itemGroupId,
    }))
    .sort(order)
    .filter(({ group }) => {
      if (!collapseVariants || group === null) return true;
      return !groups.has(group) && Boolean(groups.add(group));
    })
    .filter(({ distance }) => minSimilarity === undefined || 1 - distance >= minSimilarity)
    .map(({ itemId, distance }) => ({ itemId, distance }));
}

async function readAll(tx: Queryable, search: Search, limit: number, between = async () => {}) {
  const read: NearestItem[] = [];
  for (;;) {
    const page = await findNearestItems(tx, { ...toQuery(search), limit, after: read.at(-1) });
    read.push(...page);
    if (page.length < limit) return read;
    await between();
  }
}

/** In a transaction whose changes are taken back. */
async function trying(search: Search, work: (tx: Queryable) => Promise<void>): Promise<void> {
  const done = new Error('done');
  await db
    .inShop(shops[search.shop]!.shopId, async (tx) => {
      await work(tx);
      throw done;
    })
    .catch((error: unknown) => {
      if (error !== done) throw error;
    });
}

describe(`a search, of random catalogues (seed ${seed})`, () => {
  it('gives any page that a brute-force search gives', async () => {
    let nonEmpty = 0;
    const property = fc.asyncProperty(
      searchArbitrary,
      fc.integer({ min: 1, max: 100 }),
      fc.nat(ITEMS),
      async (search, limit, start) => {
        const all = expected(search);
        const from = all.length === 0 ? 0 : start % (all.length + 1);
        const after = from > 0 ? all[from - 1] : undefined;
        const page = await db.inShop(shops[search.shop]!.shopId, (tx) =>
          findNearestItems(tx, { ...toQuery(search), limit, after }),
        );
        expect(page).toEqual(all.slice(from, from + limit));
        if (page.length > 0) nonEmpty += 1;
      },
    );
    await fc.assert(property, { numRuns: RUNS.pages, seed });
    // Cases that meet nothing would prove nothing.
    expect(nonEmpty).toBeGreaterThan(RUNS.pages / 3);
  }, 300_000);

  it('is read page by page without a gap or a repetition', async () => {
    const property = fc.asyncProperty(
      searchArbitrary,
      fc.integer({ min: 1, max: 100 }),
      async (search, size) => {
        const read = await db.inShop(shops[search.shop]!.shopId, (tx) =>
          readAll(tx, search, Math.max(size, 5)),
        );
        expect(read).toEqual(expected(search));
      },
    );
    await fc.assert(property, { numRuns: RUNS.readings, seed });
  }, 300_000);

  it('gives what stays just once while other items come and go', async () => {
    const property = fc.asyncProperty(
      searchArbitrary,
      fc.integer({ min: 3, max: 12 }),
      fc.array(fc.tuple(itemArbitrary, fc.nat(ITEMS - 1)), { minLength: 1, maxLength: 6 }),
      async (search, size, changes) => {
        const { shopId, items } = shops[search.shop]!;
        const touched: MadeItem[] = [];
        await trying(search, async (tx) => {
          const waiting = changes.map(([item, gone], n) => ({ made: { ...item, id: `item-0${n}5x` }, gone }));
          const read = await readAll(tx, search, size, async () => {
            const change = waiting.shift();
            if (!change) return;
            const { id } = items[change.gone]!;
            await insertItems(tx, shopId, [change.made]);
            await tx.query('delete from items where shop_id = $1 and id = $2', [shopId, id]);
            touched.push(change.made, items[change.gone]!);
          });
          const ids = read.map(({ itemId }) => itemId);
          expect(new Set(ids).size).toBe(ids.length);
          // Items of a group that changed may take each other's place.
          const groups = new Set(search.collapseVariants ? touched.map((item) => item.itemGroupId) : []);
          const changed = (id: string) => {
            const item = [...items, ...touched].find((one) => one.id === id);
            return (
              touched.some((one) => one.id === id) || (item?.itemGroupId && groups.has(item.itemGroupId))
            );
          };
          const stayed = expected(search).filter(({ itemId }) => !changed(itemId));
          expect(read.filter(({ itemId }) => !changed(itemId))).toEqual(stayed);
        });
      },
    );
    await fc.assert(property, { numRuns: RUNS.changes, seed });
  }, 300_000);

  it('has facets that count each value under all other filters', async () => {
    const property = fc.asyncProperty(searchArbitrary, async (search) => {
      const { shopId, items } = shops[search.shop]!;
      // Each value counts the groups that its filter would list: those of which any variant that matches has it.
      const listed = (without: object) => {
        const each = { ...search, collapseVariants: false, filter: { ...search.filter, ...without } };
        const ids = new Set(expected(each).map(({ itemId }) => itemId));
        return items.filter(({ id }) => ids.has(id));
      };
      const count = (
        found: readonly MadeItem[],
        read: (item: MadeItem) => string | readonly string[] | null | undefined,
      ) => {
        const groups: Record<string, Set<string>> = {};
        for (const item of found) {
          for (const value of [read(item) ?? []].flat()) {
            const key = value.toLowerCase();
            groups[key] ??= new Set();
            groups[key].add((search.collapseVariants && item.itemGroupId) || `item ${item.id}`);
          }
        }
        return Object.fromEntries(Object.entries(groups).map(([key, { size }]) => [key, size]));
      };
      const asCounts = (values: readonly { value: string | number; count: number }[]) =>
        Object.fromEntries(values.map(({ value, count }) => [String(value).toLowerCase(), count]));
      const counts = makeCounts({ db, shopId }, toQuery(search));
      const facets = await counts.facets();
      expect(asCounts(facets.brands)).toEqual(count(listed({ brands: null }), ({ brand }) => brand));
      expect(asCounts(facets.sizes)).toEqual(count(listed({ sizes: null }), ({ size }) => size));
      expect(asCounts(facets.genders)).toEqual(count(listed({ genders: null }), ({ gender }) => gender));
      expect(asCounts(facets.availability)).toEqual(
        count(listed({ availability: null }), ({ availability }) => availability),
      );
      expect(asCounts(facets.colors)).toEqual(count(listed({ colors: null }), coloursOf));
      expect(asCounts(facets.categories)).toEqual(
        count(listed({ categories: null }), ({ feedCategory, garments }) =>
          String(feedCategory ?? garments[0]!.category),
        ),
      );
      for (const { name, values } of facets.attributes) {
        const attributes = search.filter.attributes?.filter((one) => one.name.toLowerCase() !== name);
        expect(asCounts(values)).toEqual(count(listed({ attributes }), (item) => item.attributes[name]));
      }
      const prices = listed({ minPrice: null, maxPrice: null }).flatMap((item) => {
        const price = priceNow(item);
        return price === null || item.currency !== 'EUR' ? [] : [price / 100];
      });
      expect(facets.price).toEqual(
        prices.length > 0 ? { min: Math.min(...prices), max: Math.max(...prices) } : null,
      );
      const all = expected(search).length;
      expect(facets).toMatchObject({ counted: all, approximate: false });
      expect(await counts.matchCount()).toEqual({ count: all, approximate: false });
    });
    await fc.assert(property, { numRuns: RUNS.counts, seed });
  }, 300_000);
});
