/** Shops take turns: a large import of one leaves the others theirs, and cancelling it holds nobody up. */
import { randomUUID } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFetcher } from '../../server/catalogue/fetch/fetcher.ts';
import { cancelImport, retryImport } from '../../server/catalogue/imports/control.ts';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import {
  findJob,
  type ImportJobRow,
  insertJob,
  reopenJob,
} from '../../server/catalogue/imports/import-job.sql.ts';
import { REMOVAL_STEP, removeItems } from '../../server/catalogue/items/remove-items.ts';
import { claimInTurns } from '../../server/catalogue/queue/queue.sql.ts';
import { openStagedFiles } from '../../server/catalogue/staging/staged-files.ts';
import { isStaged, removeStaged } from '../../server/catalogue/staging/staging.ts';
import { openJobEnds } from '../../server/catalogue/worker/end-jobs.ts';
import { makePlaces } from '../../server/catalogue/worker/places.ts';
import { readFeedTask } from '../../server/catalogue/worker/read-feed-task.ts';
import { makeReaders } from '../../server/catalogue/worker/readers.ts';
import { analyzeTables } from '../../server/catalogue/worker/statistics.sql.ts';
import { Interrupted } from '../../server/catalogue/worker/work.ts';
import { startImportWorker } from '../../server/catalogue/worker/worker.ts';
import type { Context, Services } from '../../server/context.ts';
import type { Queryable, ShopQueryable } from '../../server/db/database.ts';
import { makeShop } from '../helpers/factories.ts';
import { drawGrey, fakeVision, openTestImports, type TestImports, waitForJob } from './import-harness.ts';

vi.setConfig({ testTimeout: 90_000 });

/** The embedded database has one connection, on which nobody waits for a lock. */
const onServer = process.env.TEST_ENGINE !== 'embedded';

/** Colour of the pictures whose parse waits until the test lets it go. */
const HELD = 9;
const picture = { quick: await drawGrey(1), held: await drawGrey(HELD) };
const pictures = createServer((request, response) =>
  response.end(request.url?.includes('held') ? picture.held : picture.quick),
);

let opened: TestImports;
let letGo: () => void;
const closers: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const vision = fakeVision();
  opened = await openTestImports(
    {
      ...vision,
      parse: async (image, turn) => {
        if (Math.round(image.data[0]! / 5) === HELD) await held;
        return vision.parse(image, turn);
      },
    },
    { FETCH_ALLOW_HOSTS: host },
  );
});
afterEach(async () => {
  letGo();
  for (const close of closers.splice(0).reverse()) await close();
  await opened.close();
  await new Promise((resolve) => pictures.close(resolve));
});

async function startWorker(
  services: Services = opened.services,
  lostPollMs?: number,
): Promise<() => Promise<void>> {
  const worker = await startImportWorker(services, lostPollMs === undefined ? {} : { lostPollMs });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= worker.stop();
    return stopped;
  };
  closers.push(stop);
  return stop;
}

function send(shopId: string, count: number, image: 'quick' | 'held' = 'quick', services = opened.services) {
  const { port } = pictures.address() as AddressInfo;
  const rows = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ id: `i${i}`, title: 'Skirt', image_link: `http://127.0.0.1:${port}/${image}/${i}` }),
  );
  const source = { kind: 'upload', stream: Readable.from([Buffer.from(rows.join('\n'))]) } as const;
  return importFeed(services, shopId, { name: 'feed', source });
}

const jobOf = async (shopId: string, id: string): Promise<ImportJobRow> =>
  (await opened.services.db.inShop(shopId, (tx) => findJob(tx, id)))!;
const contextOf = (shopId: string, services = opened.services) =>
  ({ ...services, shopId }) as unknown as Context;
const countOf = async (sql: string, values: unknown[] = []) =>
  (await opened.services.db.asOwner((tx) => tx.query<{ count: number }>(sql, values))).rows[0]!.count;

