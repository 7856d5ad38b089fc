import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import documents from '../../server/widget/documents.json' with { type: 'json' };
import { WidgetRecommendations } from '../../web/lib/api/generated/widget/WidgetRecommendations.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeTestServer, STANDS_STILL, type TestServer, WIDGET_HOST } from '../helpers/server.ts';
import { fillShop, type ShopContents } from '../helpers/shop-contents.ts';

const PAGE = `https://${WIDGET_HOST}`;
const SEARCHES = 24;

let server: TestServer;
let shop: ShopContents;
let key: string;
beforeAll(async () => {
  server = await makeTestServer({
    clock: STANDS_STILL,
    environment: { SEARCHES_PER_MINUTE: String(SEARCHES) },
  });
  shop = await fillShop(server, await makeShop(server.db), 'Own');
  key = await server.makeKey('widget', shop.shopId);
});
afterAll(() => server.close());

interface Asked {
  key?: string | undefined;
  item?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

async function ask({
  key: of = key,
  item = shop.itemId,
  headers = { origin: PAGE },
  query = {},
}: Asked = {}) {
  const variables = JSON.stringify({ item, similar: 3, outfits: 1, withSimilar: true, withOutfits: true });
  const parameters = new URLSearchParams({ documentId: WidgetRecommendations, variables, key: of, ...query });
  // Not `fetch`, which wants nothing from a cache once it is given `If-None-Match`.
  const [response] = (await once(get(`${server.url}/graphql?${parameters}`, { headers }), 'response')) as [
    IncomingMessage,
  ];
  const text = (await response.toArray()).join('');
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer as deep as its query went.
  const body = text ? (JSON.parse(text) as any) : {};
  return {
    status: response.statusCode,
    headers: new Headers(response.headers as Record<string, string>),
    ...body,
  };
}

describe('a persisted query by GET', () => {
  it('is answered to a page of the key’s host, for its browser and for caches between', async () => {
    const { status, headers, data, extensions } = await ask();
    expect(status).toBe(200);
    expect(data.similarItems.edges).toHaveLength(3);
    expect(data.similarItems.edges[0].node.item).toMatchObject({
      title: 'Own title',
      link: expect.stringMatching(/^https:/),
    });
    expect(data.outfits.outfits[0].pieces.length).toBeGreaterThan(1);
    expect(extensions).toBeUndefined();
    expect(headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(headers.get('vary')).toContain('Origin');
    expect(headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('is kept by its own browser alone where an address does not say whose it is', async () => {
    const other = await ask({ query: { host: 'elsewhere.example' } });
    const same = await ask({ query: { host: new URL(PAGE).host } });
    const byHeader = await ask({ headers: { origin: PAGE, authorization: `Bearer ${key}` } });
    expect(
      [other, same, byHeader].map(({ status, headers }) => [
        status,
        headers.get('cache-control')?.slice(0, 7),
      ]),
    ).toEqual([
      [200, 'private'],
      [200, 'public,'],
      [200, 'private'],
    ]);
  });

  it('is not answered again until the catalogue changes', async () => {
    const first = await ask();
    const etag = first.headers.get('etag')!;
    const again = await ask({ headers: { origin: PAGE, 'if-none-match': etag } });
    expect([again.status, again.headers.get('etag')]).toEqual([304, etag]);
    await server.db.inShop(shop.shopId, (tx) =>
      tx.query(`update items set title = 'New title' where shop_id = $1`, [shop.shopId]),
    );
    // The version is read at most once a second.
    const changed = () => ask({ headers: { origin: PAGE, 'if-none-match': etag } });
    await expect.poll(async () => (await changed()).status, { timeout: 10_000, interval: 200 }).toBe(200);
    expect((await changed()).data.similarItems.edges[0].node.item.title).toBe('New title');
  });

  it('counts as a search only where it has to be made', async () => {
    const fresh = await server.makeKey('widget', shop.shopId);
    for (let i = 0; i < 3 * SEARCHES; i++) expect((await ask({ key: fresh })).status).toBe(200);
    const refused = [];
    for (let i = 0; i < SEARCHES; i++) {
      const query = {
        variables: JSON.stringify({
          item: shop.itemId,
          similar: i + 4,
          outfits: 1,
          withSimilar: true,
          withOutfits: true,
        }),
      };
      const answer = await ask({ key: fresh, query });
      if (answer.errors) refused.push(answer);
    }
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]!.errors[0].extensions.code).toBe('RATE_LIMITED');
    expect(refused[0]!.status).toBe(429);
    expect(refused[0]!.headers.get('cache-control')).toBe('no-store');
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('keeps the answers of keys with different hold-outs apart', async () => {
    const admin = shop.key;
    const made = await server.query(
      `mutation { createKey(role: WIDGET, label: "Other", domains: ["${WIDGET_HOST}"]) { key details { id } } }`,
      {},
      { key: admin },
    );
    const { key: other, details } = made.data.createKey;
    await server.query(`mutation { setHoldOut(id: "${details.id}", share: 0.2) { id } }`, {}, { key: admin });
    expect((await ask({ key: other })).data.viewer.holdOut).toBe(0.2);
    expect((await ask()).data.viewer.holdOut).toBe(0);
  });
});

describe('what is refused, without a word that a cache would keep', () => {
  const refusalOf = async (asked: Asked) => {
    const { status, headers, data, errors } = await ask(asked);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(data ?? null).toBeNull();
    return [status, errors[0].extensions.code];
  };

  it('another host, and a program', async () => {
    expect(await refusalOf({ headers: { origin: 'https://evil.example' } })).toEqual([403, 'FORBIDDEN']);
    expect(await refusalOf({ headers: {} })).toEqual([403, 'FORBIDDEN']);
  });

  it('a key that must not stand in an address, or does not exist', async () => {
    expect(await refusalOf({ key: shop.key })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await refusalOf({ key: `armw_${'x'.repeat(43)}` })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await refusalOf({ key: '' })).toEqual([400, 'BAD_REQUEST']);
  });

  it('a key that was revoked', async () => {
    const made = await server.query(
      `mutation { createKey(role: WIDGET, label: "Short", domains: ["${WIDGET_HOST}"]) { key details { id } } }`,
      {},
      { key: shop.key },
    );
    const { key: short, details } = made.data.createKey;
    expect((await ask({ key: short })).status).toBe(200);
    await server.query(`mutation { revokeKey(id: "${details.id}") { id } }`, {}, { key: shop.key });
    // Within the second for which it is remembered.
    await expect
      .poll(async () => (await ask({ key: short })).status, { timeout: 10_000, interval: 200 })
      .toBe(401);
  });

  it('any other document, and variables that are none', async () => {
    const document = (documentId: string) => refusalOf({ query: { documentId } });
    expect(await document(`sha256:${'0'.repeat(64)}`)).toEqual([404, 'NOT_FOUND']);
    expect(await document('sha256:constructor')).toEqual([404, 'NOT_FOUND']);
    expect(await refusalOf({ query: { variables: '[]' } })).toEqual([400, 'BAD_REQUEST']);
    expect(await refusalOf({ query: { variables: `{"item":"${'x'.repeat(2000)}"}` } })).toEqual([
      400,
      'BAD_REQUEST',
    ]);
  });

  it('a key in the address of anything else, rather than answer as to anybody', async () => {
    const admin = await server.makeKey('admin');
    const refused = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(server.url + path, init);
      const { errors } = (await response.json()) as { errors: { message: string }[] };
      return [response.status, errors[0]!.message];
    };
    const query = encodeURIComponent('{ viewer { role } }');
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ viewer { role } }"}',
    };
    expect(await refused(`/graphql?query=${query}&key=${admin}`)).toEqual([
      401,
      expect.stringContaining('Revoke'),
    ]);
    expect(await refused(`/graphql?key=${admin}`, post)).toEqual([401, expect.stringContaining('Revoke')]);
    expect(await refused(`/mcp?key=${admin}`, post)).toEqual([401, expect.stringContaining('Revoke')]);
    const ofPage = { ...post, headers: { ...post.headers, origin: PAGE } };
    expect(await refused(`/graphql?key=${key}`, ofPage)).toEqual([
      400,
      expect.stringContaining('Authorization'),
    ]);
  });

  it('an item of another shop', async () => {
    const other = await fillShop(server, await makeShop(server.db), 'Other');
    const of = await server.makeKey('widget', other.shopId);
    const { data, errors, headers } = await ask({ key: of, item: shop.itemId });
    expect([data, errors[0].extensions.code]).toEqual([null, 'NOT_FOUND']);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

it('every document that was ever given out fits the schema', () => {
  const schema = buildSchema(readFileSync(new URL('../../server/schema.graphql', import.meta.url), 'utf8'));
  const texts = Object.values(documents);
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.flatMap((text) => validate(schema, parse(text)))).toEqual([]);
});
