import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findItemsLeaning, findNearestItems } from '../../server/retrieval/nearest/search.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { openTestDatabase, recordStatements, type TestDatabase } from '../helpers/database.ts';
import { insertItem, type MadeItem, makeGarment, makeShop, TEST_MODEL } from '../helpers/factories.ts';
import { randomOf, randomUnit, unit } from '../helpers/random.ts';

const random = randomOf(17);
const [tops, skirts] = [randomUnit(random), randomUnit(random)];
const near = (centre: Float32Array) => {
  const noise = randomUnit(random);
  return unit(centre.map((value, d) => value + 0.5 * noise[d]!));
};
const toSql = (vector: Float32Array) => `[${vector.join(',')}]`;
/** Among tops; skirts are asked for. */
const wanted = near(tops);
const leaning = (share: number) => toSql(wanted.map((value, d) => value + share * skirts[d]!));

let db: TestDatabase;
let shopId: string;

beforeAll(async () => {
  db = await openTestDatabase();
  shopId = await makeShop(db);
  await db.inShop(shopId, async (tx) => {
    for (let i = 0; i < 600; i++) {
      const isSkirt = i % 3 === 0;
      const category = isSkirt ? Category.SKIRT : Category.SLING;
      const item: Partial<MadeItem> & Pick<MadeItem, 'id'> = {
        id: `${isSkirt ? 'skirt' : 'top'}-${i}`,
        garments: [makeGarment({ category, embedding: near(isSkirt ? skirts : tops) })],
      };
      await insertItem(tx, shopId, { ...DEFAULTS, ...item });
    }
  });
  await db.asOwner((tx) => tx.query('analyze items'));
});
afterAll(() => db.close());

const DEFAULTS: MadeItem = {
  id: '',
  title: 'An item',
  state: 'ready',
  priceMinor: 1990,
  salePriceMinor: null,
  currency: 'EUR',
  availability: 'in_stock',
  brand: null,
  color: null,
  size: null,
  gender: null,
  feedCategory: null,
  itemGroupId: null,
  attributes: {},
  sha256: 'ab'.repeat(32),
  embeddingModel: TEST_MODEL,
  garments: [],
};
const query = (limit: number, exactRows: number) => ({
  shopId,
  shopCurrency: 'EUR',
  embedding: toSql(wanted),
  embeddingModel: TEST_MODEL,
  filter: { categories: [Category.SKIRT] },
  limit,
  exactRows,
});

describe('findItemsLeaning', () => {
  it('finds items that pass by one walk of the index, most of the exact best ones among them', async () => {
    const { db: recorded, statements } = recordStatements(db);
    const found = await recorded.inShop(shopId, (tx) => findItemsLeaning(tx, query(120, 10), [leaning(1)]));
    expect(found).toHaveLength(120);
    expect(found.every((id) => id.startsWith('skirt'))).toBe(true);
    expect(statements.filter((text) => text.includes('order by distance')).length).toBe(1);
    const exact = await db.inShop(shopId, (tx) => findNearestItems(tx, query(40, 10_000)));
    const kept = exact.filter(({ itemId }) => found.includes(itemId));
    expect(kept.length).toBeGreaterThan(30);
  });

  it('compares all where few pass, by the vector itself', async () => {
    const found = await db.inShop(shopId, (tx) => findItemsLeaning(tx, query(40, 2_000), [leaning(-9)]));
    const exact = await db.inShop(shopId, (tx) => findNearestItems(tx, query(40, 10_000)));
    expect(found).toEqual(exact.map(({ itemId }) => itemId));
  });

  it('comes back to the search by the vector itself where it leans the wrong way', async () => {
    const narrow = { ...query(100, 10), filter: { categories: [Category.SKIRT], words: 'item' } };
    const found = await db.inShop(shopId, (tx) => findItemsLeaning(tx, narrow, [leaning(-9)]));
    expect(found).toHaveLength(100);
    expect(found.every((id) => id.startsWith('skirt'))).toBe(true);
  });
});
