import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeGarment, makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { randomOf, randomUnit, unit } from '../helpers/random.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const SIMILAR = `query ($to: SimilarTo!, $filter: ItemFilter, $first: Int! = 24, $after: String) {
  similarItems(to: $to, filter: $filter, first: $first, after: $after) {
    edges { cursor node { score item { id title price { amount currency } } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

let server: TestServer;
let garmentId: string;
const random = randomOf(3);
const wanted = randomUnit(random);
/** Less and less like what is wanted. */
const towards = (share: number) => {
  const away = randomUnit(random);
  return unit(wanted.map((value, i) => value * (1 - share) + away[i]! * share));
};

beforeAll(async () => {
  server = await makeTestServer();
  for (const [i, share] of [0, 0.2, 0.4, 0.6, 0.8].entries()) {
    const embedding = share === 0 ? wanted : towards(share);
    const brand = i % 2 === 0 ? 'Acme' : 'Birch';
    await makeItem(server.db, server.shopId, { id: `i${i}`, brand, garments: [makeGarment({ embedding })] });
  }
  await makeItem(server.db, server.shopId, { id: 'pending', state: 'pending' });
  await makePhoto(server.db, server.shopId, { garments: [makeGarment({ embedding: wanted })] });
  const { rows } = await server.db.asOwner((tx) =>
    tx.query<{ id: string }>('select id from garments where photo_id is not null'),
  );
  garmentId = rows[0]!.id;
});
afterAll(() => server.close());

interface Edge {
  node: { variantCount: number; item: { id: string } };
}

const idsOf = (data: { similarItems: { edges: { node: { item: { id: string } } }[] } }) =>
  data.similarItems.edges.map(({ node }) => node.item.id);

describe('the order of similarItems', () => {
  const SORTED = `query ($to: SimilarTo!, $sort: SimilarSort, $after: String, $minScore: Float) {
    similarItems(to: $to, sort: $sort, first: 2, after: $after, minScore: $minScore) {
      edges { node { item { id } } } pageInfo { hasNextPage endCursor }
    }
  }`;
  let to: { itemId: string };
  let shop: TestServer;

  beforeAll(async () => {
    shop = await makeTestServer();
    const prices = { a: 3000, b: 1000, c: null, d: 2000 };
    for (const [i, [id, priceMinor]] of Object.entries({ own: 1, ...prices }).entries()) {
      const embedding = i === 0 ? wanted : towards(0.15 * i);
      await makeItem(shop.db, shop.shopId, { id, priceMinor, garments: [makeGarment({ embedding })] });
    }
    await makeItem(shop.db, shop.shopId, {
      id: 'foreign',
      priceMinor: 1,
      currency: 'USD',
      garments: [makeGarment({ embedding: towards(0.8) })],
    });
    to = { itemId: 'own' };
  });
  afterAll(() => shop.close());

  const listed = async (sort: string | undefined, minScore = 0) => {
    const ids: string[] = [];
    for (let after = null, more = true; more; ) {
      const { data } = await shop.query(SORTED, { to, sort, after, minScore });
      ids.push(...idsOf(data));
      ({ hasNextPage: more, endCursor: after } = data.similarItems.pageInfo);
    }
    return ids;
  };

  it.each([
    [undefined, ['a', 'b', 'c', 'd', 'foreign']],
    ['CLOSEST', ['a', 'b', 'c', 'd', 'foreign']],
    ['PRICE_RISING', ['b', 'd', 'a', 'c', 'foreign']],
    ['PRICE_FALLING', ['a', 'd', 'b', 'c', 'foreign']],
    ['NEWEST', ['foreign', 'd', 'c', 'b', 'a']],
  ])('is %s over all pages', async (sort, ids) => {
    expect(await listed(sort)).toEqual(ids);
  });

  it('keeps the cutoff', async () => {
    const near = await listed('CLOSEST', 0.9);
    expect(near.length).toBeLessThan(5);
    expect((await listed('PRICE_RISING', 0.9)).sort()).toEqual(near.sort());
  });

  it('refuses the cursor of another order', async () => {
    const { data } = await shop.query(SORTED, { to, sort: 'NEWEST', minScore: 0 });
    const after = data.similarItems.pageInfo.endCursor;
    const { errors } = await shop.query(SORTED, { to, sort: 'PRICE_RISING', minScore: 0, after });
    expect(errors?.[0]?.extensions?.code).toBe('INVALID_CURSOR');
  });
});

describe('similarItems', () => {
  it('finds the items that look most like a garment, the most alike first', async () => {
    const { data } = await server.query(SIMILAR, { to: { garmentId } });
    expect(idsOf(data)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4']);
    const [first] = data.similarItems.edges;
    expect(first.node.score).toBeCloseTo(1, 5);
    expect(first.node.item.price).toEqual({ amount: '19.90', currency: 'EUR' });
    for (const { node } of data.similarItems.edges) {
      expect(node.score).toBeGreaterThanOrEqual(0);
      expect(node.score).toBeLessThanOrEqual(1);
    }
  });

  it('never finds the item itself', async () => {
    const { data } = await server.query(SIMILAR, { to: { itemId: 'i0' } });
    expect(idsOf(data)).toEqual(['i1', 'i2', 'i3', 'i4']);
  });

  it('is a field of garments and items too', async () => {
    const { data } = await server.query(
      '{ item(id: "i0") { similarItems(first: 2) { edges { node { item { id } } } } primaryGarment { similarItems(first: 2) { edges { node { item { id } } } } } } }',
    );
    expect(idsOf(data.item)).toEqual(['i1', 'i2']);
    expect(idsOf(data.item.primaryGarment)).toEqual(['i1', 'i2']);
  });

  it('goes page by page', async () => {
    const to = { garmentId };
    const one = (await server.query(SIMILAR, { to, first: 2 })).data;
    expect(one.similarItems.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const after = one.similarItems.pageInfo.endCursor;
    const two = (await server.query(SIMILAR, { to, first: 2, after })).data;
    const last = two.similarItems.pageInfo.endCursor;
    const three = (await server.query(SIMILAR, { to, first: 2, after: last })).data;
    expect([one, two, three].map(idsOf)).toEqual([['i0', 'i1'], ['i2', 'i3'], ['i4']]);
    expect(three.similarItems.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('filters', async () => {
    const { data } = await server.query(SIMILAR, { to: { garmentId }, filter: { brands: ['birch'] } });
    expect(idsOf(data)).toEqual(['i1', 'i3']);
  });

  it('lists of the items of one group the best match alone, unless all are asked for', async () => {
    const shop = { db: server.db, shopId: await makeShop(server.db) };
    const key = await server.makeKey('merchandiser', shop.shopId);
    for (const [i, share] of [0.5, 0, 0.2, 0.4].entries()) {
      const garments = [makeGarment({ embedding: share === 0 ? wanted : towards(share) })];
      await makeItem(shop.db, shop.shopId, { id: `v${i}`, garments, itemGroupId: i < 3 ? 'cut' : null });
    }
    const query = `query ($all: Boolean!) {
      own: similarItems(to: { itemId: "v1" }, collapseVariants: $all) { matchCount { count } edges { node { variantCount item { id } } } }
      asked: similarItems(to: { itemId: "v3" }, collapseVariants: $all) { edges { node { variantCount item { id } } } }
    }`;
    const read = async (all: boolean) => (await server.query(query, { all }, { key })).data;
    const shown = (edges: readonly Edge[]) => edges.map(({ node }) => [node.item.id, node.variantCount]);
    const each = await read(false);
    expect(shown(each.own.edges).map(([id]) => id)).toEqual(['v2', 'v3', 'v0']);
    expect(each.asked.edges).toHaveLength(3);
    const collapsed = await read(true);
    // The item that was asked about stands for its group, and is not listed.
    expect(shown(collapsed.own.edges)).toEqual([['v3', 1]]);
    expect(collapsed.own.matchCount.count).toBe(1);
    expect(shown(collapsed.asked.edges)).toEqual([['v1', 3]]);
  });

  it('counts what its matches have, and how many there are', async () => {
    const { data } = await server.query(
      `query ($to: SimilarTo!) {
        similarItems(to: $to, first: 1, filter: { brands: ["acme"] }) {
          matchCount { count approximate }
          facets {
            brands { value count } colors { value count } categories { value count }
            availability { value count } attributes { name values { value count } }
            price { min max } counted approximate
          }
        }
      }`,
      { to: { garmentId } },
    );
    expect(data.similarItems).toEqual({
      matchCount: { count: 3, approximate: false },
      facets: {
        brands: [
          { value: 'Acme', count: 3 },
          { value: 'Birch', count: 2 },
        ],
        colors: [{ value: 'red', count: 3 }],
        categories: [{ value: 'SKIRT', count: 3 }],
        availability: [{ value: 'IN_STOCK', count: 3 }],
        attributes: [],
        price: { min: 19.9, max: 19.9 },
        counted: 3,
        approximate: false,
      },
    });
  });

  it('filters by size and gender, whose values the shop tells', async () => {
    await makeItem(server.db, server.shopId, { id: 'for-him', size: 'XL', gender: 'male' });
    const { data } = await server.query(
      `query ($to: SimilarTo!) {
        similarItems(to: $to, minScore: 0, filter: { sizes: ["xl"], genders: ["MALE"] }) {
          edges { node { item { id } } }
          facets { sizes { value count } genders { value count } }
        }
        shop { facets { sizes { value count } genders { value count } brands { value } } }
      }`,
      { to: { garmentId } },
    );
    const values = { sizes: [{ value: 'XL', count: 1 }], genders: [{ value: 'male', count: 1 }] };
    expect(idsOf(data)).toEqual(['for-him']);
    expect(data.similarItems.facets).toEqual(values);
    expect(data.shop.facets).toMatchObject(values);
    await server.db.inShop(server.shopId, (tx) => tx.query("delete from items where id = 'for-him'"));
  });

  it('filters by pattern and sleeves, the feed before the model, each shop its own', async () => {
    const seen = (name: 'striped' | 'floral' | null, category = 2) => [
      makeGarment({
        category,
        attributes: { model: 'm', pattern: name && { name, confidence: 0.93 } },
        embedding: wanted,
      }),
    ];
    const other = await makeShop(server.db);
    await makeItem(server.db, other, { id: 'theirs', garments: seen('striped') });
    const made = [
      { id: 'seen', garments: seen('striped') },
      { id: 'said', garments: seen('floral', 12), attributes: { pattern: 'Pin Stripes' } },
      { id: 'titled', garments: seen(null), title: 'A striped top', attributes: { sleeve_length: 'Short' } },
      { id: 'own-word', garments: seen('striped', 9), attributes: { pattern: 'Ikat' } },
      { id: 'unsure', garments: seen(null) },
    ];
    for (const item of made) await makeItem(server.db, server.shopId, item);
    const search = async (filter: object) => {
      const { data } = await server.query(
        `query ($to: SimilarTo!, $filter: ItemFilter) {
          similarItems(to: $to, minScore: 0, filter: $filter) {
            edges { node { item { id pattern sleeve primaryGarment { attributes {
              pattern { value confidence } sleeve { value confidence } } } } reason { pattern { match } } } }
            facets { patterns { value count } sleeves { value count } }
          }
        }`,
        { to: { garmentId }, filter },
      );
      return data;
    };
    const striped = await search({ patterns: ['STRIPED'] });
    expect(idsOf(striped).sort()).toEqual(['said', 'seen', 'titled']);
    expect(striped.similarItems.facets).toEqual({
      patterns: [
        { value: 'striped', count: 3 },
        { value: 'Ikat', count: 1 },
      ],
      sleeves: [
        { value: 'LONG', count: 1 },
        { value: 'SHORT', count: 1 },
        { value: 'SLEEVELESS', count: 1 },
      ],
    });
    const { node } = striped.similarItems.edges.find((edge: Edge) => edge.node.item.id === 'seen');
    expect(node.reason.pattern.match).toBe('STRIPED');
    expect(node.item).toMatchObject({ pattern: 'striped', sleeve: 'LONG' });
    const { attributes } = node.item.primaryGarment;
    expect(attributes.pattern).toEqual({ value: 'STRIPED', confidence: expect.closeTo(0.93) });
    expect(attributes.sleeve).toEqual({ value: 'LONG', confidence: expect.closeTo(0.9) });
    expect(idsOf(await search({ patterns: ['ikat'] }))).toEqual(['own-word']);
    expect(idsOf(await search({ patterns: ['striped'], sleeves: ['SHORT'] }))).toEqual(['titled']);
    const ids = made.map(({ id }) => id);
    await server.db.inShop(server.shopId, (tx) => tx.query('delete from items where id = any($1)', [ids]));
  });

  it('filters by age group', async () => {
    await makeItem(server.db, server.shopId, { id: 'for-kids' });
    await server.db.inShop(server.shopId, (tx) =>
      tx.query("update items set age_group = 'Kids' where id = 'for-kids'"),
    );
    const { data } = await server.query(
      `query ($to: SimilarTo!) {
        similarItems(to: $to, minScore: 0, filter: { ageGroups: ["kids"] }) {
          edges { node { item { id } } } facets { ageGroups { value count } }
        }
      }`,
      { to: { garmentId } },
    );
    expect(idsOf(data)).toEqual(['for-kids']);
    expect(data.similarItems.facets.ageGroups).toEqual([{ value: 'Kids', count: 1 }]);
    await server.db.inShop(server.shopId, (tx) => tx.query("delete from items where id = 'for-kids'"));
  });

  it('is empty for an item that is still to be parsed', async () => {
    const { data } = await server.query(SIMILAR, { to: { itemId: 'pending' } });
    expect(idsOf(data)).toEqual([]);
  });

  it.each([
    [{ garmentId: '00000000-0000-4000-8000-000000000000' }],
    [{ garmentId: 'nonsense' }],
    [{ itemId: 'nobody' }],
  ])('says that there is no %j', async (to) => {
    const { errors } = await server.query(SIMILAR, { to });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it.each([[{}], [{ garmentId: 'a', itemId: 'b' }], [{ garmentId: null }]])(
    'refuses the target %j',
    async (to) => {
      const { errors } = await server.query(SIMILAR, { to });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );

  it.each([0, -1, 101, 2_147_483_647])('refuses first: %i', async (first) => {
    const { errors } = await server.query(SIMILAR, { to: { garmentId }, first });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'first' });
  });

  it.each(['', 'x', 'e30', Buffer.from('[1,"scope",0.5,"i1"]').toString('base64url'), 'A'.repeat(5000)])(
    'refuses the cursor %.40j',
    async (after) => {
      const { data, errors } = await server.query(SIMILAR, { to: { garmentId }, after });
      // An empty text is as good as none.
      if (after === '') expect(idsOf(data)).toHaveLength(5);
      else expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
    },
  );

  it('refuses a cursor of another search', async () => {
    const { data } = await server.query(SIMILAR, { to: { garmentId }, first: 2 });
    const after = data.similarItems.pageInfo.endCursor;
    for (const variables of [{ to: { itemId: 'i0' } }, { to: { garmentId }, filter: { brands: ['Acme'] } }]) {
      const { errors } = await server.query(SIMILAR, { ...variables, after });
      expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
    }
  });

  it.each([
    [{ colors: Array(51).fill('red') }, 'filter.colors'],
    [{ brands: ['x'.repeat(1001)] }, 'filter.brands'],
    [{ minPrice: -1 }, 'filter.minPrice'],
    [{ maxPrice: 1e300 }, 'filter.maxPrice'],
  ])('refuses a filter without measure', async (filter, field) => {
    const { errors } = await server.query(SIMILAR, { to: { garmentId }, filter });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
  });
});
