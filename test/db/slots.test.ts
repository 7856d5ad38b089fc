/** A change of slots while the server works, is stopped, or meets a fault. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogueContext } from '../../server/catalogue/context.ts';
import { cancelImport, retryImport } from '../../server/catalogue/imports/control.ts';
import { importFeed } from '../../server/catalogue/imports/import.ts';
import { findNewestJob, listErrors } from '../../server/catalogue/imports/import-job.sql.ts';
import { removeSlot, saveSlot } from '../../server/catalogue/slots/slots.ts';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { makeShop } from '../helpers/factories.ts';
import { zipOf } from '../helpers/zip.ts';
import { drawGrey, fakeVision, openTestImports, type TestImports, waitForJob } from './import-harness.ts';

vi.setConfig({ testTimeout: 60_000 });

const SHOES = { name: 'shoes', label: 'Shoes', productTypes: ['shoes'] };

let opened: TestImports;
let worker: ImportWorker;
let shopId: string;
/** Waited for before a picture is parsed, and before it is embedded whole. */
let beforeParsing: () => Promise<void>;
let beforeEmbedding: () => Promise<void>;

beforeAll(async () => {
  const vision = fakeVision();
  opened = await openTestImports(
    {
      ...vision,
      parse: async (image) => beforeParsing().then(() => vision.parse(image)),
      embedWhole: async (image) => beforeEmbedding().then(() => vision.embedWhole(image)),
    },
    {},
  );
  worker = await startImportWorker(opened.services);
});
beforeEach(async () => {
  beforeParsing = beforeEmbedding = async () => undefined;
  shopId = await makeShop(opened.services.db);
});
afterAll(async () => {
  await worker.stop();
  await opened.close();
});

const context = () => ({ ...opened.services, shopId }) as unknown as CatalogueContext;

/** Items `i0` on, all of them shoes; resolves once the import has begun. */
async function send(count: number): Promise<string> {
  const files: Record<string, Buffer | string> = {};
  const rows = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ id: `i${i}`, title: `Item ${i}`, image_link: `${i}.webp`, product_type: 'Shoes' }),
  );
  for (let i = 0; i < count; i++) files[`${i}.webp`] = await drawGrey(i);
  files['feed.jsonl'] = rows.join('\n');
  const stream = Readable.from([await zipOf(files)]);
  return importFeed(opened.services, shopId, { name: 'feed.zip', source: { kind: 'upload', stream } });
}
const finish = (id: string) => waitForJob(opened.services, shopId, id);
const slotJob = async () =>
  (await opened.services.db.inShop(shopId, (tx) => findNewestJob(tx, shopId, 'slots')))!;

/** The number of items by state, slot and what searches match of them. */
async function summary(): Promise<Record<string, number>> {
  const { rows } = await opened.services.db.inShop(shopId, (tx) =>
    tx.query<{ as: string; count: number }>(
      `select concat_ws(' ', i.state, coalesce(i.slot, '–'), case when i.whole_picture then 'whole' end,
         case when g.whole then 'by picture' when g.id is not null then 'by garment' end) as as, count(*)::int as count
       from items i left join garments g on g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary
       group by 1 order by 1`,
    ),
  );
  return Object.fromEntries(rows.map(({ as, count }) => [as, count]));
}
const BEFORE = 'ready –';
const AFTER = 'ready shoes whole by picture';

/** A gate that stays shut until it is opened, and tells when somebody came to it. */
function gate() {
  let come: () => void = () => undefined;
  let open: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    come = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    reached,
    open,
    async pass() {
      come();
      await opened;
    },
  };
}

