import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Category } from '../../server/vocabulary/category.ts';
import { makeGarment, makeItem, makeShop } from '../helpers/factories.ts';
import { randomOf, randomUnit, unit } from '../helpers/random.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const SIMILAR = `query ($to: SimilarTo!, $filter: ItemFilter, $first: Int! = 24, $after: String, $minScore: Float, $sort: SimilarSort) {
  similarItems(to: $to, filter: $filter, first: $first, after: $after, minScore: $minScore, sort: $sort) {
    edges { node { rule item { id } } } pageInfo { hasNextPage endCursor } } }`;

const random = randomOf(21);
const wanted = randomUnit(random);
const away = randomUnit(random);
const towards = (share: number) => unit(wanted.map((value, i) => value * (1 - share) + away[i]! * share));

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer();
  key = await server.makeKey('merchandiser');
  for (let i = 0; i <= 6; i++) {
    await makeItem(server.db, server.shopId, {
      id: `i${i}`,
      brand: i % 2 === 0 ? 'Even' : 'Odd',
      availability: i === 6 ? 'out_of_stock' : 'in_stock',
      garments: [makeGarment({ category: Category.SKIRT, embedding: towards(i / 10) })],
    });
  }
});
afterAll(() => server.close());
beforeEach(() => server.db.asOwner((tx) => tx.query('delete from rules')));

const set = async (rule: object, withKey = key) => {
  const answer = await server.query(
    'mutation ($rule: RuleInput!) { setRule(rule: $rule) { id } }',
    { rule },
    { key: withKey },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.setRule.id as string;
};
const similar = (variables: object = {}, options: { key?: string } = { key }) =>
  server.query(SIMILAR, { to: { itemId: 'i0' }, ...variables }, options);
type Edges = { node: { rule: string | null; item: { id: string } } }[];
const idsOf = (answer: Awaited<ReturnType<typeof similar>>) =>
  (answer.data.similarItems.edges as Edges).map(({ node }) => node.item.id).join(' ');
const effectsOf = (answer: Awaited<ReturnType<typeof similar>>) =>
  (answer.data.similarItems.edges as Edges).map(({ node }) => node.rule);

describe('similar items', () => {
  it('are as they look without rules', async () => {
    expect(idsOf(await similar())).toBe('i1 i2 i3 i4 i5 i6');
    expect(effectsOf(await similar())).toEqual(Array(6).fill(null));
  });

  it('show what is pinned at its position, once', async () => {
    await set({ kind: 'PIN', target: { itemId: 'i5' }, position: 2 });
    const answer = await similar();
    expect(idsOf(answer)).toBe('i1 i5 i2 i3 i4 i6');
    expect(effectsOf(answer)).toEqual([null, 'PINNED', null, null, null, null]);
  });

  it('show the most alike of a brand that is pinned', async () => {
    await set({ kind: 'PIN', target: { brand: 'EVEN' }, position: 1 });
    expect(idsOf(await similar())).toBe('i2 i1 i3 i4 i5 i6');
  });

  it.each(['constructor', '__proto__'])(
    'go on under rules of an attribute that is named %s',
    async (name) => {
      await server.db.asOwner((tx) =>
        tx.query(`update items set attributes = jsonb_build_object($1::text, 'yes') where id = 'i4'`, [name]),
      );
      await set({ kind: 'EXCLUDE', target: { attribute: { name, value: 'yes' } } });
      await set({ kind: 'BOOST', target: { attribute: { name, value: name } } });
      await set({ kind: 'BURY', target: { brand: name } });
      expect(idsOf(await similar())).toBe('i1 i2 i3 i5 i6');
      await set({ kind: 'PIN', target: { attribute: { name, value: name } }, position: 1 });
      expect(idsOf(await similar())).toBe('i1 i2 i3 i5 i6');
      await server.db.asOwner((tx) => tx.query(`update items set attributes = '{}'`));
    },
  );

  it('pass over a rule that cannot be applied, and its merchandiser is told', async () => {
    const boost = await set({ kind: 'BOOST', target: { brand: 'even' } });
    const exclude = await set({ kind: 'EXCLUDE', target: { itemId: 'i3' }, searchCategories: ['SKIRT'] });
    await set({ kind: 'BURY', target: { itemId: 'i1' }, strength: 'STRONG' });
    await server.db.asOwner(async (tx) => {
      await tx.query('alter table rules drop constraint rules_strength_check');
      await tx.query(`update rules set strength = 'huge' where id = $1`, [boost]);
      await tx.query(`update rules set search_categories = '{9, 99}' where id = $1`, [exclude]);
    });
    expect(idsOf(await similar())).toBe('i2 i3 i4 i1 i5 i6');
    const { data } = await server.query(
      '{ rules { edges { node { problem strength searchCategories } } } }',
      {},
      { key },
    );
    expect(data.rules.edges.map(({ node }: { node: object }) => node)).toEqual([
      { problem: null, strength: 'STRONG', searchCategories: null },
      { problem: 'There is no category 99.', strength: null, searchCategories: ['SKIRT'] },
      {
        problem: 'A boost or bury has a strength: weak, normal or strong.',
        strength: null,
        searchCategories: null,
      },
    ]);
  });

  it('tell the merchandiser of a rule whose item is gone', async () => {
    await makeItem(server.db, server.shopId, { id: 'gone', state: 'pending' });
    await set({ kind: 'PIN', target: { itemId: 'gone' }, position: 1 });
    const problem = async () =>
      (await server.query('{ rules { edges { node { problem } } } }', {}, { key })).data.rules.edges[0].node
        .problem;
    expect(await problem()).toBeNull();
    await server.db.asOwner((tx) => tx.query(`delete from items where id = 'gone'`));
    expect(await problem()).toBe('The shop no longer has the item gone.');
  });

  it('show a pin that is out of stock at its own place, unless the rule will have it', async () => {
    const id = await set({ kind: 'PIN', target: { itemId: 'i6' }, position: 1 });
    expect(idsOf(await similar())).toBe('i1 i2 i3 i4 i5 i6');
    await set({ id, kind: 'PIN', target: { itemId: 'i6' }, position: 1, includeOutOfStock: true });
    expect(idsOf(await similar())).toBe('i6 i1 i2 i3 i4 i5');
  });

  it('show a pin only where it passes the filter, and above any cutoff', async () => {
    await set({ kind: 'PIN', target: { itemId: 'i5' }, position: 1 });
    expect(idsOf(await similar({ filter: { brands: ['even'] } }))).toBe('i2 i4 i6');
    expect(idsOf(await similar({ minScore: 0.98 }))).toMatch(/^i5 i1/);
    expect(idsOf(await similar({ minScore: 0.98 }))).not.toContain('i4');
  });

  it('list a distant match apart, unless it is pinned', async () => {
    const garments = [
      makeGarment({ category: Category.TROUSERS, colour: 'green', embedding: wanted.map((value) => -value) }),
    ];
    await makeItem(server.db, server.shopId, { id: 'far', color: 'green', garments });
    const query = `{ similarItems(to: { itemId: "i0" }, minScore: 0) {
      edges { node { closeness isApart item { id } } } } }`;
    const far = async () => {
      const { data } = await server.query(query);
      const edges = data.similarItems.edges as Edges;
      const at = edges.findIndex(({ node }) => node.item.id === 'far');
      return { ...edges[at]?.node, at };
    };
    expect(await far()).toMatchObject({ closeness: 'DISTANT', isApart: true, at: 6 });
    await set({ kind: 'PIN', target: { itemId: 'far' }, position: 1 });
    expect(await far()).toMatchObject({ closeness: 'DISTANT', isApart: false, at: 0 });
    await server.db.inShop(server.shopId, (tx) => tx.query("delete from items where id = 'far'"));
  });

  it('never show what is excluded, pinned or not', async () => {
    await set({ kind: 'EXCLUDE', target: { brand: 'odd' } });
    await set({ kind: 'PIN', target: { itemId: 'i5' }, position: 1 });
    expect(idsOf(await similar())).toBe('i2 i4 i6');
    expect(idsOf(await similar({ sort: 'NEWEST' }))).toBe('i6 i4 i2');
  });

  it('come earlier and later as they are boosted and buried', async () => {
    await set({ kind: 'BOOST', target: { itemId: 'i3' }, strength: 'STRONG' });
    await set({ kind: 'BURY', target: { brand: 'Even' }, strength: 'STRONG' });
    const answer = await similar();
    expect(idsOf(answer)).toBe('i3 i1 i2 i5 i4 i6');
    expect(effectsOf(answer)).toEqual(['BOOSTED', null, 'BURIED', null, 'BURIED', 'BURIED']);
  });

  it('apply a rule by the category that is searched with, and by its dates', async () => {
    const pin = { kind: 'PIN', target: { itemId: 'i5' }, position: 1 };
    const id = await set({ ...pin, searchCategories: ['TROUSERS'] });
    expect(idsOf(await similar())).toMatch(/^i1/);
    await set({ ...pin, id, searchCategories: ['SKIRT', 'VEST'] });
    expect(idsOf(await similar())).toMatch(/^i5/);
    await set({ ...pin, id, startsAt: '2100-01-01T00:00:00Z' });
    expect(idsOf(await similar())).toMatch(/^i1/);
    await set({ ...pin, id, endsAt: '2020-01-01T00:00:00Z' });
    expect(idsOf(await similar())).toMatch(/^i1/);
    await set({ ...pin, id, startsAt: '2020-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' });
    expect(idsOf(await similar())).toMatch(/^i5/);
  });

  it('go page by page under the rules with which the listing was begun', async () => {
    const id = await set({ kind: 'PIN', target: { itemId: 'i6' }, position: 3, includeOutOfStock: true });
    await set({ kind: 'BOOST', target: { itemId: 'i5' }, strength: 'STRONG' });
    const whole = idsOf(await similar());
    const pages: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const answer = await similar({ first: 2, after });
      pages.push(idsOf(answer));
      after = answer.data.similarItems.pageInfo.endCursor;
      expect(answer.data.similarItems.pageInfo.hasNextPage).toBe(page < 2);
      await server.query(`mutation { removeRule(id: "${id}") { id } }`, {}, { key });
      await set({ kind: 'PIN', target: { itemId: 'i1' }, position: 5 });
    }
    expect(pages.join(' ')).toBe(whole);
  });

  it('tell what rules did to merchandisers alone', async () => {
    await set({ kind: 'PIN', target: { itemId: 'i5' }, position: 1 });
    for (const options of [{}, { key: await server.makeKey('widget') }]) {
      const answer = await similar({}, options);
      expect(idsOf(answer)).toMatch(/^i5/);
      expect(effectsOf(answer)).toEqual(Array(6).fill(null));
    }
  });

  it('apply no rule of another shop', async () => {
    const other = await server.makeKey('merchandiser', await makeShop(server.db));
    await set({ kind: 'EXCLUDE', target: { brand: 'odd' } }, other);
    expect(idsOf(await similar())).toBe('i1 i2 i3 i4 i5 i6');
  });
});

describe('a preview', () => {
  const PREVIEW = `query ($rule: RuleInput!, $to: SimilarTo!, $filter: ItemFilter, $first: Int! = 24) {
    previewRule(rule: $rule, to: $to, filter: $filter, first: $first) {
      before { rule item { id } } after { rule item { id } } changes { item { id } from to } } }`;
  const preview = (rule: object, variables: object = {}, options = { key }) =>
    server.query(PREVIEW, { rule, to: { itemId: 'i0' }, ...variables }, options);
  const listOf = (list: { item: { id: string } }[]) => list.map(({ item }) => item.id).join(' ');

  it('shows the first items before and after, and what moves', async () => {
    const { data } = await preview({ kind: 'PIN', target: { itemId: 'i5' }, position: 2 }, { first: 3 });
    expect(listOf(data.previewRule.before)).toBe('i1 i2 i3');
    expect(listOf(data.previewRule.after)).toBe('i1 i5 i2');
    expect(data.previewRule.after[1].rule).toBe('PINNED');
    expect(data.previewRule.changes).toEqual([
      { item: { id: 'i5' }, from: null, to: 2 },
      { item: { id: 'i2' }, from: 2, to: 3 },
      { item: { id: 'i3' }, from: 3, to: null },
    ]);
    expect(idsOf(await similar())).toBe('i1 i2 i3 i4 i5 i6');
  });

  it('ignores the dates of the rule, and stands beside the others', async () => {
    await set({ kind: 'EXCLUDE', target: { itemId: 'i1' } });
    const rule = { kind: 'EXCLUDE', target: { brand: 'Even' }, startsAt: '2100-01-01T00:00:00Z' };
    const { data } = await preview(rule);
    expect(listOf(data.previewRule.before)).toBe('i2 i3 i4 i5 i6');
    expect(listOf(data.previewRule.after)).toBe('i3 i5');
  });

  it('of a change has nothing of what the rule said before', async () => {
    const id = await set({ kind: 'EXCLUDE', target: { itemId: 'i1' } });
    const { data } = await preview({ id, kind: 'EXCLUDE', target: { itemId: 'i2' } });
    expect(listOf(data.previewRule.before)).toBe('i1 i2 i3 i4 i5 i6');
    expect(listOf(data.previewRule.after)).toBe('i1 i3 i4 i5 i6');
  });

  it('takes what setRule takes, from whom it takes it', async () => {
    const refused = await preview({ kind: 'PIN', target: { itemId: 'i1' } });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'rule.position' });
    const other = await server.makeKey('merchandiser', await makeShop(server.db));
    const rule = { kind: 'EXCLUDE', target: { brand: 'Even' } };
    expect((await preview(rule, {}, { key: other })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const widget = await server.makeKey('widget');
    expect((await preview(rule, {}, { key: widget })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('what is counted over a search', () => {
  it('leaves out what is excluded', async () => {
    const COUNTS = `{ similarItems(to: { itemId: "i0" }, minScore: 0) {
      matchCount { count } facets { brands { value count } } } }`;
    const before = (await server.query(COUNTS)).data.similarItems;
    expect(before).toEqual({
      matchCount: { count: 6 },
      facets: {
        brands: [
          { value: 'Even', count: 3 },
          { value: 'Odd', count: 3 },
        ],
      },
    });
    await set({ kind: 'EXCLUDE', target: { itemId: 'i3' } });
    const after = (await server.query(COUNTS)).data.similarItems;
    expect(after).toEqual({
      matchCount: { count: 5 },
      facets: {
        brands: [
          { value: 'Even', count: 3 },
          { value: 'Odd', count: 2 },
        ],
      },
    });
  });
});
