import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeItem, makeShop } from '../helpers/factories.ts';
import { END, MULTIPART, part } from '../helpers/multipart.ts';
import { drawPicture } from '../helpers/pictures.ts';
import {
  CONTROL_TOKEN,
  makeTestServer,
  STANDS_STILL,
  type TestServer,
  WIDGET_HOST,
} from '../helpers/server.ts';

let server: TestServer;
let admin: string;
beforeAll(async () => {
  server = await makeTestServer({
    clock: STANDS_STILL,
    environment: { SEARCHES_PER_MINUTE: '4', WIDGET_SEARCHES_PER_MINUTE: '9', WIDGET_PARSES_PER_MINUTE: '1' },
  });
  admin = await server.makeKey('admin');
  await makeItem(server.db, server.shopId, { id: 'a' });
});
afterAll(() => server.close());

const CREATE_KEY = `mutation ($role: KeyRole!, $label: String!, $domains: [String!]) {
  createKey(role: $role, label: $label, domains: $domains) {
    key details { id role label hint domains createdAt lastUsedAt revokedAt } } }`;
const REVOKE = 'mutation ($id: ID!) { revokeKey(id: $id) { id revokedAt } }';
const KEYS = '{ keys { id role label hint domains createdAt lastUsedAt revokedAt } }';
const CREATE_SHOP = `mutation ($name: String!, $currency: String!) {
  createShop(name: $name, currency: $currency) { shop { id name currency itemCount isDemo } key } }`;

const codeOf = async (query: string, variables: Record<string, unknown>, key?: string) =>
  (await server.query(query, variables, key === undefined ? {} : { key })).errors?.[0]?.extensions.code;

describe('createShop', () => {
  it('opens a shop with an admin key of its own', async () => {
    const { data } = await server.query(CREATE_SHOP, { name: ' Second ', currency: 'usd' }, { key: admin });
    const { shop, key } = data.createShop;
    expect(shop).toMatchObject({ name: 'Second', currency: 'USD', itemCount: 0, isDemo: false });
    const { data: seen } = await server.query(
      '{ viewer { role isOperator } shop { id } keys { label } }',
      {},
      { key },
    );
    expect(seen).toEqual({
      viewer: { role: 'ADMIN', isOperator: false },
      shop: { id: shop.id },
      keys: [{ label: 'The first key' }],
    });
    // Its partition takes garments at once.
    await makeItem(server.db, shop.id, { id: 'x' });
  });

  it('is for the operator alone', async () => {
    const variables = { name: 'Third', currency: 'EUR' };
    const other = await makeShop(server.db);
    for (const key of [
      undefined,
      await server.makeKey('widget'),
      await server.makeKey('merchandiser'),
      await server.makeKey('admin', other),
    ]) {
      expect(await codeOf(CREATE_SHOP, variables, key)).toBe('FORBIDDEN');
    }
    const { rows } = await server.db.asOwner((tx) => tx.query(`select from shops where name = 'Third'`));
    expect(rows).toHaveLength(0);
    expect(await codeOf(CREATE_SHOP, variables, CONTROL_TOKEN)).toBeUndefined();
  });

  it.each([
    ['', 'EUR'],
    ['x'.repeat(101), 'EUR'],
    ['Shop', 'EURO'],
    ['Shop', "E'R"],
  ])('refuses the name %j with the currency %j', async (name, currency) => {
    expect(await codeOf(CREATE_SHOP, { name, currency }, admin)).toBe('INVALID_INPUT');
  });
});

