import { graphql } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKey } from '../../server/access/keys.ts';
import { contextOf } from '../../server/app.ts';
import { LookSource } from '../../server/outfits/looks/look.type.ts';
import { upsertLooks } from '../../server/outfits/looks/upsert-looks.ts';
import { makeSchema } from '../../server/schema.ts';
import { recordStatements } from '../helpers/database.ts';
import { makeGarment, makeItem, makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer, WIDGET_HOST } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let shopId: string;
let key: string;
/** A shopper's key of the same shop. */
let shopper: string;
beforeAll(async () => {
  server = await makeTestServer({ environment: { SEARCHES_PER_MINUTE: '10000' } });
});
afterAll(() => server?.close());
beforeEach(async () => {
  shopId = await makeShop(server.db);
  key = await server.makeKey('merchandiser', shopId);
  shopper = (await createKey(server.db, shopId, { role: 'widget', label: 'x', domains: [WIDGET_HOST] })).key;
  for (const id of ['a', 'b', 'c', 'd']) await makeItem(server.db, shopId, { id, title: `Skirt ${id}` });
});

const UPSERT = `mutation ($looks: [LookInput!]!, $source: LookSource! = API) { upsertLooks(looks: $looks, source: $source) {
  saved unchanged ids errors { index lookId itemId code reason } } }`;
const LOOK = 'id name source createdAt updatedAt problem items { id title }';

async function upsert(looks: object[], source = 'API') {
  const { data, errors } = await server.query(UPSERT, { looks, source }, { key });
  expect(errors).toBeUndefined();
  return data.upsertLooks;
}

async function list(variables: object = {}, withKey = key) {
  const { data, errors } = await server.query(
    `query ($first: Int! = 24, $after: String, $words: String) { looks(first: $first, after: $after, words: $words) {
      totalCount isTotalExact edges { node { ${LOOK} } } pageInfo { hasNextPage endCursor } } }`,
    { ...variables },
    { key: withKey },
  );
  expect(errors).toBeUndefined();
  return data.looks;
}
const idsOf = (looks: { edges: { node: { id: string } }[] }) => looks.edges.map(({ node }) => node.id);
const look = async (id: string, withKey = key) =>
  (await server.query(`query ($id: ID!) { look(id: $id) { ${LOOK} } }`, { id }, { key: withKey })).data.look;
const remove = (ids: string[], withKey = key) =>
  server.query(
    'mutation ($ids: [ID!]!) { removeLooks(ids: $ids) { id name source items { id } problem } }',
    { ids },
    { key: withKey },
  );
const setItem = (id: string, what: string) =>
  server.db.inShop(shopId, (tx) => tx.query(`update items set ${what} where id = $1`, [id]));