/** Reads a job's feed, or looks through what it is for, each time until its turn is over, which is after one step. */
function takeTurns(services: Services, shopId: string, jobId: string) {
  const staged = openStagedFiles(services.store);
  const fetcher = openFetcher();
  const ends = openJobEnds({ ...services, staged });
  const work = { ...services, staged, fetcher, ends, readers: makeReaders(), places: makePlaces() };
  const claimed = { id: jobId, attempt: 1, task: { shopId, jobId, attempt: 1 } };
  return {
    turn: () => readFeedTask(work, claimed, { isStopped: () => false, isTurnOver: async () => true }),
    async close() {
      await staged.closeAll();
      await fetcher.close();
    },
  };
}

/** The services, with the most rows noted that one statement inside a shop has changed. */
function countChanges(services: Services): { services: Services; most: () => number } {
  let most = 0;
  const counted = (tx: ShopQueryable): ShopQueryable => ({
    ...tx,
    async query<Row extends object>(text: string, values?: readonly unknown[]) {
      const result = await tx.query<Row>(text, values);
      if (/\b(?:update|delete)\b/.test(text)) most = Math.max(most, result.rowCount ?? 0);
      return result;
    },
  });
  const { db } = services;
  const inShop: Services['db']['inShop'] = (shopId, work) => db.inShop(shopId, (tx) => work(counted(tx)));
  return { services: { ...services, db: { ...db, inShop } }, most: () => most };
}

