import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDatabase } from '../../server/db/database.ts';
import { openImageStore } from '../../server/images/store.ts';
import { openFolderStore } from '../../server/store/folder-store.ts';
import { makeDisk, whyNoPowerCuts } from '../helpers/power.ts';
import { randomOf } from '../helpers/random.ts';

const CHILD = fileURLToPath(new URL('power-cut-child.ts', import.meta.url));
/** `CUTS=20 SEED=1 npx vitest run --project embedded test/db/power-cut.test.ts` is the long run. */
const CUTS = Number(process.env.CUTS ?? 2);
const SEED = Number(process.env.SEED ?? 1);
/** Every so many cuts the data folder is a new one, and the cut comes at any moment of a first start. */
const FRESH = 4;
const FRESH_SECONDS = 25;
/** The others come so long after the first item. */
const SECONDS = 4;
/** Acknowledged this long before the cut, a write must be there. */
const MAY_LOSE_MS = 1000;

const reason =
  process.env.TEST_ENGINE === 'embedded' ? await whyNoPowerCuts() : 'it is about the embedded database';
if (reason) console.log(`Power cuts are not tested: ${reason}.`);

it.skipIf(reason)(
  `the embedded database opens after each of ${CUTS} power cuts, with what was acknowledged`,
  async () => {
    const random = randomOf(SEED);
    const disk = await makeDisk(1024);
    const dataDir = join(disk.path, 'data');
    let acknowledged: Acknowledged[] = [];
    let next = 0;
    const report = { seed: SEED, cuts: 0, acknowledged: 0, lost: 0, lostOlder: 0, whileMaking: 0 };
    try {
      for (let cut = 0; cut < CUTS; cut++) {
        const fresh = cut % FRESH === 0;
        if (fresh) {
          await rm(dataDir, { recursive: true, force: true });
          acknowledged = [];
        }
        const seconds = random() * (fresh ? FRESH_SECONDS : SECONDS);
        const round = await cutWhileWriting(disk, dataDir, next, { fresh, seconds });
        next = round.next;
        acknowledged.push(...round.acknowledged);
        await disk.powerOn();

        const kept = await readItems(dataDir);
        const lost = acknowledged.filter(({ n }) => !kept.has(`item-${n}`));
        report.cuts += 1;
        report.acknowledged += round.acknowledged.length;
        report.whileMaking += Number(!round.opened);
        report.lost += lost.length;
        report.lostOlder += lost.filter(({ at }) => at < round.cutAt - MAY_LOSE_MS).length;
        acknowledged = acknowledged.filter(({ n }) => kept.has(`item-${n}`));
      }
    } finally {
      console.log(`Power cuts: ${JSON.stringify(report)}`);
      await disk.remove();
    }
    expect(report).toMatchObject({ cuts: CUTS, lostOlder: 0 });
    expect(report.acknowledged).toBeGreaterThan(0);
  },
  120_000 + CUTS * 60_000,
);

interface Acknowledged {
  readonly n: number;
  readonly at: number;
}

async function cutWhileWriting(
  disk: { cut(): void },
  dataDir: string,
  first: number,
  { fresh, seconds }: { fresh: boolean; seconds: number },
) {
  const acknowledged: Acknowledged[] = [];
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dataDir, String(first)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // With what it starts: the process that makes the database has files open there too.
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    let opened = false;
    const writing = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout! }).on('line', (line) => {
        opened = true;
        if (line === 'open') return;
        acknowledged.push({ n: Number(line), at: Date.now() });
        resolve();
      });
    });
    if (!fresh) {
      const ended = exited.then(() => Promise.reject(new Error('The database does not open.')));
      ended.catch(() => undefined);
      await Promise.race([writing, ended]);
    }
    await pause(seconds * 1000);
    const cutAt = Date.now();
    disk.cut();
    // What was on its way to us counts too.
    await pause(200);
    return { acknowledged, opened, cutAt, next: first + acknowledged.length + 1000 };
  } finally {
    killAll(child);
    await exited;
    // Its helper's files are closed a moment later.
    await pause(300);
  }
}

function killAll({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The items of a data folder, each with its garment found through the index and its picture whole. */
async function readItems(dataDir: string): Promise<ReadonlySet<string>> {
  const db = await openDatabase({ dataDir, databasePool: 1 });
  try {
    const { rows } = await db.asOwner((tx) =>
      tx.query<{ id: string; sha256: string; garments: number }>(
        `select i.id, m.sha256, (select count(*)::int from garments g where g.shop_id = i.shop_id and g.item_id = i.id)
           as garments
         from items i join item_images m on m.shop_id = i.shop_id and m.item_id = i.id`,
      ),
    );
    const images = openImageStore(openFolderStore(dataDir));
    for (const { id, sha256, garments } of rows) {
      expect([id, garments, await images.has(sha256)]).toEqual([id, 1, true]);
      expect(await images.read(sha256)).toHaveLength(5000);
    }
    return new Set(rows.map(({ id }) => id));
  } finally {
    await db.close();
  }
}