describe('upsertLooks', () => {
  it('saves the good looks and tells what is wrong with the others', async () => {
    const twentyOne = Array.from({ length: 21 }, (_, i) => `i${i}`);
    const result = await upsert([
      { id: 'good', name: ' Sum\u001bmer\u202e\n', itemIds: ['b', 'a'] },
      { id: 'unknown', itemIds: ['a', 'nope'] },
      { id: 'one', itemIds: ['a'] },
      { id: 'none', itemIds: [] },
      { id: 'twice', itemIds: ['a', 'b', 'a'] },
      { id: '', itemIds: ['a', 'b'] },
      { id: 'x'.repeat(101), itemIds: ['a', 'b'] },
      { id: 'good', itemIds: ['c', 'd'] },
      { id: 'named', name: 'n'.repeat(201), itemIds: ['a', 'b'] },
      { id: 'many', itemIds: twentyOne },
      { itemIds: ['c', 'd'] },
    ]);
    expect(result).toMatchObject({
      saved: 2,
      unchanged: 0,
      ids: ['good', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    });
    expect(
      result.errors.map((error: { index: number; lookId: string; itemId: string; code: string }) => [
        error.index,
        error.lookId?.slice(0, 8),
        error.itemId,
        error.code,
      ]),
    ).toEqual([
      [1, 'unknown', 'nope', 'UNKNOWN_ITEM'],
      [2, 'one', null, 'TOO_FEW_ITEMS'],
      [3, 'none', null, 'TOO_FEW_ITEMS'],
      [4, 'twice', 'a', 'REPEATED_ITEM'],
      [5, '', null, 'INVALID_ID'],
      [6, 'xxxxxxxx', null, 'INVALID_ID'],
      [7, 'good', null, 'REPEATED_LOOK'],
      [8, 'named', null, 'NAME_TOO_LONG'],
      [9, 'many', null, 'TOO_MANY_ITEMS'],
    ]);
    expect(await look('good')).toMatchObject({
      name: 'Summer',
      source: 'API',
      problem: null,
      items: [{ id: 'b' }, { id: 'a', title: 'Skirt a' }],
    });
  });

  it('changes nothing when it comes again, and replaces a look as a whole', async () => {
    const looks = [{ id: 'x', name: 'X', itemIds: ['a', 'b', 'c'] }];
    await upsert(looks);
    const before = await look('x');
    expect(await upsert(looks, 'STUDIO')).toMatchObject({ saved: 0, unchanged: 1, ids: ['x'] });
    expect(await look('x')).toEqual(before);
    expect(await upsert([{ id: 'x', itemIds: ['b', 'a'] }], 'STUDIO')).toMatchObject({
      saved: 1,
      unchanged: 0,
    });
    expect(await look('x')).toMatchObject({
      name: null,
      source: 'STUDIO',
      createdAt: before.createdAt,
      items: [{ id: 'b' }, { id: 'a' }],
    });
    expect(await upsert([{ id: 'x', itemIds: ['a', 'b'] }])).toMatchObject({ saved: 1 });
    expect(await look('x')).toMatchObject({ source: 'API', items: [{ id: 'a' }, { id: 'b' }] });
  });

  it.each([
    [[], 'API', 'looks'],
    [Array.from({ length: 501 }, () => ({ itemIds: ['a', 'b'] })), 'API', 'looks'],
    [[{ itemIds: ['a', 'b'] }], 'FEED', 'source'],
  ])('refuses a list of %#', async (looks, source, field) => {
    const { errors } = await server.query(UPSERT, { looks, source }, { key });
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
    expect((await list()).totalCount).toBe(0);
  });

  it('takes 500 looks at once', async () => {
    const looks = Array.from({ length: 500 }, (_, i) => ({ id: `l${i}`, itemIds: ['a', 'b'] }));
    expect(await upsert(looks)).toMatchObject({ saved: 500, errors: [] });
    looks[250]!.itemIds = ['a', 'c'];
    expect(await upsert(looks)).toMatchObject({ saved: 1, unchanged: 499 });
    expect(await list()).toMatchObject({ totalCount: 500, isTotalExact: true });
  });

  it('makes no more looks than a shop may have', async () => {
    const parts = { db: server.db, shopId };
    const looks = ['x', 'y', 'z'].map((id) => ({ id, itemIds: ['a', 'b'] }));
    const result = await upsertLooks(parts, looks, LookSource.API, 2);
    expect(result).toMatchObject({ saved: 2, errors: [{ index: 2, lookId: 'z', code: 'TOO_MANY_LOOKS' }] });
    looks[0]!.itemIds = ['a', 'c'];
    expect(await upsertLooks(parts, looks.slice(0, 1), LookSource.API, 2)).toMatchObject({ saved: 1 });
  });

  it('keeps an item from being deleted while it is put into a look', async () => {
    const saving = Array.from({ length: 20 }, (_, i) => upsert([{ id: `l${i}`, itemIds: ['a', 'b', 'c'] }]));
    const deleting = server.query('mutation { deleteItems(ids: ["c", "b"]) }', {}, { key });
    const results = await Promise.all(saving);
    expect((await deleting).data.deleteItems).toEqual(['b', 'c']);
    for (const { saved, errors } of results) expect(saved + errors.length).toBe(1);
    expect((await server.query('{ item(id: "b") { id } }', {}, { key })).data.item).toBeNull();
  });
});

describe('the looks of a shop', () => {
  it('are listed page by page, the newest first', async () => {
    for (const id of ['1', '2', '3', '4', '5']) await upsert([{ id, itemIds: ['a', 'b'] }]);
    const first = await list({ first: 2 });
    expect(idsOf(first)).toEqual(['5', '4']);
    const second = await list({ first: 2, after: first.pageInfo.endCursor });
    expect(idsOf(second)).toEqual(['3', '2']);
    const last = await list({ first: 2, after: second.pageInfo.endCursor });
    expect(last).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: false } });
    expect(idsOf(last)).toEqual(['1']);
    const { errors } = await server.query(
      'query ($after: String) { looks(words: "x", after: $after) { edges { cursor } } }',
      { after: first.pageInfo.endCursor },
      { key },
    );
    expect(errors![0]!.extensions.code).toBe('INVALID_CURSOR');
  });

  it.each([
    ['summer', ['one']],
    ['SUMMER party', ['one']],
    ['one', ['one']],
    ['skirt C', ['two']],
    ['skirt', ['two', 'one']],
    ['%', []],
    ['  ', ['two', 'one']],
  ])('are found by the words %j', async (words, ids) => {
    await upsert([{ id: 'one', name: 'Summer Party', itemIds: ['a', 'b'] }]);
    await upsert([{ id: 'two', itemIds: ['b', 'c'] }]);
    expect(idsOf(await list({ words }))).toEqual(ids);
  });

  it.each([['x '.repeat(21)], ['x'.repeat(201)]])('are not looked for by %j', async (words) => {
    const { errors } = await server.query(
      'query ($words: String) { looks(words: $words) { totalCount } }',
      { words },
      { key },
    );
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'words' });
  });

  it('have a problem where their items cannot be shown, and are hidden from shoppers with fewer than two', async () => {
    await upsert([
      { id: 'two', itemIds: ['a', 'b'] },
      { id: 'four', itemIds: ['a', 'b', 'c', 'd'] },
    ]);
    const problems = async () => [(await look('two')).problem, (await look('four')).problem];
    const seen = async () => {
      const ids = idsOf(await list({}, shopper)).sort();
      expect(await list({}, shopper)).toMatchObject({ totalCount: ids.length });
      for (const id of ['two', 'four']) expect((await look(id, shopper)) !== null).toBe(ids.includes(id));
      return ids;
    };
    const hidden = 'Shoppers do not see the look: fewer than two of its items can be shown.';
    expect(await problems()).toEqual([null, null]);
    expect(await seen()).toEqual(['four', 'two']);

    await setItem('a', `availability = 'out_of_stock'`);
    expect(await problems()).toEqual([`a is out of stock. ${hidden}`, 'a is out of stock.']);
    expect(await seen()).toEqual(['four']);
    // Shoppers are told no reasons.
    expect((await look('four', shopper)).problem).toBeNull();

    await setItem('b', `state = 'failed', failure = 'x'`);
    expect((await problems())[1]).toBe(
      'b cannot be found: not parsed yet, failed, or without a garment to match. a is out of stock.',
    );
    expect((await look('four', shopper)).items).toEqual([
      { id: 'a', title: 'Skirt a' },
      { id: 'c', title: 'Skirt c' },
      { id: 'd', title: 'Skirt d' },
    ]);

    const rule = (of: string) =>
      server.query(`mutation { setRule(rule: { kind: EXCLUDE, target: ${of} }) { id } }`, {}, { key });
    // An exclusion from some searches is none from looks.
    await rule('{ itemId: "d" }, searchCategories: [SKIRT]');
    expect(await seen()).toEqual(['four']);
    await rule('{ itemId: "d" }');
    expect((await problems())[1]).toContain(`d is excluded by a rule. ${hidden}`);
    expect(await seen()).toEqual([]);

    await server.query('mutation { deleteItems(ids: ["b", "c"]) }', {}, { key });
    expect((await problems())[1]).toBe(
      `2 of its 4 items are no longer in the shop. a is out of stock. d is excluded by a rule. ${hidden}`,
    );
  });

  it('are listed with their items by as many statements for fifty as for two', async () => {
    for (let i = 0; i < 50; i++) await upsert([{ id: `l${i}`, itemIds: ['a', 'b', 'd'] }]);
    const { data } = await server.query('{ item(id: "a") { looks { id items { id } } } }', {}, { key });
    expect(data.item.looks).toHaveLength(20);
    expect(data.item.looks[0]).toEqual({ id: 'l49', items: [{ id: 'a' }, { id: 'b' }, { id: 'd' }] });
    const { count: few } = await run(`{ looks(first: 2) { edges { node { ${LOOK} } } } }`);
    const { count: many } = await run(`{ looks(first: 50) { edges { node { ${LOOK} } } } }`);
    expect(many).toBe(few);
    const { count: one } = await run(
      '{ items(first: 1) { edges { node { id looks { id items { id } } } } } }',
    );
    const { count: four } = await run(
      '{ items(first: 4) { edges { node { id looks { id items { id } } } } } }',
    );
    expect(four).toBe(one);
  });

  /** The statements of one query. */
  async function run(source: string): Promise<{ count: number }> {
    const { db, statements } = recordStatements(server.db);
    const viewer = { role: 'merchandiser', shopId, client: 'test' } as const;
    const { errors } = await graphql({
      schema: await makeSchema(),
      source,
      contextValue: contextOf({ ...server.services, db }, viewer),
    });
    expect(errors).toBeUndefined();
    return { count: statements.length };
  }
});

