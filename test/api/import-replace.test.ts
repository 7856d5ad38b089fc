/** Feeds that are to replace a shop and arrive damaged: nothing is deleted that was not read. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 60_000 });

const FIXTURES = new URL('../fixtures/replace/', import.meta.url);

let server: TestServer;
let key: string;
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
  key = await server.makeKey('merchandiser', await makeShop(server.db));
});

async function send(name: string, more = '') {
  // Byte by byte: not all of them are UTF-8.
  const text = (await readFile(new URL(name, FIXTURES), 'latin1')).replaceAll('localhost:4299', host);
  const query = `mutation($file: Upload!) { importCatalogue(feed: $file, mode: REPLACE${more}) { id } }`;
  const { data, errors } = await server.upload(query, Buffer.from(text, 'latin1'), { key, name });
  if (errors) return { refused: errors[0]!.extensions.code };
  const { id } = data.importCatalogue;
  const JOB =
    'query($id: ID!) { importJob(id: $id) { state failure rowsRejected warningCount itemsDeleted } }';
  const ask = async () => (await server.query(JOB, { id }, { key })).data.importJob;
  await expect.poll(async () => (await ask()).state, { timeout: 30_000 }).not.toBe('RUNNING');
  return ask();
}

async function itemIds(): Promise<string[]> {
  const { data } = await server.query('{ items(first: 50) { edges { node { id } } } }', {}, { key });
  return data.items.edges.map(({ node }: { node: { id: string } }) => node.id).sort();
}

const N = ['N-1', 'N-2', 'N-3', 'N-4', 'N-5', 'N-6'];
const R = ['R-dress', 'R-jacket', 'R-shorts', 'R-skirt', 'R-tee', 'R-trousers'];

describe('a damaged feed that replaces deletes nothing', () => {
  it.each([['stray-quote.csv', 'rows 3, 5', '2 items: N-2, N-4']])('%s', async (name, rows, items) => {
    expect(await send('utf8.csv')).toMatchObject({ state: 'DONE' });
    expect(await send(name)).toMatchObject({
      state: 'FAILED',
      failure: expect.stringMatching(
        new RegExp(`^Nothing was deleted: the id of ${rows} cannot be read.*would have deleted ${items}\\.$`),
      ),
      itemsDeleted: 0,
    });
    // Not even where more than half may go.
    expect(await send(name, ', force: true')).toMatchObject({ state: 'FAILED', itemsDeleted: 0 });
    await expect.poll(itemIds).toEqual(N);
  });

  it('cp1252.csv, which is read as what it is', async () => {
    expect(await send('utf8.csv')).toMatchObject({ state: 'DONE' });
    expect(await send('cp1252.csv')).toMatchObject({ state: 'DONE', rowsRejected: 0, itemsDeleted: 0 });
    await expect.poll(itemIds).toEqual(N);
  });

  it.each([
    ['cut-off.csv', { state: 'FAILED', failure: expect.stringContaining('R-skirt') }],
    // Four prices cannot be read: their items land without them.
    ['half-broken.csv', { state: 'DONE', rowsRejected: 0, warningCount: 4 }],
    ['empty.csv', { state: 'FAILED' }],
    ['error-page.csv', { state: 'FAILED' }],
  ])('%s', async (name, expected) => {
    expect(await send('full.csv')).toMatchObject({ state: 'DONE' });
    expect(await send(name)).toMatchObject({ ...expected, itemsDeleted: 0 });
    await expect.poll(itemIds).toEqual(R);
  });

  it('zero.csv', async () => {
    await send('full.csv');
    expect(await send('zero.csv')).toEqual({ refused: 'EMPTY_FEED' });
    await expect.poll(itemIds).toEqual(R);
  });

  it('and names what it would have deleted where that is more than half of the shop', async () => {
    await send('full.csv');
    const job = await send('utf8.csv');
    expect(job).toMatchObject({ state: 'FAILED', itemsDeleted: 0 });
    for (const id of R) expect(job.failure).toContain(id);
    await expect.poll(itemIds).toEqual([...N, ...R]);
    expect(await send('utf8.csv', ', force: true')).toMatchObject({ state: 'DONE', itemsDeleted: 6 });
    await expect.poll(itemIds).toEqual(N);
  });
});
