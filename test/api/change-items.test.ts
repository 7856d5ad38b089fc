import { utimes } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sweepKeptItems } from '../../server/catalogue/deleted/restore-items.ts';
import { removeRows } from '../../server/catalogue/items/remove-items.ts';
import type { Queryable } from '../../server/db/database.ts';
import { makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let shopId: string;
let key: string;
const pictures = createServer(async (request, response) => {
  response.end(await drawPicture({ color: `#${request.url?.slice(1, 7)}` }));
});
let host: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  server = await makeTestServer({ worker: true, environment: { FETCH_ALLOW_HOSTS: host } });
});
afterAll(async () => {
  await server?.close();
  pictures.close();
});
beforeEach(async () => {
  shopId = await makeShop(server.db);
  key = await server.makeKey('merchandiser', shopId);
});

const JOB = 'id name state failure rowsTotal rowsRejected itemsReady itemsDeleted errors { row itemId code }';

async function ended(id: string) {
  const ask = async () =>
    (await server.query(`query($id: ID!) { importJob(id: $id) { ${JOB} } }`, { id }, { key })).data.importJob;
  await expect.poll(async () => (await ask()).state, { timeout: 30_000 }).not.toBe('RUNNING');
  return ask();
}

async function upsert(items: object[]) {
  const query = `mutation($items: [ItemInput!]!) { upsertItems(items: $items) { ${JOB} } }`;
  const { data, errors } = await server.query(query, { items }, { key });
  return errors ? { code: errors[0]!.extensions.code } : ended(data.upsertItems.id);
}

async function send(ids: string[], more = '', bad: string[] = []) {
  const rows = [...ids.map((id) => `${id},Skirt,a.png`), ...bad];
  const zip = await zipOf({
    'feed.csv': `id,title,image_link\n${rows.join('\n')}\n`,
    'a.png': await drawPicture(),
  });
  const query = `mutation($file: Upload!) { importCatalogue(feed: $file${more}) { id } }`;
  const { data, errors } = await server.upload(query, zip, { key, name: 'feed.zip' });
  expect(errors).toBeUndefined();
  return ended(data.importCatalogue.id);
}

const itemIds = async () =>
  (await server.query('{ items(first: 100) { edges { node { id } } } }', {}, { key })).data.items.edges
    .map(({ node }: { node: { id: string } }) => node.id)
    .sort();

const remove = (ids: string[], as = key) =>
  server.query('mutation($ids: [ID!]!) { deleteItems(ids: $ids) }', { ids }, { key: as });

const restore = (ids: string[], as = key) =>
  server.query('mutation($ids: [ID!]!) { restoreItems(ids: $ids) }', { ids }, { key: as });

const removeAndKeep = (ids: string[]) =>
  server.query('mutation($ids: [ID!]!) { deleteItems(ids: $ids, keep: true) }', { ids }, { key });

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `i${i + 10}`);

