import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer();
  key = await server.makeKey('merchandiser');
});
afterAll(() => server?.close());

const IMPORT = 'mutation($file: Upload!) { importCatalogue(feed: $file) { id } }';
const JOB =
  'id state rowsTotal rowsRejected itemsReady itemsFailed itemsCancelled itemsPending errors { row code }';

const jobOf = async (id: string) =>
  (await server.query(`query($id: ID!) { importJob(id: $id) { ${JOB} } }`, { id }, { key })).data.importJob;

async function withWorker<T>(work: (worker: ImportWorker) => Promise<T>): Promise<T> {
  const worker = await startImportWorker(server.services);
  try {
    return await work(worker);
  } finally {
    await worker.stop();
  }
}

async function send(rows: string[], files: Record<string, Buffer | string>): Promise<string> {
  const zip = await zipOf({ 'feed.csv': `id,title,image_link\n${rows.join('\n')}\n`, ...files });
  const { data, errors } = await server.upload(IMPORT, zip, { key, name: 'feed.zip' });
  expect(errors).toBeUndefined();
  return data.importCatalogue.id;
}

const control = (name: 'cancelImport' | 'retryImport', id: string, as = key) =>
  server.query(`mutation($id: ID!) { ${name}(id: $id) { ${JOB} } }`, { id }, { key: as });
const ended = (id: string) =>
  expect.poll(async () => (await jobOf(id)).state, { timeout: 30_000 }).not.toBe('RUNNING');

describe('an import that is cancelled', () => {
  it('parses no more, keeps what landed, and goes on when it is tried again', async () => {
    const picture = await drawPicture();
    const { vision } = server.services;
    const id = await send(
      Array.from({ length: 30 }, (_, i) => `c${i},Skirt,a.png`),
      { 'a.png': picture },
    );
    // The first few pictures are parsed; the others wait until the import is cancelled, however slow
    // the machine is.
    const quick = vision.parse;
    let cancelled = () => {};
    const whenCancelled = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    const parse = vi.spyOn(vision, 'parse');
    parse.mockImplementation(async (image, turn) => {
      if (parse.mock.calls.length > 3) await whenCancelled;
      return quick(image, turn);
    });
    await withWorker(async () => {
      await expect.poll(async () => (await jobOf(id)).itemsReady, { interval: 20, timeout: 20_000 }).toBe(3);
      const { data } = await control('cancelImport', id);
      cancelled();
      expect(data.cancelImport).toMatchObject({ state: 'CANCELLED', itemsReady: 3, itemsPending: 0 });
      expect(data.cancelImport.itemsCancelled).toBe(27);
    });
    const parsed = parse.mock.calls.length;
    expect(parsed).toBeLessThan(30);
    const stopped = await jobOf(id);
    await withWorker(async () => {
      const { data } = await control('retryImport', id);
      expect(data.retryImport).toMatchObject({ state: 'RUNNING', itemsReady: stopped.itemsReady });
      await ended(id);
    });
    expect(await jobOf(id)).toMatchObject({
      state: 'DONE',
      rowsTotal: 30,
      itemsReady: 30,
      itemsCancelled: 0,
      itemsPending: 0,
    });
    // What was ready is not parsed again; what was in flight when it was cancelled is.
    expect(parse.mock.calls.length).toBeLessThanOrEqual(30 + parsed - stopped.itemsReady);
    parse.mockRestore();
  });

  it('leaves what shoppers could find where it was, and parses it with the next import', async () => {
    const { vision } = server.services;
    const ids = ['k1', 'k2', 'k3'];
    const shown = async () =>
      (
        await server.query('{ items(first: 100) { edges { node { id title state failure } } } }', {}, { key })
      ).data.items.edges
        .map(({ node }: { node: { id: string } }) => node)
        .filter(({ id }: { id: string }) => [...ids, 'k4'].includes(id))
        .sort((a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1));
    const seen = async () =>
      (await server.query('{ items(first: 100) { edges { node { id } } } }')).data.items.edges
        .map(({ node }: { node: { id: string } }) => node.id)
        .filter((id: string) => id.startsWith('k'))
        .sort();
    const files = { 'a.png': await drawPicture(), 'b.png': await drawPicture({ color: 'navy' }) };
    await withWorker(async () =>
      ended(
        await send(
          ids.map((id) => `${id},Skirt,a.png`),
          files,
        ),
      ),
    );
    expect(await seen()).toEqual(ids);
    const changed = [...ids, 'k4'].map((id) => `${id},Dress,b.png`);
    const parse = vi.spyOn(vision, 'parse');
    let cancelled = () => {};
    const whenCancelled = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    parse.mockImplementation(async () => {
      await whenCancelled;
      throw new Error('too late');
    });
    await withWorker(async () => {
      const id = await send(changed, files);
      await expect.poll(async () => (await jobOf(id)).itemsPending, { timeout: 20_000 }).toBe(4);
      await control('cancelImport', id);
      cancelled();
      await expect
        .poll(async () => (await shown()).map(({ state }: { state: string }) => state), { timeout: 20_000 })
        .toEqual(['READY', 'READY', 'READY', 'FAILED']);
    });
    parse.mockRestore();
    expect(await seen()).toEqual(ids);
    const again = vi.spyOn(vision, 'parse');
    await withWorker(async () => ended(await send(changed, files)));
    expect(again).toHaveBeenCalledTimes(4);
    again.mockRestore();
    expect(await seen()).toEqual([...ids, 'k4']);
  });

  it('before it is read has read nothing', async () => {
    const id = await send(['n1,Skirt,a.png'], { 'a.png': await drawPicture() });
    expect((await control('cancelImport', id)).data.cancelImport.state).toBe('CANCELLED');
    await withWorker(async () => {
      await pause(300);
    });
    expect(await jobOf(id)).toMatchObject({ state: 'CANCELLED', rowsTotal: 0, itemsReady: 0 });
    expect((await control('cancelImport', id)).data.cancelImport.state).toBe('CANCELLED');
  });
});

