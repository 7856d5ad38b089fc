import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type pg from 'pg';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** Files that belong to a running process, or that PostgreSQL recreates. */
const LEFT_OUT = /^(postmaster\.(pid|opts)|backup_label.*|(base\/)?pgsql_tmp\/.*|pg_stat_tmp\/.*)$/;
const WAL_FILE = /^pg_wal\/([0-9A-F]{24})$/;
/** Half of the data is zeros: even the fastest compression shrinks it to a third. */
const ENTRY = { compressionLevel: 1, mode: 0o600 };

/**
 * Zips the database in `folder` while it runs, as pg_basebackup does: first the data files, each in whatever state it
 * is read, then the write-ahead log from the first read to the last, which makes them consistent. There must be no
 * checkpoint meanwhile.
 */
export async function zipRunning(pool: pg.Pool, folder: string, out: Writable): Promise<void> {
  const zip = openZip();
  await pool.query(`select pg_backup_start('armoire', true)`);
  let running = true;
  const stop = async () => {
    running = false;
    const { rows } = await pool.query<{ label: string; last: string }>(
      'select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(false)',
    );
    return rows[0]!;
  };
  try {
    const { files, folders } = await listTree(folder);
    for (const name of folders) zip.addEmptyDirectory(name);
    for (const name of inOrder(files)) addFile(zip, folder, name);
    // Reached once all other entries are written.
    zip.addReadStreamLazy('backup_label', ENTRY, (give) => {
      stop()
        .then(async ({ label, last }) => {
          for (const name of await listWal(folder, label, last)) addFile(zip, folder, name);
          zip.end();
          give(null, Readable.from([label]));
        })
        .catch((error: unknown) => give(error, Readable.from([])));
    });
    await pipeline(zip.outputStream, out);
  } finally {
    if (running) await stop();
  }
}

/** Zips the database in `folder` while no process has it open. */
export async function zipStopped(folder: string, out: Writable): Promise<void> {
  const zip = openZip();
  const { files, folders } = await listTree(folder);
  for (const name of folders) zip.addEmptyDirectory(name);
  for (const name of files) addFile(zip, folder, name);
  zip.end();
  await pipeline(zip.outputStream, out);
}

const openArchive = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);

/** Unpacks such a zip into `folder`. yauzl rejects names that leave the folder and truncated files. */
export async function unzipDatabase(path: string, folder: string): Promise<void> {
  const zip = await openArchive(path, { lazyEntries: true });
  await new Promise<void>((resolve, reject) => {
    const take = async (entry: yauzl.Entry) => {
      const target = join(folder, entry.fileName);
      if (entry.fileName.endsWith('/')) await mkdir(target, { recursive: true, mode: 0o700 });
      else {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await pipeline(await openEntry(zip, entry), createWriteStream(target, { mode: 0o600 }));
      }
      zip.readEntry();
    };
    zip.on('entry', (entry: yauzl.Entry) => void take(entry).catch(reject));
    zip.once('end', resolve);
    zip.once('error', reject);
    zip.readEntry();
  }).finally(() => zip.close());
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

function openZip(): yazl.ZipFile {
  const zip = new yazl.ZipFile();
  // A file that cannot be read fails the zip, and whoever waits for it.
  zip.on('error', (error) => (zip.outputStream as Readable).destroy(error));
  return zip;
}

function addFile(zip: yazl.ZipFile, folder: string, name: string): void {
  zip.addReadStreamLazy(name, ENTRY, (give) => {
    open(join(folder, name)).then(
      (file) => give(null, file.createReadStream()),
      // A table dropped meanwhile; replaying the log drops it again.
      (error: NodeJS.ErrnoException) => give(error.code === 'ENOENT' ? null : error, Readable.from([])),
    );
  });
}

/** The log is added at the end, the control file just before it. */
function inOrder(files: readonly string[]): string[] {
  const control = 'global/pg_control';
  return [...files.filter((name) => !WAL_FILE.test(name) && name !== control), control];
}

/** The log files that a copy with this label needs. */
async function listWal(folder: string, label: string, last: string): Promise<string[]> {
  const first = /^START WAL LOCATION: .* \(file ([0-9A-F]{24})\)/.exec(label)?.[1] ?? '';
  const names = (await readdir(join(folder, 'pg_wal')))
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
    .sort();
  if (names[0] !== first || names.at(-1) !== last)
    throw new Error('The write-ahead log was cut off while the database was being copied. Try again.');
  return names.map((name) => `pg_wal/${name}`);
}

async function listTree(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const [files, folders]: [string[], string[]] = [[], []];
  const walk = async (prefix: string) => {
    for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
      const name = `${prefix}${entry.name}`;
      if (entry.isDirectory()) {
        folders.push(name);
        await walk(`${name}/`);
      } else if (entry.isFile() && !LEFT_OUT.test(name)) files.push(name);
    }
  };
  await walk('');
  return { files, folders };
}
