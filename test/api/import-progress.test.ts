import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findJob } from '../../server/catalogue/imports/import-job.sql.ts';
import { openImportWatch } from '../../server/catalogue/imports/watch.ts';
import { makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { collect, subscribeTo } from '../helpers/subscribe.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer({ worker: true, environment: { CORS_ORIGINS: 'https://shop.example' } });
  key = await server.makeKey('merchandiser');
});
afterAll(() => server?.close());

const IMPORT = 'mutation($file: Upload!) { importCatalogue(feed: $file) { id } }';
const PROGRESS = `subscription($id: ID!) { importProgress(id: $id) {
  id state rowsTotal rowsRejected itemsReady itemsPending garmentCount itemsPerSecond percentage secondsLeft } }`;

let imports = 0;

/** Of items that the shop does not have yet. */
async function startImport(count = 12): Promise<string> {
  imports += 1;
  const rows = Array.from({ length: count }, (_, i) => `${imports}-${i},Skirt,a.png`);
  const feed = `id,title,image_link\n${rows.join('\n')}\nbad,,a.png\n=1+1,,a.png\n`;
  const zip = await zipOf({ 'feed.csv': feed, 'a.png': await drawPicture() });
  const { data, errors } = await server.upload(IMPORT, zip, { key, name: 'feed.zip' });
  expect(errors).toBeUndefined();
  return data.importCatalogue.id;
}

const stateOf = async (id: string) =>
  (await server.query('query($id: ID!) { importJob(id: $id) { state } }', { id }, { key })).data.importJob
    .state;