describe('turns', () => {
  it('are taken shop by shop, the oldest task of each first, with a share for each', async () => {
    const { items } = opened.services.queue;
    const shops = ['a', 'b', 'c'].map((name) => `${name}0000000-0000-4000-8000-000000000000`);
    const [a, b, c] = shops as [string, string, string];
    const task = (shopId: string, i: number) => ({
      shopId,
      jobId: randomUUID(),
      attempt: 1,
      itemId: `i${i}`,
      row: i,
      hash: '',
      images: [],
      title: '',
    });
    for (let i = 0; i < 3; i++) await items.send([task(a, i), task(a, 10 + i)]);
    for (let i = 0; i < 2; i++) await items.send([task(b, i)]);
    await items.send([task(c, 0)]);
    const first = await items.claim(4, 12);
    expect(first.map((claimed) => claimed.task.shopId)).toEqual([a, b, c, a]);
    // The shop after the last one comes first, and nobody has more than a share of two.
    const second = await items.claim(6, 2);
    expect(second.map((claimed) => claimed.task.shopId)).toEqual([b]);
    expect(second[0]?.task.itemId).toBe('i1');
    await items.finish(first[0]!);
    expect((await items.claim(6, 2)).map(({ task }) => [task.shopId, task.row % 10])).toEqual([[a, 1]]);
    expect(first.every(({ attempt }) => attempt === 1)).toBe(true);
    // What is put back was not tried; what failed was.
    await items.releaseTask(first[1]!);
    expect(await items.claim(6, 2)).toMatchObject([{ id: first[1]!.id, attempt: 1 }]);
    await items.retry(first[1]!);
    await opened.services.db.asOwner((tx) =>
      tx.query('update pgboss.job set start_after = now() where id = $1', [first[1]!.id]),
    );
    expect(await items.claim(6, 2)).toMatchObject([{ id: first[1]!.id, attempt: 2 }]);
  });

  it('read no more of the queue than they take', async () => {
    const { db } = opened.services;
    const shopId = await makeShop(db);
    await db.asOwner((tx) =>
      tx.query(
        `insert into pgboss.job (name, data)
         select 'catalogue-items', json_build_object('shopId', $1::text) from generate_series(1, 3000)`,
        [shopId],
      ),
    );
    await db.asOwner(analyzeTables);
    const plan: string[] = [];
    await db.asOwner((tx) => {
      const explained: Queryable = {
        async query(text, values) {
          if (!text.startsWith('with')) return tx.query(text, values);
          const { rows } = await tx.query<Record<string, string>>(`explain analyze ${text}`, values);
          plan.push(...rows.map((row) => String(row['QUERY PLAN'])));
          return { rows: [], rowCount: 0 };
        },
      };
      const turns = { limit: 5, share: 12, held: {}, lastShop: '', store: 'test' };
      return claimInTurns(explained, 'catalogue-items', turns);
    });
    const counts = plan.join('\n').matchAll(/(?:actual.*? rows=|Rows Removed by Filter: )(\d+)/g);
    const rows = [...counts].map(([, count]) => Number(count));
    expect(rows.length).toBeGreaterThan(5);
    expect(Math.max(...rows)).toBeLessThanOrEqual(25);
  });

  it('leave a feed of one row its own beside a large one that came first', async () => {
    const { services } = opened;
    const [large, small] = [await makeShop(services.db), await makeShop(services.db)];
    const first = await send(large, 300);
    const second = await send(small, 1);
    await startWorker();
    expect(await waitForJob(services, small, second)).toMatchObject({ state: 'done', itemsReady: 1 });
    // It did not wait for the large one to be parsed.
    expect((await jobOf(large, first)).itemsReady).toBeLessThan(200);
    expect(await waitForJob(services, large, first)).toMatchObject({ state: 'done', itemsReady: 300 });
  });

  it('leave others room while all that is in flight of a shop hangs', async () => {
    const { services } = opened;
    const [slow, quick] = [await makeShop(services.db), await makeShop(services.db)];
    const first = await send(slow, 40, 'held');
    await startWorker();
    await waitForJob(services, slow, first, (job) => job.readAt !== null);
    await pause(500);
    const second = await send(quick, 20);
    expect(await waitForJob(services, quick, second)).toMatchObject({ state: 'done', itemsReady: 20 });
    expect(await jobOf(slow, first)).toMatchObject({ itemsReady: 0, itemsPending: 40 });
    letGo();
    expect(await waitForJob(services, slow, first)).toMatchObject({ state: 'done', itemsReady: 40 });
  });

  it('end a reading where it is, to be gone on with in the next', async () => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    const jobId = await send(shopId, 250);
    const { turn, close } = takeTurns(services, shopId, jobId);
    expect(await turn()).toBe('later');
    expect(await jobOf(shopId, jobId)).toMatchObject({ rowsTotal: 100, itemsPending: 100, readAt: null });
    expect(await turn()).toBe('later');
    expect(await turn()).toBe('later');
    expect(await turn()).toBe('done');
    expect(await jobOf(shopId, jobId)).toMatchObject({ state: 'running', rowsTotal: 250, itemsPending: 250 });
    expect(await countOf(`select count(*)::int from pgboss.job where name = 'catalogue-items'`)).toBe(250);
    await close();
  });

  it.each(['slots', 'images'] as const)('end a look through the items for %s, too', async (kind) => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    const jobId = randomUUID();
    await services.db.inShop(shopId, async (tx) => {
      await insertJob(tx, { shopId, id: jobId, name: kind, kind });
      await tx.query(
        `insert into items (shop_id, id, title, content_hash, state)
         select $1, 'i' || n, 'Skirt', '', 'ready' from generate_series(1, 1200) n on conflict do nothing`,
        [shopId],
      );
    });
    const { turn, close } = takeTurns(services, shopId, jobId);
    // 500 items in each.
    expect(await turn()).toBe('later');
    expect(await turn()).toBe('later');
    expect(await turn()).toBe('done');
    expect(await jobOf(shopId, jobId)).toMatchObject({ state: 'done' });
    await close();
  });
});

