import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
});