describe('importProgress', () => {
  it('tells how an import stands until it ends', async () => {
    const id = await startImport();
    const { status, contentType, results } = await subscribeTo(server.url, PROGRESS, { id }, { key });
    expect([status, contentType]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const events = (await collect(results)).map(({ data }) => data.importProgress);
    for (const [i, event] of events.slice(1).entries()) {
      expect(event.itemsReady).toBeGreaterThanOrEqual(events[i].itemsReady);
      expect(event.rowsTotal).toBeGreaterThanOrEqual(events[i].rowsTotal);
    }
    expect(events.at(-1)).toMatchObject({
      id,
      state: 'DONE',
      rowsTotal: 14,
      rowsRejected: 2,
      itemsReady: 12,
      itemsPending: 0,
      garmentCount: 12,
      percentage: 100,
      secondsLeft: 0,
    });
    expect(events.at(-1).itemsPerSecond).toBeGreaterThan(0);
  });

  it('of an import that has ended is one event', async () => {
    const id = await startImport(1);
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('DONE');
    const { results } = await subscribeTo(server.url, PROGRESS, { id }, { key });
    expect(await collect(results)).toHaveLength(1);
  });

  it('asks the database once for all that watch one import', async () => {
    const id = await startImport();
    let asked = 0;
    const inShop: typeof server.db.inShop = (shopId, work) => {
      asked += 1;
      return server.db.inShop(shopId, work);
    };
    const watch = openImportWatch({ ...server.db, inShop }, 100);
    const start = performance.now();
    const follow = () => collect(watch.follow(server.shopId, id, new AbortController().signal));
    const seen = await Promise.all(Array.from({ length: 50 }, follow));
    for (const rows of seen) expect(rows.at(-1)?.itemsReady).toBe(12);
    expect(asked).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - start) / 100));
  });

  it('follows an import that is retried, right after someone was told of its end', async () => {
    const id = await startImport(1);
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('DONE');
    const row = await server.db.inShop(server.shopId, (tx) => findJob(tx, id));
    const states = ['cancelled', 'running', 'done'] as const;
    let asked = 0;
    const inShop = (async () => ({ ...row, state: states[asked++] })) as typeof server.db.inShop;
    const watch = openImportWatch({ ...server.db, inShop }, 100);
    const follow = async () =>
      (await collect(watch.follow(server.shopId, id, new AbortController().signal))).map(
        ({ state }) => state,
      );
    expect(await follow()).toEqual(['cancelled']);
    expect(await follow()).toEqual(['running', 'done']);
  });

  it('wants a merchandiser of the same shop, on a key that is good', async () => {
    const id = await startImport(1);
    const codeOf = async (key?: string) => {
      const { status, results } = await subscribeTo(server.url, PROGRESS, { id }, { key });
      const [first] = await collect(results);
      return [status, first!.errors?.[0]?.extensions.code];
    };
    expect(await codeOf()).toEqual([200, 'FORBIDDEN']);
    expect(await codeOf(await server.makeKey('widget'))).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(await server.makeKey('admin', await makeShop(server.db)))).toEqual([
      200,
      'NOT_FOUND',
    ]);
    expect(await codeOf('arm_unknown-unknown-unknown')).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('is bounded like any query, and refuses what is no subscription', async () => {
    const codeOf = async (query: string, id = 'x') => {
      const { status, results } = await subscribeTo(server.url, query, { id }, { key });
      return [status, (await collect(results))[0]!.errors?.[0]?.extensions.code];
    };
    const many = Array.from({ length: 60 }, (_, i) => `a${i}: errors(first: 1000) { row }`).join(' ');
    expect(await codeOf(`subscription($id: ID!) { importProgress(id: $id) { ${many} } }`)).toEqual([
      400,
      'QUERY_TOO_COSTLY',
    ]);
    expect(await codeOf('{ viewer { role } }')).toEqual([400, 'INVALID_INPUT']);
    expect(await codeOf('subscription {')).toEqual([400, 'GRAPHQL_PARSE_FAILED']);
    expect(await codeOf('subscription { none }')).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    const plain = await server.query(PROGRESS, { id: 'x' }, { key });
    expect(plain.errors?.[0]?.extensions.code).toBe('WANTS_EVENT_STREAM');
  });

  it('gives one client eight streams, and their places back', async () => {
    await server.db.inShop(server.shopId, (tx) =>
      tx.query(`insert into import_jobs (shop_id, id, name) values ($1, $2, 'stuck')`, [
        server.shopId,
        '7d1f2e1c-4d6c-4f3c-9a53-0b0f5a0c9a11',
      ]),
    );
    const own = await server.makeKey('merchandiser');
    const open = () =>
      subscribeTo(server.url, PROGRESS, { id: '7d1f2e1c-4d6c-4f3c-9a53-0b0f5a0c9a11' }, { key: own });
    const streams = [];
    for (let i = 0; i < 8; i++) streams.push(await open());
    expect((await open()).status).toBe(429);
    const other = await subscribeTo(
      server.url,
      PROGRESS,
      { id: '7d1f2e1c-4d6c-4f3c-9a53-0b0f5a0c9a11' },
      { key },
    );
    expect(other.status).toBe(200);
    for (const stream of [...streams, other]) stream.cancel();
    await pause(100);
    const again = await open();
    expect(again.status).toBe(200);
    again.cancel();
  });

  it('answers other origins as any request does', async () => {
    const id = await startImport(1);
    const allowed = await fetch(`${server.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example' },
    });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    const other = await subscribeTo(server.url, PROGRESS, { id }, { key, origin: 'https://other.example' });
    expect(other.status).toBe(200);
    other.cancel();
  });
});

describe('the list of errors', () => {
  it('is CSV without formulas, by key or by link, for its own shop alone', async () => {
    const id = await startImport(1);
    await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('DONE');
    const path = `/imports/${id}/errors.csv`;
    const get = (url: string, withKey?: string) =>
      fetch(server.url + url, { headers: withKey ? { authorization: `Bearer ${withKey}` } : {} });
    const byKey = await get(path, key);
    expect(byKey.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(byKey.headers.get('content-disposition')).toContain('attachment');
    const text = await byKey.text();
    expect(text).toBe(
      'row,id,severity,column,code,reason\n3,bad,error,title,MISSING_FIELD,title is missing.\n' +
        "4,'=1+1,error,title,MISSING_FIELD,title is missing.\n",
    );
    const { data } = await server.query(
      'query($id: ID!) { importJob(id: $id) { errorsUrl } }',
      { id },
      { key },
    );
    const { errorsUrl } = data.importJob;
    expect(await (await get(errorsUrl)).text()).toBe(text);
    expect((await get(path)).status).toBe(403);
    expect((await get(path, await server.makeKey('widget'))).status).toBe(403);
    expect((await get(path, await server.makeKey('admin', await makeShop(server.db)))).status).toBe(404);
    expect((await get(errorsUrl.replace(/sign=...../, 'sign=AAAAA'))).status).toBe(403);
    expect((await get(errorsUrl.replace(/until=\d/, 'until=9'))).status).toBe(403);
    expect((await get(errorsUrl.replace(id, '3b241101-e2bb-4255-8caf-4136c566a962'))).status).toBe(403);
    expect((await get('/imports/none/errors.csv', key)).status).toBe(404);
  });
});

describe('imports', () => {
  it('lists the newest first, by cursor, of the own shop', async () => {
    const shop = await makeShop(server.db);
    const own = await server.makeKey('merchandiser', shop);
    for (let i = 1; i <= 3; i++) {
      await server.db.inShop(shop, (tx) =>
        tx.query(
          `insert into import_jobs (shop_id, name, state, created_at) values ($1, $2, 'done', now() + $3 * interval '1 s')`,
          [shop, `feed ${i}`, i],
        ),
      );
    }
    const LIST = `query($after: String) { imports(first: 2, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { name state } } } }`;
    const first = (await server.query(LIST, {}, { key: own })).data.imports;
    const names = (page: { edges: { node: { name: string } }[] }) => page.edges.map(({ node }) => node.name);
    expect(names(first)).toEqual(['feed 3', 'feed 2']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = (await server.query(LIST, { after: first.pageInfo.endCursor }, { key: own })).data.imports;
    expect(names(rest)).toEqual(['feed 1']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect((await server.query(LIST)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