describe('createShopKey', () => {
  const CREATE_SHOP_KEY = `mutation ($shop: String, $admin: Boolean!) {
    createShopKey(shop: $shop, admin: $admin) { shop { id name } key } }`;
  const make = (shop: string | null, isAdmin: boolean) =>
    server.query(CREATE_SHOP_KEY, { shop, admin: isAdmin }, { key: CONTROL_TOKEN });
  const seenBy = async (key: string) => {
    const { data } = await server.query('{ viewer { role isOperator } shop { id } }', {}, { key });
    return { ...data.viewer, shopId: data.shop.id };
  };

  it('makes a key of the first shop, or of the one that is named', async () => {
    const { data } = await make(null, true);
    expect(await seenBy(data.createShopKey.key)).toEqual({
      role: 'ADMIN',
      isOperator: true,
      shopId: server.shopId,
    });
    const opened = await server.query(
      CREATE_SHOP,
      { name: 'Out\u001b\u202elet\n', currency: 'EUR' },
      { key: admin },
    );
    const { id } = opened.data.createShop.shop;
    for (const named of ['Outlet', ' outlet ', id]) {
      const made = await make(named, false);
      expect(made.data.createShopKey.shop).toEqual({ id, name: 'Outlet' });
      expect(await seenBy(made.data.createShopKey.key)).toMatchObject({ role: 'MERCHANDISER', shopId: id });
    }
  });

  it('names the shops that there are where none or several have the name', async () => {
    const missing = (await make('No such', true)).errors![0]!;
    expect(missing.extensions.code).toBe('NOT_FOUND');
    expect(missing.message).toContain(server.shopId);
    // As it could be named before.
    await server.db.asOwner((tx) =>
      tx.query("update shops set name = E'Out\\u001blet' where name = 'Outlet'"),
    );
    const listed = (await make('No such', true)).errors![0]!.message;
    expect(listed).toContain('Outlet (');
    await server.db.asOwner((tx) =>
      tx.query("update shops set name = 'Outlet' where name = E'Out\\u001blet'"),
    );
    const twins = [];
    for (let i = 0; i < 2; i++) {
      const { data } = await server.query(CREATE_SHOP, { name: 'Twin', currency: 'EUR' }, { key: admin });
      twins.push(data.createShop.shop.id);
    }
    const several = (await make('Twin', true)).errors![0]!;
    expect(several.extensions.code).toBe('INVALID_INPUT');
    for (const id of twins) expect(several.message).toContain(id);
  });

  it('is for the control token alone, not for the key of an operator', async () => {
    for (const key of [undefined, admin, await server.makeKey('merchandiser')]) {
      expect(await codeOf(CREATE_SHOP_KEY, { shop: null, admin: false }, key)).toBe('FORBIDDEN');
    }
  });
});

describe('createKey', () => {
  it.each(['ADMIN', 'MERCHANDISER'])(
    'makes a key with the role %s, shown once and kept as a hash',
    async (role) => {
      const { data } = await server.query(CREATE_KEY, { role, label: ' Ti\u001bll\u202e\n' }, { key: admin });
      const { key, details } = data.createKey;
      expect(key).toMatch(/^arm_[\w-]{43}$/);
      expect(details).toMatchObject({ role, label: 'Till', domains: [], lastUsedAt: null, revokedAt: null });
      expect(key.startsWith(details.hint.slice(0, -1))).toBe(true);
      const { rows } = await server.db.asOwner((tx) =>
        tx.query<{ row: string; hash: Buffer }>(
          'select k::text as row, hash from access_keys k where id = $1',
          [details.id],
        ),
      );
      expect(rows[0]!.hash).toEqual(createHash('sha256').update(key).digest());
      expect(rows[0]!.row).not.toContain(key.slice(12, 30));
      expect((await server.query('{ viewer { role } }', {}, { key })).data.viewer.role).toBe(role);
      const { data: listed } = await server.query(KEYS, {}, { key: admin });
      const used = listed.keys.find(({ id }: { id: string }) => id === details.id);
      // Not before it was made.
      expect(used.lastUsedAt).toBe(used.createdAt);

      await server.db.asOwner((tx) =>
        tx.query(
          `update access_keys set created_at = now() - interval '2 days', last_used_at = null where id = $1`,
          [details.id],
        ),
      );
      await server.query('{ viewer { role } }', {}, { key });
      const { data: later } = await server.query(KEYS, {}, { key: admin });
      const { lastUsedAt } = later.keys.find(({ id }: { id: string }) => id === details.id);
      // To the hour, no finer.
      expect(lastUsedAt).toMatch(/:00:00\.000Z$/);
      expect(Date.now() - Date.parse(lastUsedAt)).toBeLessThan(3600_000);
    },
  );

  it.each([
    { role: 'WIDGET', label: 'No host' },
    { role: 'WIDGET', label: 'Everywhere', domains: ['*'] },
    { role: 'MERCHANDISER', label: 'Bound', domains: ['shop.example'] },
    { role: 'ADMIN', label: ' ' },
    { role: 'ADMIN', label: 'x'.repeat(101) },
  ])('refuses %j', async (variables) => {
    expect(await codeOf(CREATE_KEY, variables, admin)).toBe('INVALID_INPUT');
  });

  it('says in words which key it wants', async () => {
    const { errors } = await server.query(KEYS, {}, { key: await server.makeKey('merchandiser') });
    expect(errors![0]!.message).toBe("This needs an admin's key; yours is a merchandiser's.");
  });

  it('is for admins alone, as the list of keys is', async () => {
    for (const key of [undefined, await server.makeKey('widget'), await server.makeKey('merchandiser')]) {
      expect(await codeOf(CREATE_KEY, { role: 'ADMIN', label: 'x' }, key)).toBe('FORBIDDEN');
      expect(await codeOf(KEYS, {}, key)).toBe('FORBIDDEN');
      expect(await codeOf(REVOKE, { id: 'x' }, key)).toBe('FORBIDDEN');
    }
  });
});