describe('upsertItems', () => {
  it('makes items and changes them, with the image behind its link', async () => {
    const item = { id: 'a', title: 'Skirt', imageLink: `http://${host}/aa0000.png`, price: '19.90 EUR' };
    expect(
      await upsert([{ ...item, itemGroupId: 'g', attributes: [{ name: 'Season', value: 'spring' }] }]),
    ).toMatchObject({ name: '1 item', state: 'DONE', itemsReady: 1 });
    const ITEM =
      '{ item(id: "a") { title state price { amount } availability itemGroupId attributes { name value } images { url } } }';
    const before = (await server.query(ITEM, {}, { key })).data.item;
    expect(before).toMatchObject({
      title: 'Skirt',
      state: 'READY',
      price: { amount: '19.90' },
      availability: 'IN_STOCK',
      itemGroupId: 'g',
      attributes: [{ name: 'season', value: 'spring' }],
    });
    await upsert([
      { ...item, title: 'Red skirt', imageLink: `http://${host}/bb0000.png`, availability: 'OUT_OF_STOCK' },
    ]);
    const after = (await server.query(ITEM, {}, { key })).data.item;
    expect(after).toMatchObject({
      title: 'Red skirt',
      availability: 'OUT_OF_STOCK',
      itemGroupId: null,
      attributes: [],
    });
    expect(after.images[0].url).not.toBe(before.images[0].url);
  });

  it('lists what is wrong with one and takes the others', async () => {
    const link = `http://${host}/cc0000.png`;
    const job = await upsert([
      { id: 'a', title: '', imageLink: link },
      { id: 'b', title: 'B', imageLink: 'http://127.0.0.1:1/inside.png' },
      { id: 'c', title: 'C', imageLink: link, additionalImageLinks: [`http://${host}/dd0000.png`] },
      { id: 'd', title: 'D', imageLink: link, price: 'cheap' },
      { id: 'e', title: 'E', imageLink: 'beside.png' },
    ]);
    expect(job).toMatchObject({ state: 'DONE', itemsReady: 2, rowsTotal: 5 });
    expect(job.errors).toEqual([
      { row: 1, itemId: 'a', code: 'MISSING_FIELD' },
      { row: 2, itemId: 'b', code: 'FETCH_REFUSED' },
      { row: 4, itemId: 'd', code: 'INVALID_PRICE' },
      { row: 5, itemId: 'e', code: 'IMAGE_NOT_FOUND' },
    ]);
  });

  it('takes one to a hundred, from a merchandiser', async () => {
    expect(await upsert([])).toEqual({ code: 'INVALID_INPUT' });
    const item = (i: number) => ({ id: `${i}`, title: 'T', imageLink: 'https://pictures.example/a.png' });
    expect(await upsert(Array.from({ length: 101 }, (_, i) => item(i)))).toEqual({ code: 'INVALID_INPUT' });
    key = await server.makeKey('widget', shopId);
    expect(await upsert([item(1)])).toEqual({ code: 'FORBIDDEN' });
  });
});

describe('deleteItems', () => {
  it('deletes what there is, garments and files with it, and nothing of another shop', async () => {
    const link = (color: string) => `http://${host}/${color}.png`;
    await upsert([
      { id: 'a', title: 'A', imageLink: link('a00001') },
      { id: 'b', title: 'B', imageLink: link('a00002') },
      { id: 'c', title: 'C', imageLink: link('a00002') },
    ]);
    const { rows } = await server.db.inShop(shopId, (tx) =>
      tx.query<{ id: string; sha256: string }>(
        'select item_id as id, sha256 from item_images order by item_id',
      ),
    );
    const hourAgo = new Date(Date.now() - 3_600_000);
    for (const { sha256 } of rows) {
      const path = join(server.db.dataDir, 'images', sha256.slice(0, 2), `${sha256.slice(2)}.webp`);
      await utimes(path, hourAgo, hourAgo);
    }
    const stranger = await server.makeKey('admin', await makeShop(server.db));
    expect((await remove(['a', 'b'], stranger)).data.deleteItems).toEqual([]);
    expect((await remove(['a', 'b', 'none'])).data.deleteItems).toEqual(['a', 'b']);
    expect(await itemIds()).toEqual(['c']);
    const kept = await Promise.all(rows.map(({ sha256 }) => server.services.images.has(sha256)));
    expect(kept).toEqual([false, true, true]);
    const { rows: left } = await server.db.inShop(shopId, (tx) =>
      tx.query<{ n: number }>('select count(*)::int as n from garments'),
    );
    expect(left[0]!.n).toBe(1);
    expect((await remove(['a'])).data.deleteItems).toEqual([]);
    expect((await remove([])).errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    expect((await remove(['c'], await server.makeKey('widget', shopId))).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    );
  });

  it('leaves the file of a new image to the queue, which looks again when it is old', async () => {
    await upsert([{ id: 'a', title: 'A', imageLink: `http://${host}/a00009.png` }]);
    await remove(['a']);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ waits: boolean }>(
        `select start_after > now() + interval '10 minutes' as waits from pgboss.job where name = 'catalogue-files'`,
      ),
    );
    expect(rows).toContainEqual({ waits: true });
  });

  it('of an item that waits to be parsed does not leave its import waiting', async () => {
    const { parse } = server.services.vision;
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const spy = vi.spyOn(server.services.vision, 'parse').mockImplementation(async (image, turn) => {
      await held;
      return parse(image, turn);
    });
    const query = `mutation($items: [ItemInput!]!) { upsertItems(items: $items) { id } }`;
    const items = [{ id: 'w', title: 'W', imageLink: `http://${host}/a0000a.png` }];
    const { data } = await server.query(query, { items }, { key });
    await expect.poll(() => spy.mock.calls.length, { timeout: 20_000 }).toBe(1);
    expect((await remove(['w'])).data.deleteItems).toEqual(['w']);
    go();
    expect(await ended(data.upsertItems.id)).toMatchObject({ state: 'DONE', itemsReady: 0 });
    expect(await itemIds()).toEqual([]);
    spy.mockRestore();
  });
});

