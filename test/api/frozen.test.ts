import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Cluster, startCluster } from '../helpers/cluster.ts';
import { reopenTestDatabase } from '../helpers/database.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 300_000 });

/** A PostgreSQL of their own, so that nobody else's is frozen. */
describe.skipIf(process.env.TEST_ENGINE !== 'server')('a PostgreSQL that does not answer any more', () => {
  let cluster: Cluster | null;
  let server: TestServer;
  let dataDir: string;
  let thaw: (() => void) | undefined;
  beforeAll(async () => {
    cluster = await startCluster();
    if (!cluster) return;
    dataDir = await mkdtemp(join(tmpdir(), 'armoire-frozen-'));
    server = await makeTestServer({ db: await reopenTestDatabase(dataDir, cluster.url) });
  });
  afterAll(async () => {
    thaw?.();
    await server?.close();
    await cluster?.remove();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  });

  it('is told of with a code, at /healthz too, and forgotten once it goes on', async ({ skip }) => {
    if (!cluster) return skip('The PostgreSQL at TEST_DATABASE_URL was not started by .ci/postgres.');
    const key = await server.makeKey('merchandiser');
    const ask = (by?: string) =>
      server.query('{ items(first: 1) { totalCount } }', {}, by === undefined ? {} : { key: by });
    // Connections are there when it stops, in use and idle.
    const before = await Promise.all([ask(), ask(key), ask(), ask(key)]);
    expect(before.map(({ errors }) => errors)).toEqual(Array(4).fill(undefined));
    const working = server.db.asOwner(async (tx) => {
      await tx.query('select 1');
      thaw = await cluster!.freeze();
      return tx.query('select 1');
    });
    await expect(working).rejects.toThrow(/Connection terminated/);
    const answers = await Promise.all([ask(), ask(key), ask(), ask(key), ask(), ask(key)]);
    for (const { status, errors } of answers) {
      expect([status, errors?.[0]?.extensions]).toEqual([
        503,
        expect.objectContaining({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) }),
      ]);
    }
    const health = await fetch(`${server.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([
      503,
      expect.objectContaining({ failing: [expect.objectContaining({ part: 'database' })] }),
    ]);
    thaw!();
    thaw = undefined;
    await expect.poll(async () => (await ask(key)).errors, { timeout: 60_000 }).toBeUndefined();
    await expect
      .poll(async () => (await fetch(`${server.url}/healthz`)).status, { timeout: 60_000 })
      .toBe(200);
  });

  it('does not take the process with it where it ends a connection in use', async ({ skip }) => {
    if (!cluster) return skip('The PostgreSQL at TEST_DATABASE_URL was not started by .ci/postgres.');
    const work = server.db.asOwner(async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await server.db.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
      // Between two statements there is nothing that would fail.
      await new Promise((resolve) => setTimeout(resolve, 500));
      return tx.query('select 1');
    });
    await expect(work).rejects.toThrow();
    expect((await server.query('{ items(first: 1) { totalCount } }')).errors).toBeUndefined();
  });

  it('does not end a statement that takes long', async ({ skip }) => {
    if (!cluster) return skip('The PostgreSQL at TEST_DATABASE_URL was not started by .ci/postgres.');
    // Longer than a connection may be silent before the server is asked.
    const { rows } = await server.db.asOwner((tx) => tx.query('select pg_sleep(20), 1 as done'));
    expect(rows).toMatchObject([{ done: 1 }]);
  });
});
