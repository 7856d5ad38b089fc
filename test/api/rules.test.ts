import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeItem, makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const RULE = `id kind target { itemId category brand attribute { name value } item { title } }
  searchCategories position strength includeOutOfStock startsAt endsAt note state createdAt updatedAt removedAt`;
const SET = `mutation ($rule: RuleInput!) { setRule(rule: $rule) { ${RULE} } }`;
const REMOVE = `mutation ($id: ID!) { removeRule(id: $id) { ${RULE} } }`;
const RESTORE = `mutation ($id: ID!) { restoreRule(id: $id) { ${RULE} } }`;
const LIST = `query ($state: RuleState, $first: Int! = 50, $after: String) {
  rules(state: $state, first: $first, after: $after) {
    edges { node { id note state } } pageInfo { hasNextPage endCursor } } }`;

let server: TestServer;
let key: string;
let otherKey: string;
beforeAll(async () => {
  server = await makeTestServer();
  key = await server.makeKey('merchandiser');
  otherKey = await server.makeKey('admin', await makeShop(server.db));
  await makeItem(server.db, server.shopId, { id: 'known', title: 'Known' });
});
afterAll(() => server.close());

const set = (rule: object, withKey = key) => server.query(SET, { rule }, { key: withKey });
const list = (variables: object = {}, withKey = key) =>
  server.query(LIST, { ...variables }, { key: withKey });
const notesOf = (answer: Awaited<ReturnType<typeof list>>): string[] =>
  answer.data.rules.edges.map(({ node }: { node: { note: string } }) => node.note);
const bury = (note: string) => ({ kind: 'BURY', target: { brand: 'Acme' }, note });