describe('removeLooks', () => {
  it('returns what it removed, which saving restores', async () => {
    await upsert([{ id: 'x', name: 'X', itemIds: ['b', 'a'] }], 'STUDIO');
    await upsert([{ id: 'y', itemIds: ['c', 'd'] }]);
    const { data } = await remove(['x', 'nope']);
    expect(data.removeLooks).toEqual([
      { id: 'x', name: 'X', source: 'STUDIO', items: [{ id: 'b' }, { id: 'a' }], problem: null },
    ]);
    expect(idsOf(await list())).toEqual(['y']);
    expect(await look('x')).toBeNull();
    const [{ id, name, items }] = data.removeLooks;
    const itemIds = items.map((item: { id: string }) => item.id);
    expect(await upsert([{ id, name, itemIds }], 'STUDIO')).toMatchObject({ saved: 1 });
    expect(await look('x')).toMatchObject({ name: 'X', source: 'STUDIO', items: [{ id: 'b' }, { id: 'a' }] });
  });

  it.each([[[]], [Array.from({ length: 501 }, (_, i) => `${i}`)]])('refuses a list of %#', async (ids) => {
    expect((await remove(ids)).errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'ids' });
  });

  it('and saving are the merchandisers to do', async () => {
    await upsert([{ id: 'x', itemIds: ['a', 'b'] }]);
    const saved = await server.query(UPSERT, { looks: [{ itemIds: ['a', 'b'] }] }, { key: shopper });
    for (const { errors } of [saved, await remove(['x'], shopper)]) {
      expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
    }
    expect(idsOf(await list())).toEqual(['x']);
  });

  it("does nothing to another shop's looks, nor does saving", async () => {
    await upsert([{ id: 'x', name: 'Ours', itemIds: ['a', 'b'] }]);
    const otherShop = await makeShop(server.db);
    const other = await server.makeKey('admin', otherShop);
    expect((await remove(['x'], other)).data.removeLooks).toEqual([]);
    const { data } = await server.query(
      UPSERT,
      { looks: [{ id: 'x', itemIds: ['a', 'b'] }] },
      { key: other },
    );
    expect(data.upsertLooks.errors).toMatchObject([{ code: 'UNKNOWN_ITEM', itemId: 'a' }]);
    await makeItem(server.db, otherShop, { id: 'a' });
    await makeItem(server.db, otherShop, { id: 'b', title: 'Theirs' });
    await server.query(UPSERT, { looks: [{ id: 'x', itemIds: ['b', 'a'] }] }, { key: other });
    expect(await look('x', other)).toMatchObject({ name: null, items: [{ title: 'Theirs' }, {}] });
    expect(await look('x')).toMatchObject({ name: 'Ours', items: [{ id: 'a' }, { title: 'Skirt b' }] });
  });
});

