import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeLimiter } from '../../server/access/limiter.ts';
import { makeItem } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

interface Cost {
  requested: number;
  maximum: number | null;
  remaining: number | null;
  restoreRate: number | null;
}

let server: TestServer;
/** The tests' own time: it passes where they wait, however slow the machine is. */
const clock = { ms: 0 };
const sleep = (ms: number) => {
  clock.ms += ms;
};
beforeAll(async () => {
  server = await makeTestServer({
    clock: () => clock.ms,
    environment: { QUERY_COST_PER_MINUTE: '6000', SEARCHES_PER_MINUTE: '12', PARSES_PER_MINUTE: '30' },
  });
  await makeItem(server.db, server.shopId, { id: 'a' });
  await makeItem(server.db, server.shopId, { id: 'b' });
});
afterAll(() => server.close());

async function post(body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as {
    data?: unknown;
    errors?: { extensions: { code: string; retryAfter?: number } }[];
    extensions?: { cost: Cost };
  };
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...answer };
}

const SEARCH = '{ similarItems(to: { itemId: "a" }) { edges { node { item { title } } } } }';
const SEARCHES = `{ ${[1, 2, 3, 4, 5].map((i) => `s${i}: similarItems(to: { itemId: "b" }, first: 1) { edges { cursor } }`).join(' ')} }`;
const LIST = '{ items(first: 50) { totalCount edges { node { title images { url garments { id } } } } } }';

describe('lists without a number of their own', () => {
  it('count as long as they may be, also within one another', async () => {
    const of = (fields: string) => `{ items(first: 50) { edges { node { ${fields} } } } }`;
    const cost = async (fields: string) => (await post({ query: of(fields) })).extensions!.cost.requested;
    sleep(60_000);
    expect(await cost('variants { id }')).toBeGreaterThan(50 * 100);
    const nested = await post({ query: of('variants { variants { id } }') });
    expect(nested.errors?.[0]?.extensions.code).toBe('QUERY_TOO_COSTLY');
  });
});

