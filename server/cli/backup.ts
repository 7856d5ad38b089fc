/** `npm run backup -- FOLDER`: see USAGE. */
import { resolve } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { backUp } from '../backup/backup.ts';
import { loadConfig } from '../config.ts';
import { explainDisk, isDiskFull } from '../db/disk.ts';
import type { ServerFile } from '../db/lock.ts';
import { findServer, urlOf } from './server.ts';

const USAGE = `npm run backup -- FOLDER

Writes a backup of the whole installation into FOLDER, which must be empty or not exist yet: the database, the pictures, and
the feeds still being read, with checksums. The server may keep running. npm run restore -- FOLDER restores the backup.`;

async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), name);
  const config = loadConfig();
  const server = config.databaseUrl ? null : await findServer(config);
  const { files, bytes } = await backUp(
    config,
    folder,
    server ? (out) => fetchDatabase(server, out) : undefined,
  ).catch((error: unknown) => {
    throw isDiskFull(error) ? explainDisk(error, folder, 'choose another folder') : error;
  });
  console.log(`Backed up to ${folder}: ${files} files, ${(bytes / 1024 / 1024).toFixed(1)} MiB.`);
  return 0;
}

/** The embedded database, from the server that has it open. */
async function fetchDatabase(server: ServerFile, out: Writable): Promise<void> {
  const response = await fetch(`${urlOf(server)}/backup/database`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  if (!response.ok || !response.body)
    throw new Error(`The server refused the backup: ${await readRefusal(response)}`);
  await pipeline(Readable.fromWeb(response.body as ReadableStream), out).catch((cause: unknown) => {
    // Our own disk's, not the server's.
    if (cause instanceof Error && 'syscall' in cause) throw cause;
    throw new Error('The server could not copy its database; its log says why.', { cause });
  });
}

/** The message of an answer with errors; what else it says where it is none. */
async function readRefusal(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { errors } = JSON.parse(text) as { errors: { message: string }[] };
    return errors.map(({ message }) => message).join(' ');
  } catch {
    return text;
  }
}

process.exitCode = await main().catch((error: unknown) => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) console.error(cause.message);
  return 1;
});
