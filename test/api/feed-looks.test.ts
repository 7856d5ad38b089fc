/** The column look_id of a feed, and what becomes of its looks when the feed, the API and the studio differ. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let key: string;
let shopId: string;
const picture = await drawPicture();
const pictures = createServer((_, response) => response.end(picture));
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

async function finish(id: string) {
  const ask = async () =>
    (
      await server.query(
        `{ importJob(id: "${id}") { state failure rowsUnchanged errors { row itemId code reason } } }`,
        {},
        { key },
      )
    ).data.importJob;
  await expect.poll(async () => (await ask()).state, { timeout: 30_000 }).not.toBe('RUNNING');
  return ask();
}

async function send(feed: string, mode = 'UPSERT') {
  const text = feed.replaceAll('IMG', `http://${host}/x.png`);
  const query = `mutation($file: Upload!) { importCatalogue(feed: $file, mode: ${mode}, force: true) { id } }`;
  const { data } = await server.upload(query, Buffer.from(text), { key, name: 'feed' });
  return finish(data.importCatalogue.id);
}

/** A feed of items with these looks. */
const feedOf = (looks: Record<string, string>) =>
  `id;title;image_link;look_id\n${Object.entries(looks)
    .map(([id, of]) => `${id};Skirt;IMG;${of}\n`)
    .join('')}`;

/** Each look with its source and its items, as "FEED a b". */
async function looksOf(): Promise<Record<string, string>> {
  const { data, errors } = await server.query(
    '{ looks(first: 50) { edges { node { id name source items { id } } } } }',
    {},
    { key },
  );
  expect(errors).toBeUndefined();
  return Object.fromEntries(
    data.looks.edges.map(
      ({ node }: { node: { id: string; name: string | null; source: string; items: { id: string }[] } }) => [
        node.id,
        [node.source, ...(node.name ? [node.name] : []), ...node.items.map(({ id }) => id)].join(' '),
      ],
    ),
  );
}

async function upsert(looks: object[], source = 'STUDIO') {
  const { data, errors } = await server.query(
    `mutation ($looks: [LookInput!]!) { upsertLooks(looks: $looks, source: ${source}) { saved unchanged errors { code } } }`,
    { looks },
    { key },
  );
  expect(errors).toBeUndefined();
  return data.upsertLooks;
}

const remove = (...ids: string[]) =>
  server.query(
    'mutation ($ids: [ID!]!) { removeLooks(ids: $ids) { id name source items { id } } }',
    { ids },
    { key },
  );

describe('the column look_id', () => {
  it('makes looks, of one or several ids in a cell', async () => {
    const job = await send(
      'id,title,image_link,look_id\n' +
        'a,Skirt,IMG,summer\nb,Skirt,IMG,"summer, winter ,summer"\nc,Skirt,IMG,winter\nd,Skirt,IMG,\n',
    );
    expect(job).toMatchObject({ state: 'DONE', errors: [] });
    expect(await looksOf()).toEqual({ summer: 'FEED a b', winter: 'FEED b c' });
    const { data } = await server.query(
      '{ item(id: "b") { looks { id } attributes { name } } }',
      {},
      { key },
    );
    expect(data.item).toEqual({
      looks: expect.arrayContaining([{ id: 'summer' }, { id: 'winter' }]),
      attributes: [],
    });
  });

  it('is a list, a text or a number in JSON Lines', async () => {
    const row = (id: string, look_id: unknown) =>
      `${JSON.stringify({ id, title: 'Skirt', image_link: 'IMG', look_id })}\n`;
    await send(row('a', ['one', 'two']) + row('b', 'one,two') + row('c', 7) + row('d', [7, null, '']));
    expect(await looksOf()).toEqual({ one: 'FEED a b', two: 'FEED a b', 7: 'FEED c d' });
  });

  it('is a list in upsertItems', async () => {
    const items = ['a', 'b'].map((id) => ({
      id,
      title: 'Skirt',
      imageLink: `http://${host}/x.png`,
      lookIds: ['x', 'y, z'],
    }));
    const { data } = await server.query(
      'mutation ($items: [ItemInput!]!) { upsertItems(items: $items) { id } }',
      { items },
      { key },
    );
    await finish(data.upsertItems.id);
    expect(await looksOf()).toEqual({ x: 'FEED a b', 'y, z': 'FEED a b' });
  });

  it('is cut where it names too many, without ids that are too long, with a warning', async () => {
    const many = Array.from({ length: 21 }, (_, i) => `l${i}`).join(',');
    const { errors } = await send(feedOf({ a: many, b: `ok,${'x'.repeat(101)}`, c: 'ok', d: 'l19,l20' }));
    expect(errors).toEqual([
      {
        row: 2,
        itemId: 'a',
        code: 'TOO_MANY_LOOKS',
        reason: 'look_id names 21 looks; the first 20 were taken.',
      },
      {
        row: 3,
        itemId: 'b',
        code: 'FIELD_TOO_LONG',
        reason: 'look_id has ids of more than 100 characters.',
      },
    ]);
    expect(await looksOf()).toMatchObject({ ok: 'FEED b c', l19: 'FEED a d' });
  });

  it('is kept in step by the next import', async () => {
    await send(feedOf({ a: 'one', b: 'one', c: 'one,two', d: 'two' }));
    // The rest of the feed is the same.
    expect(await send(feedOf({ a: 'one', b: '', c: 'one,two', d: 'three,two' }))).toMatchObject({
      rowsUnchanged: 2,
    });
    expect(await looksOf()).toEqual({ one: 'FEED a c', two: 'FEED c d', three: 'FEED d' });
    await send(feedOf({ a: '', c: 'one', d: '' }));
    expect(await looksOf()).toEqual({ one: 'FEED c' });
    await send(feedOf({ c: '' }));
    expect(await looksOf()).toEqual({});
  });

  it('loses items that are deleted, and looks of which none is left', async () => {
    await send(feedOf({ a: 'one', b: 'one', c: 'one,two', d: 'two' }));
    await send(feedOf({ a: 'one', b: 'one' }), 'REPLACE');
    expect(await looksOf()).toEqual({ one: 'FEED a b' });
    const { data } = await server.query('{ look(id: "one") { problem } }', {}, { key });
    expect(data.look.problem).toBeNull();
    await server.query('mutation { deleteItems(ids: ["a", "b"]) }', {}, { key });
    expect(await looksOf()).toEqual({});
    const left = await server.db.inShop(shopId, (tx) =>
      tx.query(
        'select look_id from feed_looks union all select look_id from look_items union all select id from looks',
      ),
    );
    expect(left.rowCount).toBe(0);
  });

  it('fills a look with the first 20 items alone', async () => {
    const ids = Array.from({ length: 23 }, (_, i) => `i${String(i).padStart(2, '0')}`);
    await send(feedOf(Object.fromEntries(ids.map((id) => [id, 'big']))));
    expect((await looksOf()).big).toBe(`FEED ${ids.slice(0, 20).join(' ')}`);
    const { data } = await server.query('{ look(id: "big") { problem } }', {}, { key });
    expect(data.look.problem).toBe('The feed gives it more than 20 items; the first 20 by id count.');
  });
});