describe('a rule', () => {
  it('is kept as it was set', async () => {
    const { data } = await set({
      kind: 'PIN',
      target: { itemId: 'known' },
      position: 3,
      searchCategories: ['TROUSERS', 'SKIRT', 'SKIRT'],
      startsAt: '2020-01-01T00:00:00Z',
      endsAt: '2020-02-01T00:00:00+01:00',
      note: ' Win\u001bter\u202e\n',
    });
    expect(data.setRule).toMatchObject({
      kind: 'PIN',
      target: { itemId: 'known', category: null, brand: null, attribute: null, item: { title: 'Known' } },
      searchCategories: ['TROUSERS', 'SKIRT'],
      position: 3,
      strength: null,
      includeOutOfStock: false,
      startsAt: '2020-01-01T00:00:00.000Z',
      endsAt: '2020-01-31T23:00:00.000Z',
      note: 'Winter',
      state: 'ENDED',
      removedAt: null,
    });
  });

  it.each([
    [
      { kind: 'BOOST', target: { category: 'SKIRT' } },
      { target: { category: 'SKIRT' }, strength: 'NORMAL' },
    ],
    [
      { kind: 'BURY', target: { attribute: { name: 'season', value: 'Winter' } }, strength: 'WEAK' },
      { target: { attribute: { name: 'season', value: 'Winter' } }, strength: 'WEAK' },
    ],
    [
      { kind: 'EXCLUDE', target: { brand: 'Acme' } },
      { target: { brand: 'Acme' }, strength: null },
    ],
    [
      { kind: 'EXCLUDE', target: { brand: 'Acme' }, startsAt: '2100-01-01T00:00:00Z' },
      { state: 'SCHEDULED' },
    ],
  ])('may be %j', async (rule, expected) => {
    expect((await set(rule)).data.setRule).toMatchObject({ state: 'ACTIVE', ...expected });
  });

  it('is changed by its id, as a whole', async () => {
    const { id, createdAt } = (await set({ ...bury('first'), strength: 'STRONG' })).data.setRule;
    const { data } = await set({ id, kind: 'EXCLUDE', target: { category: 'VEST' } });
    expect(data.setRule).toMatchObject({ id, createdAt, kind: 'EXCLUDE', strength: null, note: null });
    expect(data.setRule.target).toMatchObject({ brand: null, category: 'VEST' });
  });

  it('is removed and restored as it was', async () => {
    const before = (await set(bury('to remove'))).data.setRule;
    const removed = (await server.query(REMOVE, { id: before.id }, { key })).data.removeRule;
    expect(removed).toMatchObject({ id: before.id, state: 'REMOVED' });
    expect(removed.removedAt).toBe(removed.updatedAt);
    expect((await server.query(REMOVE, { id: before.id }, { key })).data.removeRule).toEqual(removed);
    expect(notesOf(await list())).not.toContain('to remove');
    expect(notesOf(await list({ state: 'REMOVED' }))).toContain('to remove');
    const restored = (await server.query(RESTORE, { id: before.id }, { key })).data.restoreRule;
    expect(restored).toEqual({ ...before, updatedAt: restored.updatedAt });
    expect(notesOf(await list())).toContain('to remove');
    expect(notesOf(await list({ state: 'REMOVED' }))).not.toContain('to remove');
  });

  it('still takes and gives evenOutOfStock, the former name of includeOutOfStock', async () => {
    const pin = { kind: 'PIN', target: { itemId: 'known' }, position: 3 };
    const stockOf = async (rule: object) => {
      const { data } = await server.query(
        'mutation ($rule: RuleInput!) { setRule(rule: $rule) { evenOutOfStock includeOutOfStock } }',
        { rule: { ...pin, ...rule } },
        { key },
      );
      return data.setRule;
    };
    expect(await stockOf({ evenOutOfStock: true })).toEqual({
      evenOutOfStock: true,
      includeOutOfStock: true,
    });
    expect(await stockOf({ evenOutOfStock: true, includeOutOfStock: false })).toEqual({
      evenOutOfStock: false,
      includeOutOfStock: false,
    });
  });

  it.each([
    [{ kind: 'PIN', target: { itemId: 'known' } }, 'INVALID_INPUT', 'rule.position'],
    [{ kind: 'PIN', target: { itemId: 'known' }, position: 25 }, 'INVALID_INPUT', 'rule.position'],
    [{ kind: 'PIN', target: { itemId: 'known' }, position: 0 }, 'INVALID_INPUT', 'rule.position'],
    [{ kind: 'BOOST', target: { itemId: 'known' }, position: 1 }, 'INVALID_INPUT', 'rule.position'],
    [{ kind: 'EXCLUDE', target: { itemId: 'known' }, strength: 'WEAK' }, 'INVALID_INPUT', 'rule.strength'],
    [
      { kind: 'BURY', target: { brand: 'a' }, includeOutOfStock: true },
      'INVALID_INPUT',
      'rule.includeOutOfStock',
    ],
    [{ kind: 'EXCLUDE', target: { itemId: 'nobody' } }, 'UNKNOWN_ITEM', 'rule.target.itemId'],
    [{ kind: 'EXCLUDE', target: { itemId: '' } }, 'INVALID_INPUT', 'rule.target.itemId'],
    [{ kind: 'EXCLUDE', target: { brand: ' ' } }, 'INVALID_INPUT', 'rule.target.brand'],
    [{ kind: 'EXCLUDE', target: { brand: 'x'.repeat(1001) } }, 'INVALID_INPUT', 'rule.target.brand'],
    [{ ...bury('x'.repeat(501)) }, 'INVALID_INPUT', 'rule.note'],
    [
      { ...bury(''), startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' },
      'INVALID_INPUT',
      'rule.endsAt',
    ],
    [{ kind: 'EXCLUDE', target: {} }, 'BAD_USER_INPUT', undefined],
    [{ kind: 'EXCLUDE', target: { brand: 'a', category: 'VEST' } }, 'BAD_USER_INPUT', undefined],
    [{ ...bury(''), id: 'nonsense' }, 'NOT_FOUND', undefined],
    [{ ...bury(''), id: '00000000-0000-4000-8000-000000000000' }, 'NOT_FOUND', undefined],
  ])('may not be %.100j', async (rule, code, field) => {
    const { errors } = await set(rule);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(errors?.[0]?.extensions.field).toBe(field);
  });

  it.each([REMOVE, RESTORE])('is to be there for %.40s', async (mutation) => {
    for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
      const { errors } = await server.query(mutation, { id }, { key });
      expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });

  it.each([undefined, 'widget'] as const)('is nothing to %s', async (role) => {
    const options = role ? { key: await server.makeKey(role) } : {};
    const id = '00000000-0000-4000-8000-000000000000';
    for (const [text, variables] of [
      [SET, { rule: bury('') }],
      [REMOVE, { id }],
      [RESTORE, { id }],
      [LIST, {}],
    ] as const) {
      expect((await server.query(text, variables, options)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('cannot be reached with another shop’s key', async () => {
    const { id } = (await set(bury('ours alone'))).data.setRule;
    for (const [text, variables] of [
      [SET, { rule: { ...bury('theirs'), id } }],
      [REMOVE, { id }],
      [RESTORE, { id }],
    ] as const) {
      const { errors } = await server.query(text, variables, { key: otherKey });
      expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
    expect(notesOf(await list({}, otherKey))).toEqual([]);
    const theirs = await set({ kind: 'EXCLUDE', target: { itemId: 'known' } }, otherKey);
    expect(theirs.errors?.[0]?.extensions.code).toBe('UNKNOWN_ITEM');
    expect(notesOf(await list())).toContain('ours alone');
  });
});

describe('the list of rules', () => {
  it('is paged from its end, too, with the same cursors', async () => {
    const key = await server.makeKey('merchandiser', await makeShop(server.db));
    for (let i = 0; i < 5; i++) await set({ kind: 'BURY', note: `${i}`, target: { category: 'SKIRT' } }, key);
    const page = async (args: string) => {
      const query = `{ rules(${args}) { edges { cursor node { note } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
      const { data, errors } = await server.query(query, {}, { key });
      if (errors) return errors[0]!.extensions;
      const { edges, pageInfo } = data.rules;
      expect([edges[0]?.cursor, edges.at(-1)?.cursor]).toEqual([pageInfo.startCursor, pageInfo.endCursor]);
      return { notes: edges.map(({ node }: { node: { note: string } }) => node.note).join(''), ...pageInfo };
    };
    const end = await page('last: 2');
    expect(end).toMatchObject({ notes: '10', hasNextPage: false, hasPreviousPage: true });
    const middle = await page(`last: 2, before: "${end.startCursor}"`);
    expect(middle).toMatchObject({ notes: '32', hasNextPage: true, hasPreviousPage: true });
    expect(await page(`last: 2, before: "${middle.startCursor}"`)).toMatchObject({
      notes: '4',
      hasPreviousPage: false,
    });
    expect(await page(`first: 2, after: "${middle.endCursor}"`)).toMatchObject({ notes: '10' });
    expect(await page('last: 101')).toMatchObject({ code: 'INVALID_INPUT', field: 'last' });
    expect(await page(`first: 2, before: "${end.startCursor}"`)).toMatchObject({ field: 'before' });
    const foreign = await server.query(
      `{ rules(last: 2, before: "${end.startCursor}") { edges { cursor } } }`,
      {},
      { key: otherKey },
    );
    expect(foreign.errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });

  it('is paged, the newest first', async () => {
    const notes = Array.from({ length: 5 }, (_, i) => `page ${i}`);
    for (const note of notes) await set(bury(note), otherKey);
    const read: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const answer = await list({ first: 2, after }, otherKey);
      read.push(...notesOf(answer));
      after = answer.data.rules.pageInfo.endCursor;
      expect(answer.data.rules.pageInfo.hasNextPage).toBe(page < 2);
    }
    expect(read).toEqual(notes.reverse());
    const { errors } = await list({ first: 2, after, state: 'ACTIVE' }, otherKey);
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });

  it('has at most 500 rules, removed ones aside', async () => {
    const shop = await makeShop(server.db);
    const full = await server.makeKey('merchandiser', shop);
    await server.db.inShop(shop, (tx) =>
      tx.query(
        `insert into rules (shop_id, id, kind, brand, strength)
         select $1, gen_random_uuid(), 'bury', 'b' || n, 'weak' from generate_series(1, 499) n on conflict do nothing`,
        [shop],
      ),
    );
    const { id } = (await set(bury('last'), full)).data.setRule;
    expect((await set(bury('too many'), full)).errors?.[0]?.extensions.code).toBe('TOO_MANY_RULES');
    expect((await set({ ...bury('changed'), id }, full)).data.setRule.note).toBe('changed');
    await server.query(REMOVE, { id }, { key: full });
    expect((await set(bury('instead'), full)).errors).toBeUndefined();
    const { errors } = await server.query(RESTORE, { id }, { key: full });
    expect(errors?.[0]?.extensions.code).toBe('TOO_MANY_RULES');
  });
});
