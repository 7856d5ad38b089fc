import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { openServices } from '../../server/services.ts';
import { ingestImage } from '../../server/vision/ingest.ts';
import { IMAGE, makeItem } from '../helpers/factories.ts';
import { makeFakeVision } from '../helpers/fake-vision.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { administer, urlOf } from '../helpers/servers.ts';
import { makeConfig, makeTempDir } from './import-harness.ts';

const CHILD = fileURLToPath(new URL('reembed-child.ts', import.meta.url));
const ITEMS = 24;
/** Killed when so many embeddings have begun in all. */
const KILLS = [7, 15];

it('a re-embedding that is killed twice goes on where it was, and ends with a vector for each garment', async () => {
  const folder = await makeTempDir();
  const [dataDir, log] = [join(folder.path, 'data'), join(folder.path, 'log')];
  const database = `armoire_test_${randomBytes(6).toString('hex')}`;
  const onServer = process.env.TEST_ENGINE === 'server';
  const address: Record<string, string> = onServer ? { DATABASE_URL: urlOf(database) } : {};
  if (onServer) await administer(`create database ${database} template ${inject('templateDatabase')}`);
  else await cp(inject('templateDatabase'), join(dataDir, 'pg'), { recursive: true });
  const config = makeConfig(dataDir, address);
  const begun = async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').length - 1;
  let child: ChildProcess | undefined;
  try {
    await openShop(config);
    const start = () =>
      spawn(process.execPath, ['--import', 'tsx', CHILD, dataDir, log], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, DATABASE_URL: '', ...address },
      });
    for (const count of KILLS) {
      child = start();
      while ((await begun()) < count && child.exitCode === null) await pause(10);
      expect(child.exitCode).toBeNull();
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
    child = start();
    expect(await once(child, 'exit')).toEqual([0, null]);
    // At each kill one image was in hand, and another may have begun before the signal came.
    expect(await begun()).toBeLessThanOrEqual(ITEMS + 2 * KILLS.length);
    expect(await missing(config)).toEqual({ garments: ITEMS, vectors: ITEMS, missing: 0, failed: 0 });
  } finally {
    child?.kill('SIGKILL');
    if (onServer) await administer(`drop database ${database} with (force)`);
    await folder.remove();
  }
}, 300_000);

async function openShop(config: Parameters<typeof openServices>[0]): Promise<void> {
  const { services, shop, close } = await openServices(config, { vision: async () => makeFakeVision() });
  for (let i = 0; i < ITEMS; i++) {
    const bytes = await drawPicture({ ...IMAGE, color: `rgb(${10 * i}, ${200 - 8 * i}, ${(90 * i) % 256})` });
    const { sha256, garments } = await ingestImage(services, bytes);
    await makeItem(services.db, shop.id, { id: `item-${i}`, sha256, garments });
  }
  await close();
}

async function missing(config: Parameters<typeof openServices>[0]) {
  const { services, close } = await openServices(config, { vision: async () => makeFakeVision() });
  try {
    const { rows } = await services.db.asOwner((tx) =>
      tx.query(`select count(*)::int as garments, count(v.embedding)::int as vectors,
          count(*) filter (where v.embedding is null)::int as missing, max(m.failed) as failed
        from garments g left join shop_models m on m.shop_id = g.shop_id
        left join model_vectors v on v.shop_id = g.shop_id and v.garment_id = g.id and v.model_id = m.id`),
    );
    return rows[0];
  } finally {
    await close();
  }
}
