import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { openServices } from '../../server/services.ts';
import { fakeVision, makeConfig, makeTempDir, writeFeedZip } from './import-harness.ts';

const CHILD = fileURLToPath(new URL('import-child.ts', import.meta.url));
const GOOD = 48;
const BAD = [
  'bad-1,,images/1.webp,',
  'bad-2,No image,images/none.webp,',
  'item-3,Twice,images/3.webp,',
  'bad-4,cut',
];
/** Killed when so many parses have begun in all. */
const KILLS = [20, 40];
/** Items that one process has in flight. */
const IN_FLIGHT = 12;

it('an import that is killed twice lands every good row once, parses no finished item again, lists every bad row', async () => {
  const folder = await makeTempDir();
  const [dataDir, feed, log] = ['data', 'feed.zip', 'log'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  // Making an embedded database takes seconds, copying one does not.
  if (process.env.TEST_ENGINE === 'embedded')
    await cp(inject('templateDatabase'), join(dataDir, 'pg'), { recursive: true });
  await writeFeedZip(feed, GOOD, BAD);
  const lines = async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const parses = async () => (await lines()).filter((line) => line.startsWith('parse')).length;
  // The embedded database whatever the project's: one killed process, one that comes after it.
  const start = () =>
    spawn(process.execPath, ['--import', 'tsx', CHILD, dataDir, feed, log], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  let child: ChildProcess | undefined;
  try {
    for (const count of KILLS) {
      child = start();
      while ((await parses()) < count && child.exitCode === null) await pause(20);
      await kill(child);
    }
    child = start();
    expect(await once(child, 'exit')).toEqual([0, null]);

    const all = await lines();
    const job = JSON.parse(all.at(-1)?.replace('end ', '') ?? '');
    expect(job).toMatchObject({
      state: 'done',
      rowsTotal: GOOD + BAD.length,
      rowsRejected: BAD.length,
      rowsUnchanged: 0,
      itemsReady: GOOD,
      itemsFailed: 0,
      itemsPending: 0,
    });
    expect(all.filter((line) => line.startsWith('ready')).length).toBeGreaterThan(0);
    // Whatever was ready when a process started is not parsed after that.
    const finished = new Set<string>();
    for (const line of all) {
      const [what, item] = line.split(' ');
      if (what === 'ready') finished.add(item!);
      if (what === 'parse') expect(finished).not.toContain(item);
    }
    // At most what was in flight at a kill began twice.
    expect(await parses()).toBeLessThanOrEqual(GOOD + KILLS.length * IN_FLIGHT);

    const opened = await openServices(makeConfig(dataDir), { vision: async () => fakeVision() });
    try {
      const count = async (sql: string) =>
        (
          await opened.services.db.asOwner((tx) =>
            tx.query<{ n: number }>(`select count(*)::int as n from ${sql}`),
          )
        ).rows[0]!.n;
      expect(await count(`items where state = 'ready'`)).toBe(GOOD);
      expect(await count('item_images')).toBe(GOOD);
      expect(await count('garments where is_primary')).toBe(GOOD);
      expect(await count('garments')).toBe(GOOD);
      expect(await count('import_errors')).toBe(BAD.length);
      expect(await count('pgboss.job')).toBe(0);
    } finally {
      await opened.close();
    }
  } finally {
    child?.kill('SIGKILL');
    await folder.remove();
  }
}, 300_000);

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode} before it was killed.`);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
