import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ItemFilter } from '../../server/catalogue/items/filter.ts';
import type { Queryable } from '../../server/db/database.ts';
import { effortFor } from '../../server/retrieval/nearest/effort.ts';
import type { NearestItem, NearestQuery } from '../../server/retrieval/nearest/query.ts';
import { findNearestItems } from '../../server/retrieval/nearest/search.ts';
import { walkIndex } from '../../server/retrieval/nearest/walk.sql.ts';
import { Availability } from '../../server/vocabulary/availability.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import {
  insertItem,
  type MadeItem,
  makeGarment,
  makeItem,
  makeShop,
  TEST_MODEL,
} from '../helpers/factories.ts';
import { distanceOf, randomOf, randomUnit } from '../helpers/random.ts';
import { makeExplained, withPlans } from '../helpers/search-plans.ts';

/** The feed's word stands before the parser's. */
const categoryOf = (item: MadeItem) => item.feedCategory ?? item.garments[0]!.category;

const colourOf = (item: MadeItem) => item.color?.toLowerCase() ?? item.garments[0]!.colour;

const ITEMS = 160;
const random = randomOf(7);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;

let db: TestDatabase;
let shopId: string;
let items: MadeItem[];
const target = randomUnit(random);
const QUERY = {
  shopCurrency: 'EUR',
  embedding: `[${target.join(',')}]`,
  embeddingModel: TEST_MODEL,
  filter: {},
  limit: 25,
};

beforeAll(async () => {
  db = await openTestDatabase();
  await makeExplained(db);
  shopId = await makeShop(db);
  const twin = randomUnit(random);
  items = Array.from({ length: ITEMS }, (_, i) => ({
    id: `item-${String(i).padStart(3, '0')}`,
    title: pick(['Red midi skirt', 'Pleated T-shirt skirt', "Boys' trousers", 'Jupe à plis']),
    // Every fortieth is not to be found: still pending, failed, or embedded by another model.
    state: i % 40 === 0 ? 'pending' : i % 40 === 1 ? 'failed' : 'ready',
    priceMinor: 1000 + i * 10,
    salePriceMinor: i % 5 === 0 ? 500 : null,
    currency: i % 50 === 7 ? 'USD' : 'EUR',
    availability: pick(['in_stock', 'out_of_stock', 'preorder']),
    brand: pick(['Acme', 'Birch', null]),
    color: pick(['red', 'Red', 'dark blue', null]),
    feedCategory: pick([null, Category.SKIRT]),
    size: null,
    gender: null,
    itemGroupId: null,
    attributes: pick<Record<string, string>>([
      {},
      { material: 'Linen', season: 'summer' },
      { material: 'wool', season: 'Summer' },
    ]),
    sha256: 'ab'.repeat(32),
    embeddingModel: i % 40 === 2 ? 'another-model' : TEST_MODEL,
    // Every tenth has the same vector: their distances are equal.
    garments: [
      makeGarment({
        category: pick([Category.SKIRT, Category.TROUSERS]),
        colour: pick(['red', 'blue', null]),
        embedding: i % 10 === 5 ? twin : randomUnit(random),
      }),
      // Nearer than anything, and not for sale.
      makeGarment({ embedding: target }),
    ],
  }));
  await db.inShop(shopId, async (tx) => {
    for (const item of items) await insertItem(tx, shopId, item);
  });
  // A neighbour that has exactly what is looked for.
  const other = await makeShop(db);
  await makeItem(db, other, { garments: [makeGarment({ embedding: target })] });
});
afterAll(() => db.close());

/** The same by brute force. */
function expected(keep: (item: MadeItem) => boolean = () => true): string[] {
  return items
    .filter((item) => item.state === 'ready' && item.embeddingModel === TEST_MODEL && keep(item))
    .map(({ id, garments }) => ({ id, distance: Math.fround(distanceOf(target, garments[0]!.embedding)) }))
    .sort((a, b) =>
      Math.abs(a.distance - b.distance) > 1e-6 ? a.distance - b.distance : a.id < b.id ? -1 : 1,
    )
    .map(({ id }) => id);
}

function find(overrides: Partial<NearestQuery> = {}): Promise<NearestItem[]> {
  return db.inShop(shopId, (tx) => findNearestItems(tx, { ...QUERY, shopId, ...overrides }));
}

async function readAll(overrides: Partial<NearestQuery>, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let after: NearestItem | undefined;
  for (;;) {
    const page = await find({ ...overrides, limit, after });
    ids.push(...page.map(({ itemId }) => itemId));
    after = page.at(-1);
    if (!after || page.length < limit) return ids;
  }
}

