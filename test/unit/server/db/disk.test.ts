import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainDisk, isDiskFull } from '../../../../server/db/disk.ts';
import { lockDataDir } from '../../../../server/db/lock.ts';
import { clearTemporary } from '../../../../server/db/temporary.ts';
import { openImageStore } from '../../../../server/images/store.ts';
import { openFolderStore } from '../../../../server/store/folder-store.ts';

let folder: string;
const mounted: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'armoire-disk-'));
});
afterEach(() => {
  for (const place of mounted.splice(0)) execFileSync('umount', [place]);
  rmSync(folder, { recursive: true, force: true });
});

/** A small file system on `folder`; null where this user may not mount any. */
function mount(options: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  mounted.push(folder);
  return folder;
}

it('tells a full disk from other faults, and names the folder that is to be chosen', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  expect([full, Object.assign(new Error(), { code: 'ENOENT' }), 'full'].filter(isDiskFull)).toEqual([full]);
  expect(explainDisk(full, '/backup', 'choose another folder')).toMatchObject({
    message: 'The disk of /backup is full. Free some space, or choose another folder.',
    cause: full,
  });
});

describe('lockDataDir', () => {
  it('says in words that the disk is full', async ({ skip }) => {
    if (!mount('size=80m')) skip('This user may not mount a file system.');
    await (await lockDataDir(folder)).release();
    writeFileSync(join(folder, 'other'), Buffer.alloc(40 * 1024 * 1024));
    await expect(lockDataDir(folder)).rejects.toThrow(/disk of .* is full: \d+ MiB are left.*DATA_DIR/);
    // The next one is refused by the disk and not by a lock that was kept.
    await expect(lockDataDir(folder)).rejects.toThrow(/is full/);
  });

  it('says in words that there is no room for a single file', async ({ skip }) => {
    if (!mount('size=1m,nr_inodes=2')) skip('This user may not mount a file system.');
    writeFileSync(join(folder, 'other'), '');
    await expect(lockDataDir(folder)).rejects.toThrow(/disk of .* is full. Free some space.*DATA_DIR/);
  });

  it('says in words that the file system is read-only', async ({ skip }) => {
    if (!mount('ro,size=1m')) skip('This user may not mount a file system.');
    await expect(lockDataDir(folder)).rejects.toThrow(/read-only file system.*DATA_DIR/);
    await expect(lockDataDir(join(folder, 'data'))).rejects.toThrow(
      /data is on a read-only file system.*DATA_DIR/,
    );
  });

  it('says in words that another user’s folder may not be written to', async ({ skip }) => {
    if (process.getuid?.() === 0) process.seteuid?.(65_534);
    try {
      const other = '/usr';
      await expect(lockDataDir(other)).rejects.toThrow(/cannot write to \/usr.*DATA_DIR/);
    } finally {
      if (process.getuid?.() === 0) process.seteuid?.(0);
      else if (process.platform === 'win32') skip();
    }
  });

  it('says in words that a file is in the place of the folder', async () => {
    writeFileSync(join(folder, 'data'), '');
    await expect(lockDataDir(join(folder, 'data'))).rejects.toThrow(/is not a folder.*DATA_DIR/);
  });
});

describe('clearTemporary', () => {
  it('removes what a killed process left, and nothing else', async () => {
    const images = openImageStore(openFolderStore(folder));
    const sha256 = await images.put(Buffer.from('an image'));
    mkdirSync(join(folder, 'tmp'));
    writeFileSync(join(folder, 'tmp', 'capacitor-1.tmp'), 'half an upload');
    writeFileSync(join(folder, 'images', 'tmp', 'half'), 'half an image');
    await clearTemporary(folder);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    expect(readdirSync(join(folder, 'images'))).toEqual([sha256.slice(0, 2)]);
    expect((await images.read(sha256)).toString()).toBe('an image');
    await images.put(Buffer.from('another image'));
  });
});