describe('a change of slots', () => {
  it('that is cancelled leaves the items as they were, and goes on when it is retried', async () => {
    await finish(await send(20));
    expect(await summary()).toEqual({ [BEFORE]: 20 });
    const shut = gate();
    beforeEmbedding = shut.pass;
    await saveSlot(context(), SHOES);
    await shut.reached;
    const { id } = await slotJob();
    await cancelImport(context(), id);
    shut.open();
    await waitForJob(opened.services, shopId, id, ({ itemsPending }) => itemsPending === 0);
    await expect.poll(async () => (await slotJob()).itemsCancelled, { timeout: 20_000 }).toBe(20);
    // Searches find them as before, whatever their slot is.
    expect(await summary()).toEqual({ 'ready shoes': 20 });
    await retryImport(context(), id);
    expect(await finish(id)).toMatchObject({ state: 'done', kind: 'slots', itemsReady: 20, itemsFailed: 0 });
    expect(await summary()).toEqual({ [AFTER]: 20 });
  });

  it('goes on after a stop, even if its task was never sent', async () => {
    await finish(await send(8));
    await worker.stop();
    await saveSlot(context(), SHOES);
    const { id: jobId } = await slotJob();
    await opened.services.db.asOwner((tx) =>
      tx.query(`delete from pgboss.job where data ->> 'jobId' = $1`, [jobId]),
    );
    expect(await summary()).toEqual({ [BEFORE]: 8 });
    worker = await startImportWorker(opened.services);
    await finish((await slotJob()).id);
    expect(await summary()).toEqual({ [AFTER]: 8 });
  });

  it('reaches an item that is being parsed', async () => {
    const shut = gate();
    beforeParsing = shut.pass;
    const importId = await send(3);
    await shut.reached;
    await saveSlot(context(), SHOES);
    await finish((await slotJob()).id);
    shut.open();
    expect(await finish(importId)).toMatchObject({ state: 'done', itemsReady: 3, itemsFailed: 0 });
    expect(await summary()).toEqual({ [AFTER]: 3 });
  });

  it('that is taken back while it goes on ends as if it had not been', async () => {
    await finish(await send(10));
    const shut = gate();
    beforeEmbedding = shut.pass;
    await saveSlot(context(), SHOES);
    const first = await slotJob();
    await shut.reached;
    await removeSlot(context(), 'shoes');
    const second = await slotJob();
    shut.open();
    expect(await finish(first.id)).toMatchObject({ state: 'done', itemsFailed: 0 });
    expect(await finish(second.id)).toMatchObject({ state: 'done', itemsFailed: 0 });
    expect(await summary()).toEqual({ [BEFORE]: 10 });
  });

  it('tells of an item whose stored picture is gone, and leaves it as it was', async () => {
    await finish(await send(2));
    const { rows } = await opened.services.db.inShop(shopId, (tx) =>
      tx.query<{ sha256: string }>(`select sha256 from item_images where item_id = 'i0'`),
    );
    const sha256 = rows[0]!.sha256;
    await rm(join(opened.dataDir, 'images', sha256.slice(0, 2), `${sha256.slice(2)}.webp`));
    await saveSlot(context(), SHOES);
    const { id } = await slotJob();
    expect(await finish(id)).toMatchObject({ state: 'done', itemsReady: 1, itemsFailed: 1 });
    const errors = await opened.services.db.inShop(shopId, (tx) =>
      listErrors(tx, { jobId: id, first: 10, after: 0 }),
    );
    expect(errors).toMatchObject([{ itemId: 'i0', code: 'IMAGE_NOT_FOUND' }]);
    expect(await summary()).toEqual({ 'ready shoes': 1, [AFTER]: 1 });
  });

  it('goes through a shop of many items, and has only those looked at again that it concerns', async () => {
    await opened.services.db.inShop(shopId, (tx) =>
      tx.query(
        `insert into items (shop_id, id, title, product_type, content_hash, state)
         select $1, 'x' || n, 'Thing', case when n % 400 = 0 then 'Red shoes' else 'Vases' end, '\\x00', 'pending'
         from generate_series(1, 1600) n on conflict do nothing`,
        [shopId],
      ),
    );
    await saveSlot(context(), SHOES);
    expect(await finish((await slotJob()).id)).toMatchObject({ state: 'done', itemsReady: 0, rowsTotal: 0 });
    expect(await summary()).toEqual({ 'pending –': 1596, 'pending shoes': 4 });
  });
});
