/** The whole server over the embedded database with ITEMS items and a widget's key, in a process of its own. */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '../../../server/access/keys.ts';
import { makeApp } from '../../../server/app.ts';
import { loadConfig } from '../../../server/config.ts';
import type { Database } from '../../../server/db/database.ts';
import { openServices } from '../../../server/services.ts';
import { TEST_MODEL } from '../../helpers/factories.ts';
import { makeFakeVision } from '../../helpers/fake-vision.ts';

export interface Served {
  readonly url: string;
  readonly key: string;
}

const items = Number(process.argv[2]);

const dataDir = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
const config = loadConfig({
  WEB: '0',
  DEMO: '0',
  LOG: 'error',
  DATA_DIR: dataDir,
  SEARCHES_PER_MINUTE: '1000000',
  WIDGET_SEARCHES_PER_MINUTE: '1000000',
  QUERY_COST_PER_MINUTE: '1000000000',
});
const { services, access, shop, close } = await openServices(config, {
  vision: async () => makeFakeVision(),
});
await fill(services.db, shop.id);
await services.db.pool.query('vacuum (analyze)');
const { key } = await createKey(services.db, shop.id, {
  role: 'widget',
  label: 'Bench',
  domains: ['shop.example'],
});
const app = await makeApp(services, access);
app.http.listen(0, '127.0.0.1', () => {
  process.send!({
    url: `http://127.0.0.1:${(app.http.address() as AddressInfo).port}`,
    key,
  } satisfies Served);
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!((user + system) / 1000);
});
process.once('disconnect', async () => {
  await app.stop();
  await close();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
});

/** The vectors lie around fifty centres. The index is built over them at the end, in a fraction of the time. */
async function fill(db: Database, shopId: string): Promise<void> {
  // Each in a transaction of its own: others wait for the one connection.
  const run = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    db.asOwner((tx) => tx.query<Row>(text, values));
  const partition = `garments_${shopId.replaceAll('-', '')}`;
  const { rows } = await run<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename = $1 and indexdef like '%hnsw%'`,
    [partition],
  );
  const hnsw = rows[0]!;
  // An index of a partition cannot be dropped while it is one.
  await run(`alter table garments detach partition ${partition}`);
  await run(`drop index ${hnsw.name}`);
  await run(
    `insert into items (shop_id, id, title, state, price_minor, sale_price_minor, currency, brand, color, content_hash)
     select $1::uuid, 'item-' || n, 'Garment number ' || n || ' of this shop', 'ready', 1000 + n % 900 * 10,
       case when n % 7 = 0 then 990 end, 'EUR', 'Brand ' || n % 100, 'red', '\\x00'
     from generate_series(0, $2::int - 1) as n`,
    [shopId, items],
  );
  await run(
    `insert into item_images (shop_id, item_id, position, source, sha256, width, height)
     select shop_id, id, 0, 'bench', encode(sha256(id::bytea), 'hex'), 640, 800 from items where shop_id = $1::uuid`,
    [shopId],
  );
  await run(
    `insert into ${partition} (shop_id, item_id, image_position, category, score, box, mask, area, is_primary, embedding,
       embedding_model)
     select $1::uuid, 'item-' || n, 0, 9, 0.9, array[20, 30, 35, 50], 'mask', 300, true,
       (select array_agg(sin((n % 50 + 1) * d * 12.9898) + random() - 0.5)::vector from generate_series(1, 256) as d), $3
     from generate_series(0, $2::int - 1) as n`,
    [shopId, items, TEST_MODEL],
  );
  await run(`update items set garment_category = 9, garment_colour = 'red' where shop_id = $1::uuid`, [
    shopId,
  ]);
  await run(hnsw.definition);
  await run(`alter table garments attach partition ${partition} for values in ('${shopId}')`);
}