describe('itemsInNoOutfit', () => {
  const ask = async (variables: object = {}, withKey = key) =>
    server.query(
      `query ($first: Int! = 24, $after: String, $why: NoOutfitReason) {
        itemsInNoOutfit(first: $first, after: $after, why: $why) {
          totalCount counts { why count } edges { node { why message item { id } } } pageInfo { endCursor hasNextPage } } }`,
      { ...variables },
      { key: withKey },
    );
  const reasons = async (variables: object = {}): Promise<string[]> =>
    (await ask(variables)).data.itemsInNoOutfit.edges.map(
      ({ node }: { node: { why: string; item: { id: string } } }) => `${node.item.id} ${node.why}`,
    );

  beforeEach(async () => {
    await upsert([{ id: 'x', itemIds: ['a', 'b'] }]);
    await makeItem(server.db, shopId, { id: 'e', state: 'pending' });
    await makeItem(server.db, shopId, { id: 'f', garments: [] });
    await makeItem(server.db, shopId, { id: 'g', garments: [makeGarment({ category: null, whole: true })] });
    await makeItem(server.db, shopId, { id: 'h', brand: 'Old' });
    await setItem('d', `availability = 'out_of_stock'`);
    await server.query(
      'mutation { setRule(rule: { kind: EXCLUDE, target: { brand: "old" } }) { id } }',
      {},
      { key },
    );
  });

  it('tells the first reason of each, with their numbers', async () => {
    expect(await reasons()).toEqual([
      'c IN_NO_LOOK',
      'd OUT_OF_STOCK',
      'e NOT_READY',
      'f NO_GARMENT',
      'g NO_SLOT',
      'h EXCLUDED',
    ]);
    const { totalCount, counts, edges } = (await ask()).data.itemsInNoOutfit;
    expect(totalCount).toBe(6);
    expect(counts).toHaveLength(6);
    expect(counts).toContainEqual({ why: 'NO_SLOT', count: 1 });
    for (const { node } of edges) expect(node.message).toMatch(/^[A-Z].*\.$/);
    // In a look, but not to be had.
    await setItem('a', `availability = 'out_of_stock'`);
    expect(await reasons({ why: 'OUT_OF_STOCK' })).toEqual(['a OUT_OF_STOCK', 'd OUT_OF_STOCK']);
  });

  it('is read page by page, whatever the reason', async () => {
    const first = (await ask({ first: 4 })).data.itemsInNoOutfit;
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(await reasons({ first: 4, after: first.pageInfo.endCursor })).toEqual(['g NO_SLOT', 'h EXCLUDED']);
    const wrong = await ask({ after: first.pageInfo.endCursor, why: 'NO_SLOT' });
    expect(wrong.errors![0]!.extensions.code).toBe('INVALID_CURSOR');
    expect((await ask({ why: 'NO_SLOT' })).data.itemsInNoOutfit).toMatchObject({ totalCount: 1 });
    expect(await reasons({ why: 'NO_SLOT' })).toEqual(['g NO_SLOT']);
  });

  it('is for merchandisers alone', async () => {
    expect((await ask({}, shopper)).errors![0]!.extensions.code).toBe('FORBIDDEN');
  });
});
