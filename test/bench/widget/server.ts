/** The whole server over the embedded database with ITEMS items and a widget's key, in a process of its own. */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey } from '../../../server/access/keys.ts';
import { makeApp } from '../../../server/app.ts';
import { loadConfig } from '../../../server/config.ts';
import { openServices } from '../../../server/services.ts';
import { insertItem, makeGarment, TEST_MODEL } from '../../helpers/factories.ts';
import { makeFakeVision } from '../../helpers/fake-vision.ts';

export interface Served {
  readonly url: string;
  readonly key: string;
}

const AT_ONCE = 250;
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
for (let at = 0; at < items; at += AT_ONCE) {
  await services.db.inShop(shop.id, async (tx) => {
    for (let n = at; n < Math.min(items, at + AT_ONCE); n++) await insertItem(tx, shop.id, item(n));
  });
}
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

function item(n: number): Parameters<typeof insertItem>[2] {
  return {
    id: `item-${n}`,
    title: `Garment number ${n} of this shop`,
    state: 'ready',
    priceMinor: 1000 + (n % 900) * 10,
    salePriceMinor: n % 7 === 0 ? 990 : null,
    currency: 'EUR',
    availability: 'in_stock',
    brand: `Brand ${n % 100}`,
    color: 'red',
    size: null,
    gender: null,
    feedCategory: null,
    itemGroupId: null,
    attributes: {},
    sha256: n.toString(16).padStart(64, '0'),
    embeddingModel: TEST_MODEL,
    garments: [makeGarment()],
  };
}
