import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer();
});
afterAll(() => server.close());

const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${server.url}/graphql`, { method: 'POST', body, headers });

describe('an error that is not the client’s', () => {
  it('is masked, and logged under the reference that the client gets', async () => {
    const rename = (from: string, to: string) =>
      server.db.asOwner((tx) => tx.query(`alter table ${from} rename to ${to}`));
    await rename('items', 'items_elsewhere');
    const { errors, data } = await server.query('{ items { totalCount } }');
    await rename('items_elsewhere', 'items');
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', reference: 'ref-1' });
    expect(JSON.stringify(errors)).not.toMatch(/relation|does not exist|select/);
    expect(String(server.logged[0])).toMatch(/"items" does not exist/);
  });
});

describe('a request that cannot be read', () => {
  it.each([
    ['broken JSON', () => post('{"query":')],
    ['no query', () => post('{}')],
    ['a query that does not parse', () => post('{"query":"{"}')],
    ['a field that does not exist', () => post('{"query":"{ nothing }"}')],
    ['another content type', () => post('query', { 'content-type': 'text/plain' })],
    [
      'a multipart body without its map',
      () => {
        const form = new FormData();
        form.set('operations', '{}');
        return fetch(`${server.url}/graphql`, {
          method: 'POST',
          body: form,
          headers: { 'apollo-require-preflight': 'true' },
        });
      },
    ],
  ])('is answered with 400 and a code, without a stack: %s', async (_, send) => {
    const response = await send();
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text).errors[0].extensions.code).toEqual(expect.any(String));
    expect(text).not.toMatch(/node_modules|\.ts:/);
  });

  it('is answered with 413 where it is too long', async () => {
    const response = await post(JSON.stringify({ query: '{ __typename }', filler: 'x'.repeat(300 * 1024) }));
    expect(response.status).toBe(413);
  });

  it('is answered with 413 where it is too long once it is unpacked', async () => {
    const body = gzipSync(JSON.stringify({ query: '{ __typename }', filler: 'x'.repeat(300 * 1024) }));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', body, headers });
    expect(response.status).toBe(413);
    expect((await response.json()).errors[0].extensions.code).toBe('BODY_TOO_LARGE');
  });

  it('is not repeated whole where it is long', async () => {
    const { errors } = await server.query(
      'query ($id: ID!, $locked: [ID!]) { outfits(to: { itemId: $id }, locked: $locked) { totalCount } }',
      { id: 'x', locked: ['y'.repeat(30_000)] },
    );
    expect(errors![0]!.message.length).toBeLessThanOrEqual(1001);
  });

  it.each(['application/json', 'text/event-stream'])(
    'is told where it is nested too deeply: %s',
    async (accept) => {
      const query = `{ item(id: ${'['.repeat(14_000)}`;
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        body: JSON.stringify({ query }),
        headers: { 'content-type': 'application/json', accept },
      });
      expect(response.status).toBe(400);
      const { message, extensions } = (await response.json()).errors[0];
      expect(extensions.code).toBe('GRAPHQL_PARSE_FAILED');
      expect(message).not.toMatch(/call stack/);
    },
  );
});

describe('variables with more faults than are told', () => {
  it('are the client’s mistake', async () => {
    const { errors } = await server.query(
      'query ($brands: [String!]) { items(filter: { brands: $brands }) { totalCount } }',
      {
        brands: Array(60).fill({}),
      },
    );
    const codes = new Set(errors!.map(({ extensions }) => extensions.code));
    expect([...codes]).toEqual(['BAD_USER_INPUT']);
    expect(errors!.at(-1)!.message).toMatch(/Too many errors/);
  });
});

describe('a request with many faults', () => {
  it.each([
    [
      'unknown fields',
      { query: `{ ${Array.from({ length: 900 }, (_, i) => `itemGarments${i}`).join(' ')} }` },
    ],
    [
      'values of another type',
      {
        query: 'query ($filter: ItemFilter) { items(filter: $filter) { totalCount } }',
        variables: {
          filter: Object.fromEntries(
            Array.from({ length: 300 }, (_, i) => [`colours${'s'.repeat(30)}${i}`, i]),
          ),
        },
      },
    ],
  ])('gets no longer an answer than it is itself: %s', async (_, request) => {
    const body = JSON.stringify(request);
    const answer = await (await post(body)).text();
    expect(JSON.parse(answer).errors).toHaveLength(11);
    expect(answer.length).toBeLessThan(body.length);
  });
});

describe('the server', () => {
  it('answers /healthz', async () => {
    const response = await fetch(`${server.url}/healthz`);
    expect(await response.json()).toEqual({ status: 'ok', provider: 'cpu' });
  });

  it('lets no other site call it from a browser unless it is named', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
      body: '{"query":"{ __typename }"}',
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('has no answer stored on the way', async () => {
    expect((await post('{"query":"{ __typename }"}')).headers.get('cache-control')).toBe('no-store');
  });
});
