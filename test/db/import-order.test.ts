/** What a feed that replaces deletes: it goes by the order in which imports were accepted, not by clocks or turns. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelImport, retryImport } from '../../server/catalogue/imports/control.ts';
import { type ImportOptions, importFeed } from '../../server/catalogue/imports/import.ts';
import { findJob } from '../../server/catalogue/imports/import-job.sql.ts';
import { noteListed } from '../../server/catalogue/worker/import-rows.sql.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import type { Context } from '../../server/context.ts';
import type { ShopQueryable } from '../../server/db/database.ts';
import { makeShop } from '../helpers/factories.ts';
import { drawGrey, fakeVision, openTestImports, type TestImports, waitForJob } from './import-harness.ts';

vi.setConfig({ testTimeout: 90_000 });

const picture = await drawGrey(1);
const pictures = createServer((_, response) => response.end(picture));
let host: string;
let opened: TestImports;
let worker: ImportWorker | undefined;
let shopId: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  opened = await openTestImports(fakeVision(), { FETCH_ALLOW_HOSTS: host });
});
afterAll(async () => {
  await opened?.close();
  pictures.close();
});
beforeEach(async () => {
  shopId = await makeShop(opened.services.db);
});
afterEach(stop);

async function start(services = opened.services): Promise<void> {
  worker = await startImportWorker(services);
}

async function stop(): Promise<void> {
  await worker?.stop();
  worker = undefined;
}

/** Items are named by single letters. */
function send(
  ids: string,
  { title = 'Skirt', ...options }: ImportOptions & { title?: string } = {},
  shop = shopId,
): Promise<string> {
  const rows = [...ids].map((id) => JSON.stringify({ id, title, image_link: `http://${host}/${id}` }));
  const source = { kind: 'upload', stream: Readable.from([Buffer.from(rows.join('\n'))]) } as const;
  return importFeed(opened.services, shop, { name: 'feed', source, ...options });
}

const replace = (ids: string, force = false) => send(ids, { mode: 'replace', force });
const done = (id: string, shop = shopId) => waitForJob(opened.services, shop, id);
const jobOf = (id: string) => opened.services.db.inShop(shopId, (tx) => findJob(tx, id));
const context = () => ({ ...opened.services, shopId }) as unknown as Context;
const run = (sql: string, values: unknown[]) => opened.services.db.asOwner((tx) => tx.query(sql, values));

async function shopHas(): Promise<string> {
  const { rows } = await opened.services.db.inShop(shopId, (tx) =>
    tx.query<{ id: string }>('select id from items order by id'),
  );
  return rows.map(({ id }) => id).join('');
}

/** Imports a feed while no other is waiting. */
async function have(ids: string): Promise<void> {
  await start();
  await done(await send(ids));
  await stop();
}

/** Keeps a feed from being read, as the pause after a fault does. */
const pauseTask = (id: string) =>
  run(`update pgboss.job set start_after = now() + interval '1 hour' where data->>'jobId' = $1`, [id]);
const resumeTask = (id: string) =>
  run(`update pgboss.job set start_after = now() where data->>'jobId' = $1`, [id]);

