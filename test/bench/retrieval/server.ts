/** The whole server over a bench's database, in a process of its own: DATABASE SHOP. Prints its address. */
import 'reflect-metadata';
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApp } from '../../../server/app.ts';
import { loadConfig } from '../../../server/config.ts';
import { openServices } from '../../../server/services.ts';
import { makeFakeVision } from '../../helpers/fake-vision.ts';
import { CONNECTIONS } from './measure.ts';

const [databaseUrl, shopId] = process.argv.slice(2) as [string, string];
const loaded = loadConfig({
  WEB: '0',
  DEMO: '0',
  LOG: 'error',
  DATABASE_URL: databaseUrl,
  DATABASE_POOL: String(CONNECTIONS),
});
const perMinute = { ...loaded.limits.perMinute };
for (const key of Object.keys(perMinute) as (keyof typeof perMinute)[]) perMinute[key] = 1e9;
const config = {
  ...loaded,
  dataDir: await mkdtemp(join(tmpdir(), 'armoire-bench-')),
  limits: { ...loaded.limits, perMinute },
};
const { services, access } = await openServices(config, { vision: async () => makeFakeVision() });
const app = await makeApp(services, { ...access, defaultShopId: shopId });
app.http.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(app.http.address() as AddressInfo).port}`);
});