it('a feed that replaces the shop stops deleting with the server, and goes on at the next start', async () => {
  const { services } = opened;
  const shopId = await makeShop(services.db);
  await services.db.inShop(shopId, (tx) =>
    tx.query(
      `insert into items (shop_id, id, title, content_hash, state)
       select $1, 'old' || n, 'Skirt', '', 'ready' from generate_series(1, 100) n on conflict do nothing`,
      [shopId],
    ),
  );
  const stream = Readable.from(['{"id":"a","title":"Skirt","image_link":"http://127.0.0.1:9/a"}']);
  const source = { kind: 'upload', stream } as const;
  const options = { mode: 'replace', force: true } as const;
  const jobId = await importFeed(services, shopId, { name: 'feed', source, ...options });
  const staged = openStagedFiles(services.store);
  const fetcher = openFetcher();
  const ends = openJobEnds({ ...services, staged });
  const work = { ...services, staged, fetcher, ends, readers: makeReaders(), places: makePlaces() };
  const claimed = { id: jobId, attempt: 1, task: { shopId, jobId, attempt: 1 } };
  const deleted = async () => (await jobOf(shopId, jobId)).itemsDeleted;
  let stopped = false;
  const inShop: Services['db']['inShop'] = (id, run) =>
    services.db.inShop(id, (tx) =>
      run({
        ...tx,
        query: (text, values) => {
          stopped ||= text.startsWith('delete from items');
          return tx.query(text, values);
        },
      }),
    );
  const stopping = { ...work, db: { ...services.db, inShop } };
  const isTurnOver = async () => false;
  await expect(
    readFeedTask(stopping, claimed, { isStopped: () => stopped, isTurnOver }),
  ).rejects.toBeInstanceOf(Interrupted);
  expect(await deleted()).toBe(REMOVAL_STEP);
  // Nor does it go through the rows again to find what is left.
  await expect(readFeedTask(work, claimed, { isStopped: () => true, isTurnOver })).rejects.toBeInstanceOf(
    Interrupted,
  );
  expect(await deleted()).toBe(REMOVAL_STEP);
  expect(await readFeedTask(work, claimed, { isStopped: () => false, isTurnOver })).toBe('done');
  expect(await deleted()).toBe(100);
  await staged.closeAll();
  await fetcher.close();
});

it.each(['feed', 'slots', 'images'] as const)(
  'a new attempt at an import of %s that the server stops leaves the failures for the next start',
  async (kind) => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    const jobId = kind === 'feed' ? await send(shopId, 3) : randomUUID();
    await services.db.inShop(shopId, async (tx) => {
      if (kind !== 'feed') await insertJob(tx, { shopId, id: jobId, name: kind, kind });
      await tx.query(`update import_jobs set attempt = 2 where id = $1`, [jobId]);
      await tx.query(
        `insert into import_items (shop_id, job_id, item_id, state) values ($1, $2, 'a', 'failed')`,
        [shopId, jobId],
      );
    });
    const staged = openStagedFiles(services.store);
    const fetcher = openFetcher();
    const ends = openJobEnds({ ...services, staged });
    const work = { ...services, staged, fetcher, ends, readers: makeReaders(), places: makePlaces() };
    const claimed = { id: jobId, attempt: 1, task: { shopId, jobId, attempt: 2 } };
    await expect(
      readFeedTask(work, claimed, { isStopped: () => true, isTurnOver: async () => false }),
    ).rejects.toBeInstanceOf(Interrupted);
    expect(await jobOf(shopId, jobId)).toMatchObject({ itemsFailed: 1 });
    await staged.closeAll();
    await fetcher.close();
  },
);

it('the feed of an import with failures is kept for a day after its end, however long it took', async () => {
  const { services } = opened;
  const shopId = await makeShop(services.db);
  const stream = Readable.from(['{"id":"a","title":"Skirt","image_link":"http://127.0.0.1:9/a"}']);
  const jobId = await importFeed(services, shopId, { name: 'feed', source: { kind: 'upload', stream } });
  const stop = await startWorker();
  expect(await waitForJob(services, shopId, jobId)).toMatchObject({ state: 'done', itemsFailed: 1 });
  await stop();
  const ago = async (hours: { sent: number; ended: number }) => {
    const sent = new Date(Date.now() - hours.sent * 3_600_000);
    const folder = join(opened.dataDir, 'imports', jobId);
    for (const name of await readdir(folder)) await utimes(join(folder, name), sent, sent);
    await services.db.asOwner((tx) =>
      tx.query(`update import_jobs set finished_at = now() - $2 * interval '1 hour' where id = $1`, [
        jobId,
        hours.ended,
      ]),
    );
    // The start of a worker removes what is no longer needed.
    await (await startWorker())();
    return isStaged(services.store, jobId);
  };
  expect(await ago({ sent: 40, ended: 23 })).toBe(true);
  expect(await ago({ sent: 40, ended: 25 })).toBe(false);
});

