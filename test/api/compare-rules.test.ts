import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeGarment, makeItem, makeShop } from '../helpers/factories.ts';
import { randomOf, randomUnit } from '../helpers/random.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let shopId: string;
let key: string;
beforeAll(async () => {
  server = await makeTestServer();
  shopId = await makeShop(server.db);
  key = await server.makeKey('merchandiser', shopId);
  const random = randomOf(11);
  const centre = randomUnit(random);
  // Each further away than the one before.
  for (const [at, id] of ['query', 'near', 'middle', 'far', 'out'].entries()) {
    const other = randomUnit(random);
    const mixed = centre.map((value, i) => value + 0.35 * at * other[i]!);
    const length = Math.hypot(...mixed);
    const embedding = Float32Array.from(mixed, (value) => value / length);
    await makeItem(server.db, shopId, { id, brand: id, garments: [makeGarment({ embedding })] });
  }
});
afterAll(() => server?.close());

const COMPARE = `query ($to: SimilarTo!, $filter: ItemFilter, $first: Int, $minScore: Float) {
  compareRules(to: $to, filter: $filter, first: $first, minScore: $minScore) {
    before { score rule item { id } } after { score rule item { id } } changes { item { id } from to } } }`;
async function compare(more: object = {}, as: string | null = key) {
  const variables = { to: { itemId: 'query' }, minScore: 0, ...more };
  const { data, errors } = await server.query(COMPARE, variables, as === null ? {} : { key: as });
  if (errors) return { code: errors[0]!.extensions.code };
  const { before, after, changes } = data.compareRules;
  const ids = (side: { item: { id: string } }[]) => side.map(({ item }) => item.id);
  return { before: ids(before), after: ids(after), changes, data: data.compareRules };
}

it('shows a search without rules and with those that are active, side by side', async () => {
  const near = ['near', 'middle', 'far', 'out'];
  expect(await compare()).toMatchObject({ before: near, after: near, changes: [] });
  for (const rule of [
    '{ kind: PIN, position: 1, target: { itemId: "far" } }',
    '{ kind: EXCLUDE, target: { itemId: "middle" } }',
    '{ kind: BURY, target: { brand: "near" }, startsAt: "2999-01-01T00:00:00Z" }',
  ]) {
    const { errors } = await server.query(`mutation { setRule(rule: ${rule}) { id } }`, {}, { key });
    expect(errors).toBeUndefined();
  }
  const shown = await compare();
  expect(shown.before).toEqual(near);
  expect(shown.after).toEqual(['far', 'near', 'out']);
  expect(shown.changes).toEqual([
    { item: { id: 'far' }, from: 3, to: 1 },
    { item: { id: 'near' }, from: 1, to: 2 },
    { item: { id: 'out' }, from: 4, to: 3 },
    { item: { id: 'middle' }, from: 2, to: null },
  ]);
  expect(shown.data.after[0].rule).toBe('PINNED');
  expect(shown.data.before.every(({ rule }: { rule: unknown }) => rule === null)).toBe(true);

  expect((await compare({ filter: { brands: ['out'] } })).after).toEqual(['out']);
  // As shoppers have it: nothing below the cutoff but what is pinned.
  const cut = await compare({ minScore: 0.99 });
  expect(cut.after).toContain('far');
  expect(cut.before).not.toContain('far');
});

it('counts as nobody’s search', async () => {
  const counted = async () => {
    await server.services.recorder.flush();
    const { rows } = await server.db.inShop(shopId, (tx) =>
      tx.query('select from insight_counts where shop_id = $1', [shopId]),
    );
    return rows.length;
  };
  const before = await counted();
  await compare();
  expect(await counted()).toBe(before);
});

it('is bounded, of one shop, and for the staff alone', async () => {
  expect(await compare({ first: 101 })).toEqual({ code: 'INVALID_INPUT' });
  expect(await compare({ minScore: 2 })).toEqual({ code: 'INVALID_INPUT' });
  expect(await compare({ to: { itemId: 'nobody’s' } })).toEqual({ code: 'NOT_FOUND' });
  expect(await compare({}, await server.makeKey('merchandiser'))).toEqual({ code: 'NOT_FOUND' });
  expect(await compare({}, null)).toEqual({ code: 'FORBIDDEN' });
  expect(await compare({}, await server.makeKey('widget', shopId))).toEqual({ code: 'FORBIDDEN' });
});
