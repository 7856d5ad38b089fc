import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { syncFolder, syncTree } from '../store/sync.ts';

const MANIFEST = 'manifest.json';
/** As `sha256sum` writes it: `sha256sum --check SHA256SUMS` tells whether a backup is whole, without Armoire. */
const SUMS = 'SHA256SUMS';

const Manifest = z.object({
  format: z.literal(1, { error: 'is of another version of Armoire' }),
  createdAt: z.string(),
  engine: z.enum(['embedded', 'server']),
  /** The newest file of migrations/ that the database may have. */
  migration: z.string(),
  versions: z.record(z.string(), z.string()),
  files: z.number().int(),
  bytes: z.number(),
  /** SHA-256 of SHA256SUMS. */
  sums: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;

/** Ends a backup: sums all its files and writes what it is. A folder without a manifest is no whole backup. */
export async function writeManifest(
  folder: string,
  about: Pick<Manifest, 'engine' | 'migration' | 'versions'>,
): Promise<Manifest> {
  const names = await listFiles(folder);
  const lines: string[] = [];
  let bytes = 0;
  for (const name of names) {
    const path = join(folder, name);
    lines.push(`${await hashFile(path)}  ${name}\n`);
    bytes += (await stat(path)).size;
  }
  await writeSynced(join(folder, SUMS), lines.join(''));
  await syncTree(folder);
  const manifest: Manifest = {
    format: 1,
    createdAt: new Date().toISOString(),
    ...about,
    files: names.length,
    bytes,
    sums: await hashFile(join(folder, SUMS)),
  };
  await writeSynced(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncFolder(folder);
  return manifest;
}

/** Throws where the folder is no backup, or not a whole one. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new Error(
      `${folder} is not a backup, or the backup was not finished: there is no ${MANIFEST} in it.`,
      {
        cause,
      },
    );
  });
  const manifest = Manifest.safeParse(parse(text));
  if (!manifest.success)
    throw new Error(`${MANIFEST} in ${folder} cannot be used: ${z.prettifyError(manifest.error)}`);
  return manifest.data;
}

/** Compares each file with its sum. Throws with the names of those that are missing or changed. */
export async function verifyFiles(folder: string, { sums }: Manifest): Promise<void> {
  if ((await hashFile(join(folder, SUMS)).catch(() => '')) !== sums)
    throw new Error(`The backup is damaged: ${SUMS} is missing or changed.`);
  const bad: string[] = [];
  for (const line of (await readFile(join(folder, SUMS), 'utf8')).split('\n')) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (!sum || !name) continue;
    const actual = isWithin(name) ? await hashFile(join(folder, name)).catch(() => '') : '';
    if (actual !== sum) bad.push(name);
  }
  if (bad.length === 0) return;
  const shown = bad.slice(0, 5).join(', ');
  throw new Error(
    `The backup is damaged: ${bad.length} of its files are missing or changed (${shown}${bad.length > 5 ? ', …' : ''}).`,
  );
}

/** Whether the name stays within the backup's folder. */
function isWithin(name: string): boolean {
  return !isAbsolute(name) && !name.split(/[\\/]/).includes('..');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
}
