import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RowImageError } from '../../server/catalogue/feed/fault.ts';
import type { FeedFiles } from '../../server/catalogue/feed/files.ts';
import type { ReadRow } from '../../server/catalogue/feed/read.ts';
import { cancelJob, cancelSomeItems, insertJob } from '../../server/catalogue/imports/import-job.sql.ts';
import { removeRows } from '../../server/catalogue/items/remove-items.ts';
import { storedItemTask } from '../../server/catalogue/queue/tasks.ts';
import { failItem } from '../../server/catalogue/worker/finish-item.sql.ts';
import { type ImportedRows, importBatch } from '../../server/catalogue/worker/import-batch.ts';
import { addImportItems } from '../../server/catalogue/worker/import-rows.sql.ts';
import { parseItemTask } from '../../server/catalogue/worker/parse-item-task.ts';
import type { WorkServices } from '../../server/catalogue/worker/work.ts';
import { makeLog } from '../../server/log.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db?.close());

const rowTitled = (title: string): ReadRow[] => [
  { number: 1, row: { id: 'a', title, images: ['a.webp'], availability: 'in_stock' }, warnings: [] },
];

/** A new job, and how it lands a row; `readImage` runs between the reading of what is known and the writing. */
async function openFeed(shopId: string, jobId: string = randomUUID()) {
  await db.inShop(shopId, (tx) => insertJob(tx, { shopId, id: jobId, name: 'feed' }));
  return (title: string, readImage: FeedFiles['readImage'] = async () => Buffer.from('image')) => {
    const files: FeedFiles = { feed: null, imageNames: [], readImage, close: async () => undefined };
    return importBatch(
      { db, files, embeddingModel: 'fake', currency: 'EUR', log: makeLog('error') },
      { shopId, jobId, attempt: 1 },
      rowTitled(title),
    );
  };
}

type Land = Awaited<ReturnType<typeof openFeed>>;

const setParsed = (shopId: string) =>
  db.inShop(shopId, async (tx) => {
    await tx.query(`update items set state = 'ready'`);
    await tx.query(`update import_items set state = 'ready'`);
  });

async function listItems(shopId: string) {
  const { rows } = await db.inShop(shopId, (tx) => tx.query('select id, title, state from items'));
  return rows;
}

it('two readers of one feed land its rows once: what was parsed in between stays parsed', async () => {
  const shopId = await makeShop(db);
  const land = await openFeed(shopId);
  await land('Skirt', async () => {
    // The slow reader has seen that the item is unknown; now the other one lands it, and it is parsed.
    await land('Skirt');
    await setParsed(shopId);
    return Buffer.from('image');
  });
  expect(await listItems(shopId)).toEqual([{ id: 'a', title: 'Skirt', state: 'ready' }]);
});

it.each([
  ['is deleted', (shopId: string) => removeRow(shopId)],
  [
    'gets other pictures from an earlier feed',
    (_: string, earlier: Land) => earlier('Skirt', async () => Buffer.from('another')),
  ],
])('an item that %s while a feed brings new texts for it is parsed by that feed', async (_, meanwhile) => {
  const shopId = await makeShop(db);
  await (await openFeed(shopId))('Skirt');
  await setParsed(shopId);
  const earlier = await openFeed(shopId);
  const land = await openFeed(shopId);
  let isFirst = true;
  const landed = await land('Blue skirt', async () => {
    if (isFirst) {
      isFirst = false;
      await meanwhile(shopId, earlier);
    }
    return Buffer.from('image');
  });
  expect(landed).toMatchObject({ tasks: [{ itemId: 'a', images: ['a.webp'] }] });
  expect(await listItems(shopId)).toEqual([{ id: 'a', title: 'Blue skirt', state: 'pending' }]);
});

