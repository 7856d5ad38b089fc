/** A process to be killed: embeds its shop's garments by a candidate. Arguments: folder, log. */
import 'reflect-metadata';
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startReembedding } from '../../server/models/reembed.ts';
import { openServices } from '../../server/services.ts';
import { makeFakeCandidate, makeFakeVision } from '../helpers/fake-vision.ts';
import { makeConfig } from './import-harness.ts';

const [dataDir, log] = process.argv.slice(2);
const candidate = makeFakeCandidate(async () => {
  appendFileSync(log!, 'embed\n');
  await pause(40);
});
const config = makeConfig(dataDir!, { DATABASE_URL: process.env.DATABASE_URL ?? '' });
const { services, close } = await openServices(config, {
  vision: async () => makeFakeVision({}, candidate),
});
const { db } = services;
if (db.kind === 'server') {
  // The lease of a killed process runs out by itself, in a minute: the test does not wait for it.
  await db.asOwner((tx) => tx.query('update shop_models set leased_until = now()'));
}
const work = startReembedding(services);
for (;;) {
  const { rows } = await db.asOwner((tx) => tx.query<{ state: string }>('select state from shop_models'));
  if (rows[0]?.state === 'ready') break;
  await pause(50);
}
await work.stop();
await close();