describe('variables that nest without end', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  it.each([
    ['{ __typename }', 200],
    ['query ($a: String!) { __type(name: $a) { name } }', 400],
    ['{ shop { name } }', 200],
  ])('are no fault of the server: %s', async (query, status) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(query)},"variables":{"a":${deep}}}`,
    });
    expect(response.status).toBe(status);
    expect(server.logged).toEqual([]);
  });
});

describe('extensions.cost', () => {
  beforeEach(() => sleep(60_000));

  it.each([
    ['an answer', { query: '{ shop { name } }' }],
    ['a document that does not parse', { query: '{' }],
    ['a document that does not fit the schema', { query: '{ nothing }' }],
    ['variables that do not fit', { query: 'query ($id: ID!) { item(id: $id) { id } }' }],
    ['a query that is too deep', { query: `{ shop ${'{ slots '.repeat(20)} ${'}'.repeat(20)} }` }],
    ['a question about the schema', { query: '{ __schema { queryType { name } } }' }],
  ])('is with %s', async (_, body) => {
    const { extensions } = await post(body);
    expect(extensions!.cost).toEqual({
      requested: expect.any(Number),
      maximum: 6000,
      remaining: expect.any(Number),
      restoreRate: 100,
    });
  });

  it('has what the operation could cost, and counts a search for its share of the minute', async () => {
    expect((await post({ query: '{ shop { name id } }' })).extensions!.cost.requested).toBe(3);
    // 12 searches a minute: each is worth 500 of 6,000.
    expect((await post({ query: SEARCH })).extensions!.cost.requested).toBe(500);
    expect((await post({ query: SEARCHES })).extensions!.cost.requested).toBe(2500);
  });

  it('counts a photo for its share', async () => {
    const parse = 'mutation ($file: Upload!) { parsePhoto(image: $file) { id } }';
    const answer = (await server.upload(parse, await drawPicture())) as unknown as {
      extensions: { cost: Cost };
    };
    expect(answer.extensions.cost.requested).toBeGreaterThanOrEqual(5000);
  });

  it('has no limits with a key that has none', async () => {
    const key = await server.makeKey('merchandiser');
    const { extensions } = await post({ query: '{ shop { name } }' }, { authorization: `Bearer ${key}` });
    expect(extensions!.cost).toEqual({ requested: 2, maximum: null, remaining: null, restoreRate: null });
  });

  it('is of the client that asks, also where the answer is kept', async () => {
    const query = '{ __schema { mutationType { name } } }';
    const key = await server.makeKey('admin');
    await post({ query }, { authorization: `Bearer ${key}` });
    expect((await post({ query })).extensions!.cost.maximum).toBe(6000);
    expect((await post({ query }, { authorization: `Bearer ${key}` })).extensions!.cost.maximum).toBeNull();
  });
});

/** As docs/api.md tells clients to do it. */
function makeObedientClient() {
  const known = new Map<string, number>();
  let last = { remaining: 6000, restoreRate: 100, at: clock.ms };
  return async (query: string) => {
    // What a query costs is known once it was asked; until then it may cost all there is.
    const lacking = (known.get(query) ?? 6000) - last.remaining;
    const wait = (lacking / last.restoreRate) * 1000 - (clock.ms - last.at);
    if (wait > 0) sleep(wait);
    const answer = await post({ query });
    const { cost } = answer.extensions!;
    known.set(query, cost.requested);
    last = { remaining: cost.remaining!, restoreRate: cost.restoreRate!, at: clock.ms };
    return answer;
  };
}

describe('a client', () => {
  it('that obeys `remaining` is never refused, however much it asks for', async () => {
    sleep(60_000);
    const ask = makeObedientClient();
    const refused: unknown[] = [];
    const started = clock.ms;
    let spent = 0;
    for (let i = 0; i < 15; i++) {
      const { errors, status, extensions } = await ask([SEARCH, SEARCHES, LIST][i % 3]!);
      if (errors || status !== 200) refused.push(errors?.[0]?.extensions.code ?? status);
      spent += extensions!.cost.requested;
    }
    expect(refused).toEqual([]);
    // It asked for more than the limit holds, so it waited; and for no longer than it had to.
    expect(spent).toBeGreaterThan(6000);
    const waited = (clock.ms - started) / 1000;
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThanOrEqual(spent / 100 + 1);
  });

  it('that does not is refused, told when to come again, and then answered', async () => {
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(await post({ query: SEARCHES }));
    const refused = answers.filter(({ errors }) => errors);
    expect(refused.length).toBeGreaterThan(0);
    const last = refused.at(-1)!;
    expect([last.status, last.errors![0]!.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(last.retryAfter)).toBe(last.errors![0]!.extensions.retryAfter);
    expect((await post({ query: SEARCH })).status).toBe(429);
    sleep(Number(last.retryAfter) * 1000);
    expect((await post({ query: SEARCH })).errors).toBeUndefined();
  });
});

it('the limits of a minute hold over any longer time, whatever the pauses', async () => {
  const own = { ms: 0 };
  const limits = { parse: 10, search: 60, event: 100, cost: 6000 };
  const widget = { widgetParse: 1, widgetSearch: 1, widgetEvent: 1 };
  const limiter = makeLimiter({ ...limits, ...widget }, server.db, () => own.ms);
  const viewer = { role: 'anonymous', shopId: server.shopId, client: 'x' } as const;
  let granted = 0;
  for (; own.ms < 600_000; own.ms += 137) {
    const request = limiter.forRequest();
    const { remaining } = await request.report(viewer);
    const wasGranted = await request.check('search', viewer).then(
      () => true,
      () => false,
    );
    // A search is worth 100: whoever looked first knew.
    expect(wasGranted).toBe(remaining! >= 100);
    granted += Number(wasGranted);
  }
  expect(granted).toBeGreaterThanOrEqual(655);
  expect(granted).toBeLessThanOrEqual(660);
});