it('a row that is as the shop has it is written all the same where an earlier feed changes the item meanwhile', async () => {
  const shopId = await makeShop(db);
  await (await openFeed(shopId))('Skirt');
  await setParsed(shopId);
  const earlier = await openFeed(shopId);
  const land = await openFeed(shopId);
  let isFirst = true;
  await land('Skirt', async () => {
    if (isFirst) {
      isFirst = false;
      await earlier('Blue skirt');
    }
    return Buffer.from('image');
  });
  expect(await listItems(shopId)).toEqual([{ id: 'a', title: 'Skirt', state: 'ready' }]);
});

it('an item that another import has parsed does not fail because its pictures are gone by now', async () => {
  const shopId = await makeShop(db);
  const landed = await (await openFeed(shopId))('Skirt');
  const task = (landed as ImportedRows).tasks[0]!;
  await db.inShop(shopId, (tx) => failItem(tx, task, 'Not found.'));
  expect(await listItems(shopId)).toMatchObject([{ state: 'failed' }]);
  await setParsed(shopId);
  await db.inShop(shopId, (tx) => failItem(tx, task, 'Not found.'));
  expect(await listItems(shopId)).toMatchObject([{ state: 'ready' }]);
});

/** A later feed that brings another row, and is cancelled before it is parsed. */
async function changeInVain(shopId: string): Promise<void> {
  const jobId = randomUUID();
  await (await openFeed(shopId, jobId))('Blue skirt', async () => Buffer.from('another'));
  await db.inShop(shopId, async (tx) => {
    await cancelJob(tx, shopId, jobId);
    await cancelSomeItems(tx, { shopId, jobId, limit: 10 });
  });
  expect(await listItems(shopId)).toMatchObject([{ state: 'pending' }]);
}

const work = (staged: object = {}) =>
  ({ db, staged, ends: { soon: () => undefined } }) as unknown as WorkServices;

it.each([
  ['waits for the earlier one', false],
  ['is parsed for the earlier one', true],
])('an item that a later feed changes and is cancelled while it %s waits no longer', async (_, isParsing) => {
  const shopId = await makeShop(db);
  const { tasks } = (await (await openFeed(shopId))('Skirt')) as ImportedRows;
  if (!isParsing) await changeInVain(shopId);
  const services = work({
    async use(): Promise<never> {
      await changeInVain(shopId);
      throw new RowImageError('IMAGE_NOT_FOUND', 'It is not there.');
    },
  });
  expect(await parseItemTask(services, { id: '', task: tasks[0]!, attempt: 1 })).toBe('done');
  expect(await listItems(shopId)).toEqual([{ id: 'a', title: 'Blue skirt', state: 'failed' }]);
});

it.each([
  ['asked for', { refresh: 'unchanged' }],
  ['looked at', { again: true }],
] as const)('nor one whose pictures wait to be %s again', async (_, kind) => {
  const shopId = await makeShop(db);
  await (await openFeed(shopId))('Skirt');
  await setParsed(shopId);
  const jobId = randomUUID();
  const feed = { shopId, jobId, attempt: 1 };
  await db.inShop(shopId, async (tx) => {
    await insertJob(tx, { shopId, id: jobId, name: 'all' });
    await addImportItems(tx, feed, [{ id: 'a', pending: true }]);
  });
  await changeInVain(shopId);
  const task = storedItemTask(feed, 'a', 1, kind);
  expect(await parseItemTask(work(), { id: '', task, attempt: 1 })).toBe('done');
  expect(await listItems(shopId)).toEqual([{ id: 'a', title: 'Blue skirt', state: 'failed' }]);
});

it('a feed whose row is landed again brings its pictures for no row of a later feed', async () => {
  const shopId = await makeShop(db);
  const earlier = await openFeed(shopId);
  await earlier('Skirt');
  const later = (await (await openFeed(shopId))('Skirt', async () => Buffer.from('another'))) as ImportedRows;
  const again = (await earlier('Skirt')) as ImportedRows;
  expect(again.tasks).toMatchObject([{ itemId: 'a' }]);
  expect(again.tasks[0]!.hash).not.toBe(later.tasks[0]!.hash);
});

async function removeRow(shopId: string): Promise<void> {
  await db.inShop(shopId, (tx) => removeRows(tx, shopId, ['a']));
}
