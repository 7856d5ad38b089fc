import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAutovacuum } from '../../../../server/db/autovacuum.ts';
import { startCheckpoints } from '../../../../server/db/checkpoints.ts';
import { makeEmbedded, openEmbedded, socketPrefix } from '../../../../server/db/embedded.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'armoire-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

// Each makes a database, which takes four seconds of processor time.
const TIMEOUT_MS = 120_000;

describe('the embedded database', { timeout: TIMEOUT_MS }, () => {
  it('is made in the place of what a killed start left behind, and nothing else is touched', async () => {
    await mkdir(join(dataDir, 'pg.making-killed', 'base'), { recursive: true });
    await mkdir(join(dataDir, 'pg.backup'));
    await makeEmbedded(join(dataDir, 'pg'));
    expect((await readdir(dataDir)).sort()).toEqual(['pg', 'pg.backup']);
    expect(await readdir(join(dataDir, 'pg'))).toContain('PG_VERSION');
  });

  it('is left as it is where it is there already, and holds no more buffers than a small shop needs', async () => {
    const folder = join(dataDir, 'pg');
    const first = await openEmbedded(folder);
    await first.pool.query('create table kept as select 1 as one');
    await first.close();
    // A killed process leaves the folder of its socket.
    const prefix = socketPrefix(folder);
    await mkdir(join(tmpdir(), `${prefix}killed`));
    const again = await openEmbedded(folder);
    const sockets = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
    expect(sockets).toEqual([expect.not.stringContaining('killed')]);
    const { rows } = await again.pool.query(
      `select one, current_setting('shared_buffers') as buffers from kept`,
    );
    await again.close();
    expect(rows).toEqual([{ one: 1, buffers: '32MB' }]);
  });

  it('syncs its commits, opens with what a power cut leaves, and says what to do where it cannot', async () => {
    const folder = join(dataDir, 'pg');
    await makeEmbedded(folder);
    await writeFile(join(folder, 'postmaster.pid'), '');
    const opened = await openEmbedded(folder);
    const { rows } = await opened.pool.query(
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages`,
    );
    await opened.close();
    expect(rows).toEqual([{ fsync: 'on', pages: 'on' }]);
    await truncate(join(folder, 'global', 'pg_control'), 0);
    await expect(openEmbedded(folder)).rejects.toThrow(
      /cannot be opened\. First copy the folder.*npm run restore/,
    );
  });

  it('moves its checkpoint on while it runs, but not while it is held', async () => {
    const { pool, close } = await openEmbedded(join(dataDir, 'pg'));
    const logged = async () => {
      const { rows } = await pool.query<{ bytes: number }>(
        'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int8 as bytes from pg_control_checkpoint()',
      );
      return rows[0]!.bytes;
    };
    const checkpoints = startCheckpoints(pool, { everyMs: 20, walBytes: 1_000_000 });
    await checkpoints.hold(async () => {
      await pool.query(`create table filled as select repeat('x', 1000) from generate_series(1, 5000)`);
      await pause(500);
      expect(await logged()).toBeGreaterThan(4_000_000);
    });
    while ((await logged()) >= 1_000_000) await pause(20);
    checkpoints.stop();
    await close();
  });

  it('keeps the planner’s statistics of what has changed', async () => {
    const { pool, close } = await openEmbedded(join(dataDir, 'pg'));
    await pool.query('create table growing (n integer)');
    const stop = startAutovacuum(pool, { everyMs: 20 });
    const expected = async () => {
      const { rows } = await pool.query('explain (format json) select from growing where n < 0');
      return rows[0]['QUERY PLAN'][0].Plan['Plan Rows'];
    };
    await pool.query('insert into growing select generate_series(1, 3000)');
    await expect.poll(expected, { timeout: 60_000 }).toBeLessThan(10);
    // Most of them now, and the planner would not know.
    await pool.query('insert into growing select -n from generate_series(1, 30000) n');
    await expect.poll(expected, { timeout: 60_000 }).toBeGreaterThan(20_000);
    stop();
    await close();
  });

  it('gives the room of dead rows to new ones, also beside vectors', { timeout: 120_000 }, async () => {
    const { pool, close } = await openEmbedded(join(dataDir, 'pg'));
    await pool.query('create extension if not exists vector');
    await pool.query('create table changing (n integer, v vector(2))');
    await pool.query('create index on changing (n)');
    await pool.query('insert into changing select n, null from generate_series(1, 2000) n');
    await pool.query('create table seen as table changing');
    await pool.query('create index on seen using hnsw (v vector_cosine_ops)');
    const stop = startAutovacuum(pool, { everyMs: 20 });
    const sizeOf = async (table: string) =>
      (await pool.query<{ bytes: number }>('select pg_table_size($1)::int8 as bytes', [table])).rows[0]!
        .bytes;
    const vacuumsOf = async (table: string) => {
      const { rows } = await pool.query<{ count: number }>(
        'select vacuum_count::int as count from pg_stat_user_tables where relname = $1',
        [table],
      );
      return rows[0]!.count;
    };
    for (const table of ['changing', 'seen']) {
      const before = await sizeOf(table);
      for (let i = 0; i < 6; i++) {
        const count = await vacuumsOf(table);
        await pool.query(`update ${table} set n = n + 1`);
        await expect.poll(() => vacuumsOf(table), { timeout: 60_000 }).toBeGreaterThan(count);
      }
      // Seven times as large otherwise.
      expect(await sizeOf(table)).toBeLessThan(4 * before);
    }
    stop();
    await close();
  });
});