describe('a feed that replaces', () => {
  it('deletes what an earlier feed wrote after this one was accepted', async () => {
    await have('abcd');
    const earlier = await send('abcdyz');
    const later = await replace('abcd');
    await start();
    expect(await done(earlier)).toMatchObject({ state: 'done', rowsTotal: 6 });
    expect(await done(later)).toMatchObject({ state: 'done', itemsDeleted: 2 });
    expect(await shopHas()).toBe('abcd');
  });

  it('and was sent together with another leaves what the later one lists', async () => {
    const jobs = [await replace('abc'), await replace('cde', true)];
    await start();
    for (const job of jobs) expect(await done(job)).toMatchObject({ state: 'done' });
    expect(await shopHas()).toBe('cde');
  });

  it('waits for an earlier feed whose reading is paused', async () => {
    await have('abcd');
    const earlier = await send('abcdyz');
    await pauseTask(earlier);
    const later = await replace('abcd');
    const other = await makeShop(opened.services.db);
    await start();
    // Shops take turns: when the other shop's second feed has been read, this one had its turn.
    for (const ids of ['a', 'b']) await done(await send(ids, {}, other), other);
    expect(await jobOf(later)).toMatchObject({ state: 'running', readAt: null });
    await resumeTask(earlier);
    expect(await done(earlier)).toMatchObject({ state: 'done' });
    expect(await done(later)).toMatchObject({ state: 'done', itemsDeleted: 2 });
    expect(await shopHas()).toBe('abcd');
  });

  it('does not wait for an earlier one that was cancelled', async () => {
    await have('abcd');
    const earlier = await send('abcdyz');
    await pauseTask(earlier);
    const later = await replace('abc');
    await cancelImport(context(), earlier);
    await start();
    expect(await done(later)).toMatchObject({ state: 'done', itemsDeleted: 1 });
    expect(await shopHas()).toBe('abc');
  });

  it('keeps what a later feed lists, changed or not, where that was read first', async () => {
    await have('abcdef');
    const earlier = await replace('abc');
    await pauseTask(earlier);
    const later = await send('dz');
    await start();
    expect(await done(later)).toMatchObject({ state: 'done', rowsUnchanged: 1 });
    await resumeTask(earlier);
    expect(await done(earlier)).toMatchObject({ state: 'done', itemsDeleted: 2 });
    expect(await shopHas()).toBe('abcdz');
  });

  it('keeps what a later feed lists while this one deletes', async () => {
    await have('abcdef');
    const earlier = await replace('abc');
    const later = await send('d');
    await pauseTask(later);
    const { db } = opened.services;
    const inShop: typeof db.inShop = async (shop, work) => {
      let asked = false;
      const watch = (tx: ShopQueryable): ShopQueryable => ({
        ...tx,
        query(text, values) {
          asked ||= text.includes('listedLater');
          return tx.query(text, values);
        },
      });
      const answer = await db.inShop(shop, (tx) => work(watch(tx)));
      // It knows what it will delete; now another server reads the later feed.
      if (asked) await db.inShop(shop, (tx) => noteListed(tx, { shopId, jobId: later, ids: ['d'] }));
      return answer;
    };
    await start({ ...opened.services, db: { ...db, inShop } });
    expect(await done(earlier)).toMatchObject({ state: 'done', itemsDeleted: 2 });
    expect(await shopHas()).toBe('abcd');
  });

  it('keeps its place when it is tried again', async () => {
    await have('abcdef');
    const earlier = await replace('abc');
    await cancelImport(context(), earlier);
    await start();
    await done(await send('dz'));
    await retryImport(context(), earlier);
    expect(await done(earlier)).toMatchObject({ state: 'done', itemsDeleted: 2 });
    expect(await shopHas()).toBe('abcdz');
  });

  it('is not undone by an earlier one that is tried again', async () => {
    await have('abcd');
    const earlier = await send('abyz');
    await cancelImport(context(), earlier);
    await start();
    expect(await done(await replace('abc'))).toMatchObject({ state: 'done', itemsDeleted: 1 });
    await retryImport(context(), earlier);
    expect(await done(earlier)).toMatchObject({ state: 'done', rowsUnchanged: 4, warningCount: 2 });
    expect(await shopHas()).toBe('abc');
  });

  it('goes by no clock', async () => {
    await have('abcdef');
    // They were imported with a clock that was 30 days ahead.
    const then = new Date(Date.now() + 30 * 24 * 3_600_000);
    for (const table of ['items', 'import_jobs']) {
      await run(`update ${table} set created_at = $2 where shop_id = $1`, [shopId, then]);
    }
    await start();
    expect(await done(await replace('ax'))).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('the feed lacks 5 of the 6 items that the shop had'),
    });
    expect(await done(await replace('abcx'))).toMatchObject({ state: 'done', itemsDeleted: 3 });
    expect(await shopHas()).toBe('abcx');
  });
});

it('an import that is tried again leaves items as a later one has them', async () => {
  const earlier = await send('abc', { title: 'Old' });
  await cancelImport(context(), earlier);
  await start();
  await done(await send('b', { title: 'New' }));
  await retryImport(context(), earlier);
  expect(await done(earlier)).toMatchObject({ state: 'done', rowsTotal: 3, rowsUnchanged: 1 });
  const { rows } = await opened.services.db.inShop(shopId, (tx) =>
    tx.query('select id, title, state from items order by id'),
  );
  expect(rows).toEqual([
    { id: 'a', title: 'Old', state: 'ready' },
    { id: 'b', title: 'New', state: 'ready' },
    { id: 'c', title: 'Old', state: 'ready' },
  ]);
  const warnings = await opened.services.db.inShop(shopId, (tx) =>
    tx.query('select item_id as id, code from import_errors where job_id = $1', [earlier]),
  );
  expect(warnings.rows).toEqual([{ id: 'b', code: 'LISTED_LATER' }]);
});
