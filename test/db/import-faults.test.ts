/** Feeds and rows that no reading gets through: each ends with its reason, and what stands beside it goes on. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogueContext } from '../../server/catalogue/context.ts';
import { cancelImport } from '../../server/catalogue/imports/control.ts';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { insertJob, listErrors } from '../../server/catalogue/imports/import-job.sql.ts';
import { addImportItems } from '../../server/catalogue/worker/import-rows.sql.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { StoreUnavailableError } from '../../server/errors/store-unavailable.ts';
import { makeShop } from '../helpers/factories.ts';
import { randomOf } from '../helpers/random.ts';
import { isDistributed } from '../helpers/servers.ts';
import { markEntries, zipOf } from '../helpers/zip.ts';
import { drawGrey, fakeVision, openTestImports, type TestImports, waitForJob } from './import-harness.ts';

vi.setConfig({ testTimeout: 90_000 });

let opened: TestImports;
let worker: ImportWorker;
let shopId: string;
const pictures = createServer(async (_, response) => response.end(await drawGrey(1)));
let host: string;
let hurrying: NodeJS.Timeout;
const LOST = randomUUID();

beforeAll(async () => {
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  opened = await openTestImports(fakeVision(), { FETCH_ALLOW_HOSTS: host, LOG: 'silent' });
  worker = await startImportWorker(opened.services, { lostPollMs: 500 });
  // What is to be tried again is due at once: the pauses between tries are not the point here.
  const hurry = `update pgboss.job set start_after = now() where name <> 'catalogue-files' and state < 'active' and start_after > now()`;
  hurrying = setInterval(() => {
    opened.services.db.asOwner((tx) => tx.query(hurry)).catch(() => undefined);
  }, 200);
});

afterAll(async () => {
  clearInterval(hurrying);
  await worker?.stop();
  await opened?.close();
  pictures.close();
});

beforeEach(async () => {
  shopId = await makeShop(opened.services.db);
});

async function importText(feed: string | Buffer, name = 'feed') {
  const source = { kind: 'upload', stream: Readable.from([Buffer.from(feed)]) } as const;
  const id = await importFeed(opened.services, shopId, { name, source });
  const job = await waitForJob(opened.services, shopId, id);
  const errors = await opened.services.db.inShop(shopId, (tx) =>
    listErrors(tx, { jobId: id, first: 100, after: 0 }),
  );
  return { job, errors };
}

async function itemsOf() {
  const { rows } = await opened.services.db.inShop(shopId, (tx) =>
    tx.query<Record<string, unknown>>('select id, title, state, attributes from items order by id'),
  );
  return rows;
}

const jsonRow = (id: string, more: object = {}) =>
  JSON.stringify({ id, title: 'Skirt', image_link: `http://${host}/${id}`, ...more });

describe('text that is not well-formed', () => {
  it('lands without what the database cannot keep', async () => {
    const cutEmoji = '{"id":"a\\ud83d","title":"Party dress \\ud83d","image_link":"http://HOST/a"}';
    const nul =
      '{"id":"b","title":"Skirt","mat\\u0000erial\\ud83d":"li\\u0000nen\\udc4d","image_link":"http://HOST/b"}';
    const feed = `${cutEmoji}\n${nul}\n${jsonRow('c')}\n`.replaceAll('HOST', host);
    const { job, errors } = await importText(feed);
    expect(errors).toEqual([]);
    expect(job).toMatchObject({ state: 'done', itemsReady: 3, itemsPending: 0 });
    expect(await itemsOf()).toMatchObject([
      { id: 'a\ufffd', title: 'Party dress \ufffd', state: 'ready' },
      { id: 'b', attributes: { 'material\ufffd': 'linen\ufffd' } },
      { id: 'c', state: 'ready' },
    ]);
  });

  it('is told of in an error all the same', async () => {
    const emoji = '\u{1f457}'.repeat(60);
    const feed = `{"id":"x${emoji}","image_link":"http://${host}/a"}\n{"id":"y","title":"Y","price":"\\ud83d","image_link":"http://${host}/y"}\n`;
    const { job, errors } = await importText(feed, `${'x'.repeat(199)}\u{1f457}`);
    expect(job).toMatchObject({ state: 'done', rowsRejected: 1, warningCount: 1 });
    expect(job.name).toBe(`${'x'.repeat(199)}\ufffd`);
    expect(errors).toMatchObject([
      { row: 1, code: 'FIELD_TOO_LONG' },
      { row: 2, itemId: 'y', code: 'INVALID_PRICE' },
    ]);
  });
});

describe('a row that the database refuses', () => {
  it('is rejected, and those beside it land', async () => {
    await opened.services.db.asOwner((tx) =>
      tx.query(`alter table items add constraint refused check (title <> 'Refused')`),
    );
    const rows = Array.from({ length: 130 }, (_, i) =>
      jsonRow(`i${i}`, i === 57 ? { title: 'Refused' } : {}),
    );
    const { job, errors } = await importText(rows.join('\n'));
    expect(job).toMatchObject({ state: 'done', rowsTotal: 130, rowsRejected: 1, itemsReady: 129 });
    expect(errors).toMatchObject([{ row: 58, itemId: 'i57', code: 'INVALID_ROW' }]);
  });
});

it('long values that an index could not keep cost no row', async () => {
  const draw = randomOf(7);
  const long = () =>
    Array.from({ length: 1000 }, () => String.fromCharCode(0x4e00 + Math.floor(draw() * 20_000))).join('');
  const values = { brand: long(), color: long(), size: long(), gender: long(), age_group: long() };
  const { job, errors } = await importText(jsonRow('long', { ...values, item_group_id: long() }));
  expect(job).toMatchObject({ state: 'done', rowsRejected: 0, itemsReady: 1, warningCount: 1 });
  expect(errors).toMatchObject([{ severity: 'warning', column: 'item_group_id' }]);
});

describe('an item that can never be kept', () => {
  // A trigger refuses it, and Citus takes none on its tables.
  it.skipIf(isDistributed)('fails after a few tries, and the import goes on', async () => {
    const { db } = opened.services;
    await db.asOwner((tx) =>
      tx.query(
        `create function refuse_poison() returns trigger language plpgsql as $$
         begin
           if new.source like '%poison%' then raise exception 'refused'; end if;
           return new;
         end $$;
         create trigger refuse_poison before insert on item_images for each row execute function refuse_poison();`,
      ),
    );
    const { job, errors } = await importText([jsonRow('poison'), jsonRow('good')].join('\n'));
    expect(job).toMatchObject({ state: 'done', itemsReady: 1, itemsFailed: 1, itemsPending: 0 });
    expect(errors).toMatchObject([{ row: 1, itemId: 'poison', code: 'PARSE_FAILED' }]);
    expect(await itemsOf()).toMatchObject([
      { id: 'good', state: 'ready' },
      { id: 'poison', state: 'failed' },
    ]);
  });
});

describe('a store that cannot be reached', () => {
  it('costs no item a try, however long it takes', async () => {
    const { images, db } = opened.services;
    const put = vi.spyOn(images, 'put').mockRejectedValue(new StoreUnavailableError('It does not answer.'));
    const tries = () => put.mock.calls.length;
    const source = { kind: 'upload', stream: Readable.from([Buffer.from(jsonRow('kept'))]) } as const;
    const id = await importFeed(opened.services, shopId, { name: 'feed', source });
    await expect.poll(tries, { timeout: 60_000, interval: 50 }).toBeGreaterThan(2);
    const { rows } = await db.asOwner((tx) =>
      tx.query(`select retry_count as tries from pgboss.job where data->>'jobId' = $1`, [id]),
    );
    put.mockRestore();
    expect(rows).toEqual([{ tries: 0 }]);
    expect(await waitForJob(opened.services, shopId, id)).toMatchObject({ state: 'done', itemsReady: 1 });
    const errors = await db.inShop(shopId, (tx) => listErrors(tx, { jobId: id, first: 10, after: 0 }));
    expect(errors).toEqual([]);
  });
});

describe('an import whose task was never sent', () => {
  const failOnce = (queue: 'feeds' | 'cancelled') =>
    vi.spyOn(opened.services.queue[queue], 'send').mockRejectedValueOnce(new Error('The connection broke.'));

  it('is read all the same', async () => {
    const source = { kind: 'upload', stream: Readable.from([Buffer.from(jsonRow('late'))]) } as const;
    const id = randomUUID();
    failOnce('feeds');
    await expect(importFeed(opened.services, shopId, { name: 'feed', source }, id)).rejects.toThrow();
    expect(await waitForJob(opened.services, shopId, id)).toMatchObject({ state: 'done', itemsReady: 1 });
  });

  it('is cancelled to its end', async () => {
    const { db } = opened.services;
    await db.inShop(shopId, async (tx) => {
      await insertJob(tx, { shopId, id: LOST, name: 'lost' });
      await addImportItems(tx, { shopId, jobId: LOST }, [{ id: 'a', pending: true }]);
    });
    failOnce('cancelled');
    const context = { ...opened.services, shopId } as unknown as CatalogueContext;
    await expect(cancelImport(context, LOST)).rejects.toThrow();
    await expect
      .poll(
        async () => {
          const { rows } = await db.inShop(shopId, (tx) => tx.query('select state from import_items'));
          return rows;
        },
        { timeout: 20_000 },
      )
      .toEqual([{ state: 'cancelled' }]);
  });
});

describe('a feed that cannot be read', () => {
  const CSV = `id,title,image_link\n${'a,Skirt,a.webp\n'.repeat(50)}`;
  const zipped = async (options = {}) => zipOf({ 'feed.csv': CSV, 'a.webp': await drawGrey(2) }, options);

  it.each([
    ['with a password', { encrypted: true }, '"feed.csv" in the zip is locked with a password'],
    ['packed by LZMA', { method: 14 }, '"feed.csv" in the zip is packed by LZMA'],
    ['packed by bzip2', { method: 12 }, '"feed.csv" in the zip is packed by bzip2'],
  ])('%s fails with that reason', async (_, marks, reason) => {
    const { job } = await importText(markEntries(await zipped(), marks));
    expect(job).toMatchObject({ state: 'failed', failure: expect.stringContaining(reason), rowsTotal: 0 });
    const images = await zipOf({ 'a.webp': await drawGrey(2), 'b.webp': await drawGrey(3) });
    const alone = await importText(markEntries(images, marks));
    expect(alone.job).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('"a.webp" in the zip'),
    });
  });

  it('because its packed bytes are damaged fails before a row lands', async () => {
    const zip = await zipped();
    const start = zip.indexOf('feed.csv') + 'feed.csv'.length;
    for (let i = 0; i < 12; i++) zip[start + i]! ^= 0xff;
    const { job } = await importText(zip);
    expect(job).toMatchObject({ state: 'failed', failure: expect.stringContaining('damaged'), rowsTotal: 0 });
  });

  it('because other bytes were packed fails before a row lands', async () => {
    const zip = await zipped({ compress: false });
    zip.write('Shirt', zip.indexOf('Skirt'));
    const { job } = await importText(zip);
    expect(job).toMatchObject({
      state: 'failed',
      failure: '"feed.csv" in the zip is damaged. Create the zip again.',
      rowsTotal: 0,
    });
    expect(await itemsOf()).toEqual([]);
  });

  it('costs an image alone where only that is damaged', async () => {
    const zip = await zipOf(
      {
        'feed.csv': 'id,title,image_link\na,A,a.webp\nb,B,b.webp\n',
        'a.webp': await drawGrey(2),
        'b.webp': await drawGrey(3),
      },
      { compress: false },
    );
    const at = zip.indexOf('a.webp', zip.indexOf('a.webp') + 10);
    zip[at + 30]! ^= 0xff;
    const { job, errors } = await importText(zip);
    expect(job).toMatchObject({ state: 'done', itemsReady: 1, rowsRejected: 1 });
    expect(errors).toMatchObject([{ itemId: 'a', code: 'IMAGE_UNREADABLE' }]);
  });

  it.skipIf(isDistributed)(
    'for a fault of the database is tried a few times, then fails; a later feed is read',
    async () => {
      const { db } = opened.services;
      await db.asOwner((tx) =>
        tx.query(
          `create function refuse_jobs() returns trigger language plpgsql as $$
         begin
           if new.name = 'stuck' and new.rows_total > 0 then raise exception 'refused'; end if;
           return new;
         end $$;
         create trigger refuse_jobs before update on import_jobs for each row execute function refuse_jobs();`,
        ),
      );
      const { job } = await importText(jsonRow('a'), 'stuck');
      expect(job).toMatchObject({
        state: 'failed',
        failure: expect.stringContaining('Something went wrong here'),
      });
      expect((await importText(jsonRow('b'))).job).toMatchObject({ state: 'done' });
    },
  );
});