describe('an import that is tried again', () => {
  it('parses what failed, once, and lists what is still broken', async () => {
    const { vision } = server.services;
    const rows = ['r1,Skirt,a.png', 'r2,Skirt,b.png', 'r3,Skirt,no.png', 'r4,Skirt,broken.png'];
    const files = {
      'a.png': await drawPicture(),
      'b.png': await drawPicture({ color: 'navy' }),
      'broken.png': 'x',
    };
    const id = await send(rows, files);
    await withWorker(() => ended(id));
    const first = await jobOf(id);
    expect(first).toMatchObject({ state: 'DONE', itemsReady: 2, itemsFailed: 1, rowsRejected: 1 });
    const parse = vi.spyOn(vision, 'parse');
    await withWorker(async () => {
      expect((await control('retryImport', id)).errors).toBeUndefined();
      await ended(id);
    });
    expect(await jobOf(id)).toEqual(first);
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it('must have ended, and its feed must be there', async () => {
    const good = await send(['g1,Skirt,a.png'], { 'a.png': await drawPicture() });
    expect((await control('retryImport', good)).errors?.[0]?.extensions.code).toBe('IMPORT_RUNNING');
    await withWorker(() => ended(good));
    expect((await control('retryImport', good)).errors?.[0]?.extensions.code).toBe('FEED_GONE');
  });

  it('is of the own shop', async () => {
    const id = await send(['o1,Skirt,a.png'], { 'a.png': await drawPicture() });
    const other = await server.makeKey('admin', await makeShop(server.db));
    for (const name of ['cancelImport', 'retryImport'] as const) {
      expect((await control(name, id, other)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
      expect((await control(name, id, await server.makeKey('widget'))).errors?.[0]?.extensions.code).toBe(
        'FORBIDDEN',
      );
    }
    expect((await jobOf(id)).state).toBe('RUNNING');
  });
});