it('a reading that fails does not fail the attempt that has begun since', async () => {
  const { services } = opened;
  const shopId = await makeShop(services.db);
  const jobId = await send(shopId, 3);
  await services.db.inShop(shopId, async (tx) => {
    await tx.query(`update import_jobs set state = 'cancelled' where id = $1`, [jobId]);
    expect(await reopenJob(tx, shopId, jobId)).toBe(2);
  });
  const staged = openStagedFiles(services.store);
  const fetcher = openFetcher();
  const ends = openJobEnds({ ...services, staged });
  const work = { ...services, staged, fetcher, ends, readers: makeReaders(), places: makePlaces() };
  const fail = (attempt: number) =>
    readFeedTask(
      work,
      { id: jobId, attempt: 99, task: { shopId, jobId, attempt } },
      { isStopped: () => false, isTurnOver: async () => false },
    );
  await fail(1);
  expect(await jobOf(shopId, jobId)).toMatchObject({ state: 'running', failure: null });
  await fail(2);
  expect(await jobOf(shopId, jobId)).toMatchObject({ state: 'failed' });
  await staged.closeAll();
  await fetcher.close();
});

describe('an import whose items are deleted meanwhile', () => {
  it('ends, also where an item went just as its feed put it on the list', async () => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    const jobId = await send(shopId, 5);
    const staged = openStagedFiles(services.store);
    const fetcher = openFetcher();
    const work = {
      ...services,
      staged,
      fetcher,
      ends: openJobEnds({ ...services, staged }),
      readers: makeReaders(),
      places: makePlaces(),
    };
    const claimed = { id: jobId, attempt: 1, task: { shopId, jobId, attempt: 1 } };
    await readFeedTask(work, claimed, { isStopped: () => false, isTurnOver: async () => false });
    // What is left where the deletion looked at the list first, then waited for the feed's lock on the items.
    await services.db.asOwner((tx) =>
      tx.query(`delete from items where shop_id = $1 and id in ('i1', 'i4')`, [shopId]),
    );
    await startWorker();
    const job = await waitForJob(services, shopId, jobId);
    expect(job).toMatchObject({ state: 'done', rowsTotal: 5, itemsReady: 3, itemsDeleted: 2 });
    await staged.closeAll();
    await fetcher.close();
  });

  it('ends where nothing is left on its list and no task either, and no other does', async () => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    await startWorker();
    const jobId = await send(shopId, 3, 'held');
    await waitForJob(services, shopId, jobId, (job) => job.readAt !== null);
    // As an import is left whose items went from its list when they had no tasks any more.
    const left = randomUUID();
    await services.db.inShop(shopId, async (tx) => {
      await insertJob(tx, { shopId, id: left, name: 'left' });
      await tx.query('update import_jobs set read_at = now() where shop_id = $1 and id = $2', [shopId, left]);
    });
    expect(await waitForJob(services, shopId, left)).toMatchObject({ state: 'done', itemsReady: 0 });
    expect(await jobOf(shopId, jobId)).toMatchObject({ state: 'running', itemsPending: 3 });
  });
});