describe('a look of the feed that was saved by hand', () => {
  beforeEach(async () => {
    await send(feedOf({ a: 'one', b: 'one', c: 'two', d: 'two' }));
  });

  it('no longer follows the feed, until it is saved just as the feed has it', async () => {
    expect(await upsert([{ id: 'one', name: 'Mine', itemIds: ['c', 'a'] }])).toMatchObject({ saved: 1 });
    expect(await looksOf()).toEqual({ one: 'STUDIO Mine c a', two: 'FEED c d' });
    await send(feedOf({ a: 'one', b: '', d: 'one,two' }));
    expect(await looksOf()).toEqual({ one: 'STUDIO Mine c a', two: 'FEED c d' });
    await upsert([{ id: 'one', itemIds: ['d', 'a'] }]);
    expect(await looksOf()).toEqual({ one: 'FEED d a', two: 'FEED c d' });
    await send(feedOf({ b: 'one' }));
    expect(await looksOf()).toEqual({ one: 'FEED a b d', two: 'FEED c d' });
  });

  it('stays when no item of the feed names it any more', async () => {
    await upsert([{ id: 'one', itemIds: ['a', 'd'] }], 'API');
    await send(feedOf({ a: '', b: '' }));
    expect(await looksOf()).toEqual({ one: 'API a d', two: 'FEED c d' });
  });

  it('is unchanged if it is saved as it is, in any order', async () => {
    expect(await upsert([{ id: 'one', itemIds: ['b', 'a'] }])).toMatchObject({ saved: 0, unchanged: 1 });
    expect(await looksOf()).toMatchObject({ one: 'FEED a b' });
  });
});

describe('a look of the feed that was removed by hand', () => {
  beforeEach(async () => {
    await send(feedOf({ a: 'one', b: 'one', c: 'two', d: 'two' }));
  });

  it('is not brought back by the feed, and comes back as it was when it is saved again', async () => {
    const { data } = await remove('one', 'none');
    expect(data.removeLooks).toEqual([
      { id: 'one', name: null, source: 'FEED', items: [{ id: 'a' }, { id: 'b' }] },
    ]);
    expect((await remove('one')).data.removeLooks).toEqual([]);
    await send(feedOf({ c: 'one,two' }));
    expect(await looksOf()).toEqual({ two: 'FEED c d' });
    const item = await server.query('{ item(id: "a") { looks { id } } look(id: "one") { id } }', {}, { key });
    expect(item.data).toEqual({ item: { looks: [] }, look: null });

    expect(await upsert([{ id: 'one', itemIds: ['a', 'b', 'c'] }])).toMatchObject({ saved: 1 });
    expect(await looksOf()).toEqual({ one: 'FEED a b c', two: 'FEED c d' });
    await send(feedOf({ c: 'two' }));
    expect(await looksOf()).toEqual({ one: 'FEED a b', two: 'FEED c d' });
  });

  it('may be made anew once the feed has dropped it', async () => {
    await remove('one');
    await send(feedOf({ a: '', b: '' }));
    await send(feedOf({ a: 'one', b: 'one' }));
    expect(await looksOf()).toEqual({ one: 'FEED a b', two: 'FEED c d' });
  });

  it('stays removed where it had been edited before', async () => {
    await upsert([{ id: 'one', name: 'Mine', itemIds: ['a', 'c'] }]);
    expect((await remove('one')).data.removeLooks).toMatchObject([{ name: 'Mine', source: 'STUDIO' }]);
    await send(feedOf({ b: 'one,two' }));
    expect(await looksOf()).toEqual({ two: 'FEED b c d' });
  });
});
