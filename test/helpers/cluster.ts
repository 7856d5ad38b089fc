import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

const SCRIPT = fileURLToPath(new URL('../../.ci/postgres', import.meta.url));
const run = promisify(execFile);

export interface Cluster {
  readonly url: string;
  /** Where its programs are, pg_dump among them. */
  readonly bin: string;
  /** Stops all of its processes where they are, as a machine that hangs does; returns what lets them go on. */
  freeze(): Promise<() => void>;
  remove(): Promise<void>;
}

/** A further PostgreSQL, as a new machine has it, or a replica of `primary`; null where the tests' own was not started by `.ci/postgres`. */
export async function startCluster(primary?: Cluster): Promise<Cluster | null> {
  const first = await ownFolder();
  const bin = first && (await readFile(join(first, 'bin'), 'utf8').catch(() => null));
  if (!first || !bin) return null;
  const folder = await mkdtemp(join(tmpdir(), 'armoire-cluster-'));
  // The programs once more would take a download.
  await symlink(join(first, 'venv'), join(folder, 'venv'));
  const env = {
    ...process.env,
    PGTESTPORT: String(await freePort()),
    ...(primary && { PGTESTPRIMARY: primary.url }),
  };
  const { stdout } = await run('bash', [SCRIPT, 'start', folder], { env });
  return {
    url: stdout.trim(),
    bin: bin.trim(),
    async freeze() {
      const [first] = (await readFile(join(folder, 'db/postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(first), 'SIGSTOP');
      const children = await readFile(`/proc/${first}/task/${first}/children`, 'utf8');
      const pids = [first, ...children.trim().split(' ')].map(Number);
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      return () => {
        for (const pid of pids) process.kill(pid, 'SIGCONT');
      };
    },
    async remove() {
      await run('bash', [SCRIPT, 'stop', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ownFolder(): Promise<string> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return dirname(rows[0]!.data_directory);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