describe('imports of a server with other files', () => {
  it('are its own while it runs, and end once it is gone', async () => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    const feed = await send(shopId, 3);
    await removeStaged(services.store, feed);
    const kinds = ['slots', 'images'] as const;
    const ids = kinds.map(() => randomUUID());
    await services.db.inShop(shopId, async (tx) => {
      for (const [i, kind] of kinds.entries()) await insertJob(tx, { shopId, id: ids[i]!, name: kind, kind });
    });
    await services.queue.feeds.send(ids.map((jobId) => ({ shopId, jobId, attempt: 1 })));
    const owned = async (sql: string) => services.db.asOwner((tx) => tx.query(sql));
    await owned(`update pgboss.job set data = data || '{"store": "gone"}' where name = 'catalogue-feeds'`);
    await owned(`insert into servers (id, store, model) values (gen_random_uuid(), 'gone', 'fake-1')`);
    await startWorker(services, 200);
    if (services.db.kind !== 'embedded') {
      await pause(1000);
      for (const id of [feed, ...ids]) expect(await jobOf(shopId, id)).toMatchObject({ state: 'running' });
    }
    await owned(`delete from servers where store = 'gone'`);
    for (const id of ids) expect(await waitForJob(services, shopId, id)).toMatchObject({ state: 'done' });
    expect(await waitForJob(services, shopId, feed)).toMatchObject({
      state: 'failed',
      failure: 'The feed is no longer in the data folder.',
    });
  });
});

describe('an import that is cancelled', () => {
  const PENDING = `select count(*)::int from items where state = 'pending'`;
  const QUEUED = `select count(*)::int from pgboss.job where name = 'catalogue-items'`;
  const IN_STEPS = 100;

  /** A job all of whose items are pending, and no worker. */
  async function landed(count: number) {
    const shopId = await makeShop(opened.services.db);
    const id = await send(shopId, count, 'held');
    const stop = await startWorker();
    await waitForJob(opened.services, shopId, id, (job) => job.readAt !== null);
    letGo();
    await stop();
    return { shopId, id, pending: (await jobOf(shopId, id)).itemsPending };
  }

  it('is so at once, whatever is still pending, and its items leave the work in steps', async () => {
    const { shopId, id, pending } = await landed(350);
    expect(pending).toBeGreaterThan(300);
    const counted = countChanges(opened.services);
    expect(await cancelImport(contextOf(shopId, counted.services), id)).toMatchObject({
      state: 'cancelled',
      itemsPending: 0,
      itemsCancelled: pending,
    });
    expect(counted.most()).toBe(1);
    expect(await countOf(PENDING)).toBe(pending);
    await startWorker(counted.services);
    await expect.poll(() => countOf(PENDING), { timeout: 30_000 }).toBe(0);
    await expect.poll(() => countOf(QUEUED), { timeout: 30_000 }).toBe(0);
    expect(await jobOf(shopId, id)).toMatchObject({ state: 'cancelled', itemsCancelled: pending });
    expect(counted.most()).toBeLessThanOrEqual(IN_STEPS);
    const failures = await countOf(
      `select count(*)::int from items where state = 'failed' and failure like 'Its import was cancelled%'`,
    );
    expect(failures).toBe(pending);
  });

  it('by a server that died at once is swept by the next one', async () => {
    const { shopId, id, pending } = await landed(150);
    const cancel = `update import_jobs set state = 'cancelled', finished_at = now() where id = $1`;
    await opened.services.db.asOwner((tx) => tx.query(cancel, [id]));
    await startWorker();
    await expect.poll(() => countOf(PENDING), { timeout: 30_000 }).toBe(0);
    expect(await jobOf(shopId, id)).toMatchObject({ state: 'cancelled', itemsCancelled: pending });
  });

  it('and tried again before all of it has left the work goes on whole', async () => {
    const { shopId, id } = await landed(150);
    await cancelImport(contextOf(shopId), id);
    const counted = countChanges(opened.services);
    expect(await retryImport(contextOf(shopId, counted.services), id)).toMatchObject({ state: 'running' });
    expect(counted.most()).toBe(1);
    await startWorker();
    expect(await waitForJob(opened.services, shopId, id)).toMatchObject({
      state: 'done',
      rowsTotal: 150,
      itemsReady: 150,
      itemsCancelled: 0,
    });
    expect(await countOf(PENDING)).toBe(0);
  });

  it('leaves an item pending that a later import waits for', async () => {
    const { shopId, id } = await landed(20);
    const other = randomUUID();
    await opened.services.db.inShop(shopId, async (tx) => {
      await insertJob(tx, { shopId, id: other, name: 'later' });
      await tx.query(
        `insert into import_items (shop_id, job_id, item_id)
         select shop_id, $2, id from items where shop_id = $1 and state = 'pending' order by id limit 1`,
        [shopId, other],
      );
      await tx.query('update import_jobs set read_at = now() where id = $1', [other]);
    });
    await cancelImport(contextOf(shopId), id);
    await startWorker();
    await expect.poll(() => countOf(PENDING), { timeout: 30_000 }).toBe(1);
  });
});

