import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { openDatabase } from '../../server/db/database.ts';
import { randomOf } from '../helpers/random.ts';
import { administer, urlOf } from '../helpers/servers.ts';
import { zipOf } from '../helpers/zip.ts';
import { makeTempDir } from './import-harness.ts';

const CHILD = fileURLToPath(new URL('import-scale-child.ts', import.meta.url));
const onServer = process.env.TEST_ENGINE === 'server';
/** The embedded database, in one thread beside the child's own, takes some four times as long. */
const ROWS = Number(process.env.ROWS ?? (onServer ? 4_000 : 1_000));
const BAD = ROWS / 100;
/**
 * Killed when so large a part of the good rows has been parsed, and up to a second after that.
 * `KILLS=20 ROWS=10000 SEED=1 npx vitest run --project embedded test/db/import-scale.test.ts` is the long run.
 */
const SEED = Number(process.env.SEED ?? 1);
const random = randomOf(SEED);
const KILLS = Array.from({ length: Number(process.env.KILLS ?? 2) }, () => 0.95 * random()).sort(
  (a, b) => a - b,
);
/** More items than one process has in flight. */
const IN_FLIGHT = 64;

type Code = 'MISSING_FIELD' | 'IMAGE_NOT_FOUND' | 'INVALID_IMAGE_LINK' | 'DUPLICATE_ID' | 'NOT_AN_IMAGE';

/** One row in a hundred is broken, in five ways by turns. */
function makeFeed() {
  const files: Record<string, string> = { 'broken.png': 'no image' };
  const rows = ['id,title,image_link,price'];
  const bad = new Map<number, Code>();
  const good: string[] = [];
  for (let i = 0; i < ROWS; i++) {
    const number = i + 2;
    const broken = i % 100 === 57 ? Math.floor(i / 100) % 5 : -1;
    const image = `${i}.png`;
    if (broken === 0) rows.push(`item-${i},,${image},`);
    else if (broken === 1) rows.push(`item-${i},Skirt ${i},none.png,`);
    else if (broken === 2) rows.push(`item-${i},Skirt ${i},../${image},`);
    else if (broken === 3) rows.push(`item-0,Skirt ${i},${image},`);
    else if (broken === 4) rows.push(`item-${i},Skirt ${i},broken.png,`);
    else {
      rows.push(`item-${i},Skirt ${i},${image},${(i % 90) + 10}.00 EUR`);
      files[image] = `item item-${i}`;
      good.push(`item-${i}`);
      continue;
    }
    files[image] = 'item unused';
    const codes: Code[] = [
      'MISSING_FIELD',
      'IMAGE_NOT_FOUND',
      'INVALID_IMAGE_LINK',
      'DUPLICATE_ID',
      'NOT_AN_IMAGE',
    ];
    bad.set(number, codes[broken]!);
  }
  return { files: { ...files, 'feed.csv': `${rows.join('\n')}\n` }, good, bad };
}

it(
  `${ROWS} rows, killed ${KILLS.length} times on the way: every good row once, every bad row listed (seed ${SEED})`,
  async () => {
    const folder = await makeTempDir();
    const [dataDir, feed, log] = ['data', 'feed.zip', 'log'].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ];
    const template = inject('templateDatabase');
    const name = `armoire_test_${randomBytes(6).toString('hex')}`;
    if (onServer) await administer(`create database ${name} template ${template}`);
    else await cp(template, join(dataDir, 'pg'), { recursive: true });
    const databaseUrl = onServer ? urlOf(name) : undefined;
    const { files, good, bad } = makeFeed();
    await writeFile(feed, await zipOf(files));

    const lines = async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    const parses = async () => (await lines()).filter((line) => line.startsWith('parse ')).length;
    const start = () =>
      spawn(process.execPath, ['--import', 'tsx', CHILD, dataDir, feed, log, databaseUrl ?? ''], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
    let child: ChildProcess | undefined;
    try {
      for (const part of KILLS) {
        child = start();
        while ((await parses()) < part * good.length && child.exitCode === null) await pause(250);
        await pause(1000 * random());
        await kill(child);
      }
      child = start();
      expect(await once(child, 'exit')).toEqual([0, null]);

      const all = await lines();
      const job = JSON.parse(all.at(-1)?.replace('end ', '') ?? '');
      console.log(
        `Kills: ${JSON.stringify({ seed: SEED, kills: KILLS.length, parsed: await parses(), good: good.length })}`,
      );
      const failed = [...bad.values()].filter((code) => code === 'NOT_AN_IMAGE').length;
      expect(job).toMatchObject({
        state: 'done',
        rowsTotal: ROWS,
        rowsRejected: BAD - failed,
        rowsUnchanged: 0,
        itemsReady: good.length,
        itemsFailed: failed,
        itemsPending: 0,
        garmentCount: good.length,
      });

      // What was ready when a process started is not parsed after that, and little else is parsed twice.
      let ready = new Set<string>();
      const times = new Map<string, number>();
      for (const [what, ...ids] of all.map((line) => line.split(' '))) {
        if (what === 'ready') ready = new Set(ids);
        if (what !== 'parse') continue;
        expect(ready.has(ids[0]!)).toBe(false);
        times.set(ids[0]!, (times.get(ids[0]!) ?? 0) + 1);
      }
      expect(ready.size).toBeGreaterThan(KILLS.at(-1)! * good.length - 2 * IN_FLIGHT);
      expect([...times.keys()].sort()).toEqual([...good].sort());
      expect((await parses()) - good.length).toBeLessThanOrEqual(KILLS.length * IN_FLIGHT);

      const db = await openDatabase({ dataDir, databaseUrl, databasePool: 2 });
      try {
        const column = async <T>(sql: string) =>
          (await db.asOwner((tx) => tx.query<{ value: T }>(sql))).rows.map(({ value }) => value);
        const readyIds = await column<string>(`select id as value from items where state = 'ready'`);
        expect(readyIds.sort()).toEqual([...good].sort());
        expect(await column('select item_id as value from garments where is_primary')).toHaveLength(
          good.length,
        );
        expect(await column('select id as value from garments')).toHaveLength(good.length);
        expect(await column('select item_id as value from item_images')).toHaveLength(good.length);
        const errors = await column<[number, Code]>(
          'select jsonb_build_array(row_number, code) as value from import_errors order by row_number',
        );
        expect(errors).toEqual([...bad.entries()]);
        expect(await column(`select id as value from pgboss.job`)).toEqual([]);
      } finally {
        await db.close();
      }
    } finally {
      child?.kill('SIGKILL');
      if (onServer) await administer(`drop database if exists ${name} with (force)`);
      await folder.remove();
    }
  },
  600_000 + KILLS.length * 120_000,
);

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode} before it was killed.`);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
