import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { FRESH_SECONDS } from '../db/servers.ts';

/** Writes a dump in pg_dump's own format: one moment of the database, while it goes on being used. */
export async function dumpPostgres(url: string, path: string): Promise<void> {
  await requireFittingTool('pg_dump', url, 'What it writes could not be restored there');
  const failure = 'The database of DATABASE_URL could not be dumped, so there is no backup.';
  // For its owner alone, like the rest of a backup: pg_dump makes files that everybody may read.
  await writeFile(path, '', { mode: 0o600 });
  await runTool('pg_dump', url, ['--format=custom', '--no-owner', '--file', path], failure);
}

/** Throws unless the database has no tables of its own. */
export async function requireEmpty(url: string): Promise<void> {
  const { rows } = await ask<{ n: number }>(
    url,
    `select count(*)::int as n from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  if (rows[0]!.n > 0)
    throw new Error(
      `The database of DATABASE_URL has ${rows[0]!.n} tables. Choose an empty one, or use --overwrite to replace what is in it.`,
    );
}

/** Throws while a server uses the database: it would go on with ids, vectors and tasks of what was replaced under it. */
async function requireUnused(url: string): Promise<void> {
  const { rows } = await ask<{ known: boolean }>(
    url,
    `select to_regclass('public.servers') is not null as known`,
  );
  if (!rows[0]!.known) return;
  const { rows: servers } = await ask<{ seconds: number }>(
    url,
    `select extract(epoch from now() - seen_at)::int as seconds from public.servers
     where seen_at > now() - interval '${FRESH_SECONDS} seconds' order by seen_at desc limit 1`,
  );
  if (servers[0])
    throw new Error(
      `A server uses the database of DATABASE_URL (last seen ${servers[0].seconds} seconds ago), and nothing was changed. ` +
        `Stop it first; if it was killed, wait until ${FRESH_SECONDS} seconds have passed.`,
    );
}

/**
 * Puts a dump into a database. Roles belong to a cluster and are in no dump: without the one that the grants and the
 * row-level security name, nothing of it would restore.
 */
export async function restorePostgres(url: string, path: string, { overwrite = false } = {}): Promise<void> {
  const unreadable =
    "The backup's dump cannot be read, and nothing was changed. It may be from a newer pg_dump than this pg_restore.";
  await runTool('pg_restore', null, ['--list', path], unreadable);
  await requireFittingTool('pg_restore', url, 'It cannot restore to that, and nothing was changed');
  if (overwrite) await requireUnused(url);
  await ask(
    url,
    `do $$ begin
       if not exists (select from pg_roles where rolname = 'armoire_shop') then
         create role armoire_shop nologin;
       end if;
     end $$`,
  );
  if (overwrite) {
    await ask(
      url,
      `begin; drop schema if exists pgboss cascade; drop schema public cascade; create schema public;
       grant usage on schema public to public; commit`,
    );
  }
  // Without the comment on the extension, which only its owner may set: a superuser may have made it for us.
  const options = ['--no-owner', '--no-comments', '--exit-on-error', '--single-transaction'];
  const left = overwrite
    ? 'What was in it is gone: mend what is said below and restore once more.'
    : 'Nothing was put into it.';
  const failure = `The backup's dump could not be put into the database of DATABASE_URL. ${left}`;
  await runTool('pg_restore', url, [...options, path], failure);
  // Plans made before the tables are counted may take minutes.
  await ask(url, 'analyze');
}

/** The newest whose dumps an older PostgreSQL takes: later ones begin with a setting that it does not know. */
const TAKEN_BY_OLDER = 16;

/** Throws if the program is of a newer PostgreSQL than the server, which then takes nothing from it. */
async function requireFittingTool(tool: 'pg_dump' | 'pg_restore', url: string, why: string): Promise<void> {
  const version = await majorOf(tool);
  if (version === null || version <= TAKEN_BY_OLDER) return;
  const { rows } = await ask<{ major: number }>(
    url,
    `select current_setting('server_version_num')::int / 10000 as major`,
  );
  const { major } = rows[0]!;
  if (version <= major) return;
  throw new Error(
    `${tool} is of version ${version}, and the database of DATABASE_URL runs on PostgreSQL ${major}. ${why}. ` +
      `Put ${tool} of version ${major} first in PATH.`,
  );
}

/** Of a program of PostgreSQL; null if it does not say. */
async function majorOf(tool: string): Promise<number | null> {
  const found = await promisify(execFile)(tool, ['--version']).catch(() => null);
  const [, major] = /\(PostgreSQL\) (\d+)/.exec(found?.stdout ?? '') ?? [];
  return major === undefined ? null : Number(major);
}

export async function versionsOf(url: string): Promise<Record<string, string>> {
  const { rows } = await ask<{ postgresql: string; pgvector: string }>(
    url,
    `select current_setting('server_version') as postgresql,
       coalesce((select extversion from pg_extension where extname = 'vector'), 'none') as pgvector`,
  );
  return rows[0]!;
}

async function ask<Row extends object>(url: string, text: string): Promise<{ rows: Row[] }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((cause: unknown) => {
    throw new Error('The database of DATABASE_URL cannot be reached.', { cause });
  });
  try {
    return await client.query<Row>(text);
  } finally {
    await client.end();
  }
}

/**
 * Runs a program of PostgreSQL's client package. The password goes by the environment, which `ps` does not show. Throws
 * `failure` with the program's own words as its cause.
 */
async function runTool(tool: string, url: string | null, args: string[], failure: string): Promise<void> {
  const env = { ...process.env };
  const database: string[] = [];
  if (url !== null) {
    const bare = new URL(url);
    if (bare.password) env.PGPASSWORD = decodeURIComponent(bare.password);
    bare.password = '';
    database.push('--dbname', bare.href);
  }
  const child = spawn(tool, [...database, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  const [code] = await once(child, 'close').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(
      `${tool} was not found. Install PostgreSQL's client programs, in the server's version or newer ` +
        '(postgresql-client on Debian), and make sure that they are in PATH.',
    );
  });
  if (code !== 0) throw new Error(failure, { cause: new Error(`${tool} said: ${said.trim()}`) });
}