describe('restoreItems', () => {
  const LOOK = { id: 'l', itemIds: ['a', 'b'] };
  const shown = async () => {
    const query = `{ shop { itemCount } items(first: 10) { totalCount edges { node { id title state attributes { name value }
      images { url } primaryGarment { id category score } choices { garment { id } } looks { id items { id } } } } }
      similarItems(to: { itemId: "b" }, first: 5) { edges { node { item { id } } } } }`;
    const { data, errors } = await server.query(query, {}, { key });
    expect(errors).toBeUndefined();
    return data;
  };

  it('brings kept items back as they were, with pictures, garments and looks', async () => {
    await upsert([
      {
        id: 'a',
        title: 'A',
        imageLink: `http://${host}/b00001.png`,
        attributes: [{ name: 'Cut', value: 'wide' }],
      },
      { id: 'b', title: 'B', imageLink: `http://${host}/b00002.png` },
    ]);
    await server.query(
      'mutation($l: [LookInput!]!) { upsertLooks(looks: $l) { id } }',
      { l: [LOOK] },
      { key },
    );
    const before = await shown();
    const files = async () => {
      const { rows } = await server.db.asOwner((tx) =>
        tx.query<{ sha256: string }>(
          `select sha256 from item_images where shop_id = $1 and item_id = 'a'
           union select unnest(images) from deleted_items where shop_id = $1`,
          [shopId],
        ),
      );
      for (const { sha256 } of rows) {
        const path = join(server.db.dataDir, 'images', sha256.slice(0, 2), `${sha256.slice(2)}.webp`);
        await utimes(path, new Date(0), new Date(0)).catch(() => undefined);
      }
      return Promise.all(rows.map(({ sha256 }) => server.services.images.has(sha256)));
    };
    expect(await files()).toEqual([true]);
    expect((await removeAndKeep(['a'])).data.deleteItems).toEqual(['a']);
    expect(await shown()).toMatchObject({ shop: { itemCount: 1 }, items: { totalCount: 1 } });
    expect(await files()).toEqual([true]);

    const stranger = await server.makeKey('admin', await makeShop(server.db));
    expect((await restore(['a'], stranger)).data.restoreItems).toEqual([]);
    expect((await restore(['a', 'none'])).data.restoreItems).toEqual(['a']);
    expect(await shown()).toEqual(before);
    expect((await restore(['a'])).data.restoreItems).toEqual([]);
    expect((await restore([])).errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    const widget = await server.makeKey('widget', shopId);
    expect((await restore(['a'], widget)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');

    // After an hour it is too late, and the file goes with what was kept.
    await removeAndKeep(['a']);
    await server.db.asOwner((tx) =>
      tx.query(`update deleted_items set deleted_at = now() - interval '1 hour'`),
    );
    expect((await restore(['a'])).data.restoreItems).toEqual([]);
    const [sha256] = (
      await server.db.asOwner((tx) =>
        tx.query<{ sha256: string }>('select unnest(images) as sha256 from deleted_items'),
      )
    ).rows.map((row) => row.sha256);
    await sweepKeptItems(server.services);
    expect(await server.services.images.has(sha256!)).toBe(false);
    expect(await itemIds()).toEqual(['b']);
  });

  it('leaves a look as it was saved since', async () => {
    const ids = numbered(23);
    await send(ids);
    const save = async (id: string, itemIds: string[]) =>
      (
        await server.query(
          'mutation($l: [LookInput!]!) { upsertLooks(looks: $l) { saved errors { code } } }',
          { l: [{ id, itemIds }] },
          { key },
        )
      ).data.upsertLooks;
    const itemsOf = async (id: string): Promise<string[]> =>
      (
        await server.query('query($id: ID!) { look(id: $id) { items { id } } }', { id }, { key })
      ).data.look.items.map((item: { id: string }) => item.id);
    const [first = '', second = '', third = '', ...others] = ids;
    const all = [first, second, third];
    for (const id of ['kept', 'shorter', 'full']) await save(id, all);
    await removeAndKeep([first]);
    await removeAndKeep([second]);
    expect(await save('shorter', [third, others[0]!])).toEqual({ saved: 1, errors: [] });
    expect(await save('full', others)).toEqual({ saved: 1, errors: [] });
    expect((await restore([second])).data.restoreItems).toEqual([second]);
    expect((await restore([first])).data.restoreItems).toEqual([first]);
    expect(await itemsOf('kept')).toEqual(all);
    expect(await itemsOf('shorter')).toEqual([third, others[0]]);
    expect(await itemsOf('full')).toEqual(others);

    await save('same', all);
    await removeAndKeep([first]);
    expect(await save('same', [second, third])).toEqual({ saved: 1, errors: [] });
    await restore([first]);
    expect(await itemsOf('same')).toEqual([second, third]);
  });

  it('brings back no look of the feed that was removed by hand', async () => {
    const imageLink = `http://${host}/334455`;
    await upsert(['l1', 'l2'].map((id) => ({ id, title: id, imageLink, lookIds: ['outfit'] })));
    const query = async (text: string) => (await server.query(text, {}, { key })).data;
    expect(await query('{ look(id: "outfit") { id } }')).toEqual({ look: { id: 'outfit' } });
    await query('mutation { removeLooks(ids: ["outfit"]) { id } }');
    await removeAndKeep(['l1', 'l2']);
    expect((await restore(['l1', 'l2'])).data.restoreItems).toEqual(['l1', 'l2']);
    expect(await query('{ look(id: "outfit") { id } }')).toEqual({ look: null });
  });

  it('brings back nothing that was then deleted for good', async () => {
    await send(['i10', 'i11']);
    await removeAndKeep(['i10', 'i11']);
    expect((await remove(['i10'])).data.deleteItems).toEqual([]);
    expect((await restore(['i10', 'i11'])).data.restoreItems).toEqual(['i11']);
  });

  it('leaves an item that comes back while it is deleted', async () => {
    await upsert([{ id: 'back', title: 'Back', imageLink: `http://${host}/112233` }]);
    const { rows } = await server.db.inShop(shopId, (tx) =>
      tx.query(`select * from items where id = 'back'`),
    );
    await server.db.inShop(shopId, async (tx) => {
      await tx.query(`delete from items where id = 'back'`);
      // As the commit of another transaction makes it visible from one statement to the next.
      const meanwhile: Queryable = {
        async query(text, values) {
          const result = await tx.query(text, values);
          if (/from items .* for update/s.test(text)) {
            await tx.query(`select put_back('items', $1::jsonb)`, [JSON.stringify(rows)]);
          }
          return result as never;
        },
      };
      expect(await removeRows(meanwhile, shopId, ['back'], { keep: true })).toMatchObject({ ids: [] });
      expect((await tx.query(`select id from items where id = 'back'`)).rows).toHaveLength(1);
    });
  });

  it('leaves alone what an import has made again, or a replacing feed has left out', async () => {
    await send(numbered(6));
    await removeAndKeep(['i10', 'i11', 'i12']);
    await send(['i10']);
    expect((await restore(['i10', 'i11'])).data.restoreItems).toEqual(['i11']);
    // The item that was deleted by hand is neither counted nor deleted once more.
    const job = await send(['i10', 'i11', 'i13', 'i14'], ', mode: REPLACE');
    expect(job).toMatchObject({ state: 'DONE', itemsDeleted: 1 });
    expect((await restore(['i12'])).data.restoreItems).toEqual([]);
    expect(await itemIds()).toEqual(['i10', 'i11', 'i13', 'i14']);
  });
});

describe('a feed that replaces', () => {
  const REPLACE = ', mode: REPLACE';

  it('deletes what it does not name, and keeps what it names in a broken row', async () => {
    await send(numbered(6));
    const job = await send(['i10', 'i11', 'new'], REPLACE, ['i12,,a.png']);
    expect(job).toMatchObject({
      state: 'DONE',
      failure: null,
      itemsDeleted: 3,
      itemsReady: 1,
      rowsRejected: 1,
    });
    expect(await itemIds()).toEqual(['i10', 'i11', 'i12', 'new']);
    expect(await send(['i10'])).toMatchObject({ itemsDeleted: 0 });
    expect(await itemIds()).toHaveLength(4);
  });

  it('deletes more than half of a shop only when it is told to', async () => {
    await send(numbered(6));
    const refused = await send(['i10', 'i11', 'new'], REPLACE);
    expect(refused).toMatchObject({
      state: 'FAILED',
      failure: expect.stringContaining('lacks 4 of the 6 items'),
      itemsDeleted: 0,
    });
    await expect.poll(itemIds).toHaveLength(7);
    expect(await send(['i10', 'new'], `${REPLACE}, force: true`)).toMatchObject({
      state: 'DONE',
      itemsDeleted: 5,
    });
    expect(await itemIds()).toEqual(['i10', 'new']);
  });

  it('without a good row deletes nothing, even when it is told to', async () => {
    await send(numbered(3));
    expect(await send([], `${REPLACE}, force: true`, ['x,,a.png'])).toMatchObject({
      state: 'FAILED',
      failure: expect.stringContaining('no good row'),
      itemsDeleted: 0,
    });
    expect(await itemIds()).toHaveLength(3);
  });
});

describe('duplicates', () => {
  it('lists items with the same picture to a merchandiser, once they have been compared', async () => {
    await upsert([
      { id: 'a', title: 'A', imageLink: `http://${host}/11aa11.png` },
      { id: 'b', title: 'B', imageLink: `http://${host}/11aa11.png?again` },
      { id: 'c', title: 'C', imageLink: `http://${host}/1111aa.png` },
    ]);
    const LIST =
      '{ duplicates { pageInfo { hasNextPage } edges { node { kind itemCount items { id title } } } } }';
    const list = async () => (await server.query(LIST, {}, { key })).data.duplicates;
    await expect.poll(async () => (await list()).edges.length, { timeout: 20_000 }).toBe(1);
    expect(await list()).toEqual({
      pageInfo: { hasNextPage: false },
      edges: [
        {
          node: {
            kind: 'EXACT',
            itemCount: 2,
            items: [
              { id: 'a', title: 'A' },
              { id: 'b', title: 'B' },
            ],
          },
        },
      ],
    });
    expect((await server.query(LIST)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const stranger = await server.makeKey('admin', await makeShop(server.db));
    expect((await server.query(LIST, {}, { key: stranger })).data.duplicates.edges).toEqual([]);
  });
});