describe('revokeKey', () => {
  it('ends a key at once, and again changes nothing', async () => {
    const { data } = await server.query(CREATE_KEY, { role: 'ADMIN', label: 'Lost' }, { key: admin });
    const { key, details } = data.createKey;
    const first = await server.query(REVOKE, { id: details.id }, { key: admin });
    expect(first.data.revokeKey.revokedAt).not.toBeNull();
    expect((await server.query('{ viewer { role } }', {}, { key })).status).toBe(401);
    const again = await server.query(REVOKE, { id: details.id }, { key: admin });
    expect(again.data).toEqual(first.data);
  });

  it('ends it for requests that have begun to arrive', async () => {
    const query = `mutation { createKey(role: ADMIN, label: "Late") { key } }`;
    const upload = 'mutation ($file: Upload!) { importCatalogue(feed: $file) { id } }';
    const feed = 'id,title,image_link\nlate,Late,http://example.com/a.png\n';
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'describe_shop', arguments: {} },
    };
    const held = [
      { path: '/graphql', type: 'application/json', body: JSON.stringify({ query }) },
      {
        path: '/graphql',
        type: MULTIPART,
        body: [
          part('name="operations"', JSON.stringify({ query: upload, variables: { file: null } })),
          part('name="map"', '{"0":["variables.file"]}'),
          part('name="0"; filename="feed.csv"', feed),
          END,
        ].join(''),
      },
      { path: '/mcp', type: 'application/json', body: JSON.stringify(call) },
    ];
    const { data } = await server.query(CREATE_KEY, { role: 'ADMIN', label: 'Leaked' }, { key: admin });
    const { key, details } = data.createKey;
    const answers = held.map((one) => {
      const asked = request(`${server.url}${one.path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': one.type,
          'content-length': Buffer.byteLength(one.body),
          accept: one.path === '/mcp' ? 'application/json, text/event-stream' : 'application/json',
          'apollo-require-preflight': 'true',
        },
      });
      asked.write(one.body.slice(0, -10));
      return { end: () => asked.end(one.body.slice(-10)), answer: once(asked, 'response') };
    });
    await sleep(300);
    await server.query(REVOKE, { id: details.id }, { key: admin });
    for (const { end } of answers) end();
    for (const { answer } of answers) {
      const [response] = await answer;
      expect(await text(response)).toContain('UNAUTHENTICATED');
    }
    const { data: after } = await server.query(KEYS, {}, { key: admin });
    expect(after.keys.filter(({ label }: { label: string }) => label === 'Late')).toEqual([]);
  });

  it('does not take the last admin key', async () => {
    const shop = await makeShop(server.db);
    const own = await server.makeKey('admin', shop);
    const { data } = await server.query(KEYS, {}, { key: own });
    const { id } = data.keys[0];
    expect(await codeOf(REVOKE, { id }, own)).toBe('LAST_ADMIN_KEY');
    const next = await server.makeKey('admin', shop);
    expect(await codeOf(REVOKE, { id }, own)).toBeUndefined();
    expect(await codeOf(REVOKE, { id: 'nothing' }, next)).toBe('NOT_FOUND');
  });

  it('keeps one of two admin keys that revoke each other', async () => {
    const shop = await makeShop(server.db);
    const [one, two] = [await server.makeKey('admin', shop), await server.makeKey('admin', shop)];
    const { data } = await server.query(KEYS, {}, { key: one });
    const codes = await Promise.all(
      data.keys.map(({ id }: { id: string }, i: number) => codeOf(REVOKE, { id }, i === 0 ? one : two)),
    );
    expect(codes.filter((code) => code !== undefined)).toHaveLength(1);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query('select from access_keys where shop_id = $1 and revoked_at is null', [shop]),
    );
    expect(rows).toHaveLength(1);
  });
});

/** A request of a page: `origin` as a browser sends it. */
async function fromPage(origin: string | null, key: string, query: string, referer?: string) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      ...(origin && { origin }),
      ...(referer && { referer }),
    },
    body: JSON.stringify({ query }),
  });
  return { response, body: (await response.json()) as { errors?: { extensions: { code: string } }[] } };
}

describe('a widget key', () => {
  const ask = '{ items { totalCount } similarItems(to: { itemId: "a" }) { edges { cursor } } }';

  it('is good on its hosts, which may read the answer', async () => {
    const key = await server.makeKey('widget');
    expect(key).toMatch(/^armw_/);
    const { response, body } = await fromPage(`https://${WIDGET_HOST}`, key, ask);
    expect(body.errors).toBeUndefined();
    expect(response.headers.get('access-control-allow-origin')).toBe(`https://${WIDGET_HOST}`);
    expect(response.headers.get('vary')).toMatch(/Origin/);
    const withReferer = await fromPage(null, key, ask, `http://${WIDGET_HOST}:8080/skirts`);
    expect(withReferer.response.status).toBe(200);
  });

  it.each([
    null,
    'https://evil.example',
    `https://www.${WIDGET_HOST}`,
    `https://${WIDGET_HOST}.evil.example`,
    'null',
  ])('is refused from %s', async (origin) => {
    const { response, body } = await fromPage(origin, await server.makeKey('widget'), ask);
    expect(response.status).toBe(403);
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('lets browsers of its hosts ask first, and no others', async () => {
    await server.query(
      CREATE_KEY,
      { role: 'WIDGET', label: 'W', domains: ['*.late.example'] },
      { key: admin },
    );
    const preflight = (origin: string) =>
      fetch(`${server.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://www.late.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://www.late.example');
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    const other = await preflight('https://evil.example');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('changes nothing of the shop', async () => {
    const key = await server.makeKey('widget');
    for (const [query, variables] of [
      [CREATE_KEY, { role: 'ADMIN', label: 'x' }],
      [CREATE_SHOP, { name: 'x', currency: 'EUR' }],
    ] as const) {
      expect(await codeOf(query, variables, key)).toBe('FORBIDDEN');
    }
  });

  it('has limits of its own over all its clients, beside those of each client', async () => {
    const ask = '{ similarItems(to: { itemId: "a" }) { edges { cursor } } }';
    const search = async (key: string, times: number) => {
      const codes = [];
      for (let i = 0; i < times; i++) codes.push(await codeOf(ask, {}, key));
      return codes;
    };
    const key = await server.makeKey('widget');
    // Every client's four; all the tests' requests come from one address.
    expect(await search(key, 5)).toEqual([undefined, undefined, undefined, undefined, 'RATE_LIMITED']);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ used: number }>(
        `select sum(used)::int as used from key_usage u join access_keys k
        on k.shop_id = u.shop_id and k.id = u.key_id where k.hash = $1`,
        [createHash('sha256').update(key).digest()],
      ),
    );
    expect(rows[0]!.used).toBe(4);

    const parse = 'mutation ($file: Upload!) { parsePhoto(image: $file) { id } }';
    const codes = [];
    for (let i = 0; i < 2; i++) {
      codes.push((await server.upload(parse, await drawPicture(), { key })).errors?.[0]?.extensions.code);
    }
    expect(codes).toEqual([undefined, 'RATE_LIMITED']);
  });
});