describe('items that are deleted', () => {
  it('go in steps, so that nobody waits for all of them', async () => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    await services.db.inShop(shopId, (tx) =>
      tx.query(
        `insert into items (shop_id, id, title, content_hash)
         select $1, 'i' || n, 'Skirt', '' from generate_series(1, 250) n on conflict do nothing`,
        [shopId],
      ),
    );
    const counted = countChanges(services);
    const ids = Array.from({ length: 250 }, (_, i) => `i${i + 1}`);
    expect(await removeItems(contextOf(shopId, counted.services), ids)).toHaveLength(250);
    expect(counted.most()).toBe(REMOVAL_STEP);
  });

  it('give a feed up that the server did not survive five times without a row', async () => {
    const { services } = opened;
    const shopId = await makeShop(services.db);
    const [stuck, slow] = [await send(shopId, 250), await send(shopId, 250)];
    const staged = openStagedFiles(services.store);
    const fetcher = openFetcher();
    const readers = makeReaders();
    const ends = openJobEnds({ ...services, staged });
    const work = { ...services, staged, fetcher, readers, ends, places: makePlaces() };
    const claim = (jobId: string, isTurnOver: boolean) =>
      readFeedTask(
        work,
        { id: jobId, attempt: 1, task: { shopId, jobId, attempt: 1 } },
        { isStopped: () => false, isTurnOver: async () => isTurnOver },
      );
    const dieTimes = (jobId: string, times: number) =>
      services.db.inShop(shopId, (tx) =>
        tx.query('update import_jobs set begun_reads = $2 where id = $1', [jobId, times]),
      );
    await dieTimes(slow, 4);
    const leave = readers.enter(false);
    expect(await claim(slow, true)).toBe('wait');
    leave?.();
    expect(await claim(slow, true)).toBe('later');
    // It has imported rows since.
    await dieTimes(slow, 4);
    expect(await claim(slow, false)).toBe('done');
    expect(await jobOf(shopId, slow)).toMatchObject({ rowsTotal: 250 });
    await dieTimes(stuck, 5);
    expect(await claim(stuck, false)).toBe('done');
    const failure = 'The server ended each of the 5 times that it read this feed.';
    expect(await jobOf(shopId, stuck)).toMatchObject({ state: 'failed', failure, rowsTotal: 0 });
    await staged.closeAll();
    await fetcher.close();
  });
});

it.runIf(onServer)('tasks are deleted in one order, so that servers do not wait for each other', async () => {
  const { queue, db } = opened.services;
  const tasks = Array.from({ length: 200 }, (_, i) => ({ shopId: 'any', endpointId: `${i}` }));
  await queue.webhooks.send(tasks);
  // With statistics the planner reads them as they lie.
  await db.pool.query('analyze pgboss.job');
  const ids = await db.pool.query<{ id: string }>(
    "select id from pgboss.job where data->>'shopId' = 'any' order by id",
  );
  const [first, ...others] = ids.rows.map(({ id }) => id);
  const other = await db.pool.connect();
  try {
    await other.query('begin');
    await other.query('select from pgboss.job where id = $1 for update', [first]);
    const withdrawn = queue.webhooks.withdraw(tasks);
    const waits = async () =>
      (
        await db.pool.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
      ).rowCount;
    await expect.poll(waits).toBe(1);
    // It waits for the first before it has locked any other.
    await other.query('select from pgboss.job where id = any($1::uuid[]) for update nowait', [others]);
    await other.query('commit');
    await withdrawn;
  } finally {
    other.release();
  }
  const { rowCount } = await db.pool.query("select from pgboss.job where data->>'shopId' = 'any'");
  expect(rowCount).toBe(0);
});