const now = (item: MadeItem) => item.salePriceMinor ?? item.priceMinor ?? 0;
const FILTERS: [name: string, filter: ItemFilter, keep: (item: MadeItem) => boolean][] = [
  ['no filter', {}, () => true],
  ['empty lists, which filter nothing', { categories: [], colors: [] }, () => true],
  ['a category', { categories: [Category.SKIRT] }, (item) => categoryOf(item) === Category.SKIRT],
  ['a colour in any case', { colors: ['RED'] }, (item) => colourOf(item) === 'red'],
  ['alternative brands', { brands: ['acme', 'BIRCH'] }, (item) => item.brand !== null],
  ['availability', { availability: [Availability.PREORDER] }, (item) => item.availability === 'preorder'],
  [
    'a price now, in the shop’s currency',
    { minPrice: 12.5, maxPrice: 30 },
    (item) => now(item) >= 1250 && now(item) <= 3000 && item.currency === 'EUR',
  ],
  [
    'an attribute in any case',
    { attributes: [{ name: 'Material', values: ['LINEN', 'silk'] }] },
    (item) => item.attributes.material === 'Linen',
  ],
  [
    'several attributes, which must all hold',
    {
      attributes: [
        { name: 'season', values: ['summer'] },
        { name: 'material', values: ['wool', 'cotton'] },
        { name: 'season', values: [] },
      ],
    },
    (item) => item.attributes.material === 'wool',
  ],
  [
    'words of the title, the last of them begun',
    { words: 'SKIRT pl' },
    ({ title }) => title === 'Pleated T-shirt skirt',
  ],
  ['a word with a hyphen', { words: 't-shirt' }, ({ title }) => title === 'Pleated T-shirt skirt'],
  ['marks around words', { words: `' skirt\\ & !! | <-> (` }, ({ title }) => title.includes('skirt')],
  ['a word with an accent', { words: 'jupe à' }, ({ title }) => title === 'Jupe à plis'],
  ['marks alone, which filter nothing', { words: ' ! ' }, () => true],
  [
    'all at once',
    { categories: [Category.TROUSERS], colors: ['red'], maxPrice: 25, availability: [Availability.IN_STOCK] },
    (item) =>
      categoryOf(item) === Category.TROUSERS &&
      colourOf(item) === 'red' &&
      now(item) <= 2500 &&
      item.currency === 'EUR' &&
      item.availability === 'in_stock',
  ],
];

/** As in a shop of more than a million items. */
const ofMany = (query: NearestQuery) => (tx: Queryable) =>
  walkIndex(tx, query, { ...effortFor({ all: 3e6, passing: 3e6 }, 28), alone: 500 }, 2_000);

describe('the nearest items, joined after the walk', () => {
  const walk = async (overrides: Partial<NearestQuery>) =>
    (await db.inShop(shopId, ofMany({ ...QUERY, shopId, ...overrides }))).map(({ itemId }) => itemId);

  it.each(FILTERS)('are those of a brute-force search with %s', async (_name, filter, keep) => {
    expect(await walk({ filter })).toEqual(expected(keep).slice(0, 25));
  });

  it('come page by page, without what was asked about and what is not in this part', async () => {
    const [first, ...others] = expected(({ brand }) => brand === 'Acme');
    const page = { exceptItemId: first, part: () => [`i.brand = 'Acme'`], limit: 7 };
    expect(await walk(page)).toEqual(others.slice(0, 7));
    const after = (await find({ limit: 40 })).find(({ itemId }) => itemId === others[6]);
    expect(await walk({ ...page, after })).toEqual(others.slice(7, 14));
  });
});

describe.each([
  ['compared one by one', undefined],
  ['found by the index', 0],
])('the nearest items, %s', (_, exactRows) => {
  it.each(FILTERS)('are those of a brute-force search with %s', async (_name, filter, keep) => {
    const ids = expected(keep);
    expect(ids.length).toBeGreaterThan(2);
    expect((await find({ filter, exactRows })).map(({ itemId }) => itemId)).toEqual(ids.slice(0, 25));
  });

  it('come page by page without a gap or a repetition, equal distances included', async () => {
    expect(await readAll({ exactRows }, 7)).toEqual(expected());
  });

  it('leave out the item that was asked about', async () => {
    const [first] = expected();
    const found = await find({ exactRows, exceptItemId: first });
    expect(found.map(({ itemId }) => itemId)).toEqual(expected().slice(1, 26));
  });

  it('have the cosine distance', async () => {
    const [nearest] = await find({ exactRows });
    const item = items.find(({ id }) => id === nearest!.itemId)!;
    expect(nearest!.distance).toBeCloseTo(distanceOf(target, item.garments[0]!.embedding), 5);
  });

  it('are none where nothing passes the filter', async () => {
    expect(await find({ exactRows, filter: { brands: ['nobody'] } })).toEqual([]);
  });
});

it.each([
  ['walks the index', 0],
  ['compares one by one', undefined],
])('%s, and leaves what follows in the transaction to the usual plans', async (_, exactRows) => {
  let plans: string[] = [];
  const changed = await db.inShop(shopId, async (tx) => {
    const explaining = withPlans(tx);
    plans = explaining.plans;
    await findNearestItems(explaining.tx, { ...QUERY, shopId, limit: 10, exactRows });
    const { rows } = await tx.query(
      `select name, setting from pg_settings where name like 'enable%' and setting <> reset_val`,
    );
    return rows;
  });
  const byIndex = expect.stringMatching(/Index Scan using garments_\w*(?:embedding|nearest)\w*/);
  expect(plans.at(-1)).toEqual(exactRows === 0 ? byIndex : expect.not.stringMatching(/embedding\w* on/));
  expect(changed).toEqual([]);
});
