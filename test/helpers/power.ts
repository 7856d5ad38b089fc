/** Power cuts on a file system of its own: ext4 in a file, on a loop device, cut off by its shutdown ioctl. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Disk {
  /** Where it is mounted. */
  readonly path: string;
  /** Drops whatever is not on the disk: from here on every read and write of a file there fails. */
  cut(): void;
  /** Mounts it again, as a machine does that starts after a power cut. Nobody may have files open there. */
  powerOn(): Promise<void>;
  remove(): Promise<void>;
}

/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: the journal's unwritten part goes too. */
const CUT = `
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))`;

/** Why no power can be cut here; null where it can. */
export async function whyNoPowerCuts(): Promise<string | null> {
  if (process.platform !== 'linux') return 'it takes Linux';
  if (process.getuid?.() !== 0) return 'it takes root';
  for (const tool of ['mkfs.ext4', 'mount', 'umount', 'python3']) {
    if (spawnSync('which', [tool]).status !== 0) return `there is no ${tool}`;
  }
  try {
    const disk = await makeDisk(32);
    await disk.remove();
    return null;
  } catch (error) {
    return `no loop device can be mounted: ${(error as Error).message.split('\n')[0]}`;
  }
}

export async function makeDisk(mebibytes: number): Promise<Disk> {
  const folder = await mkdtemp(join(tmpdir(), 'armoire-disk-'));
  const [image, path] = [join(folder, 'image'), join(folder, 'mounted')];
  const mount = () => run('mount', ['-o', 'loop', image, path]);
  await mkdir(path);
  try {
    await run('truncate', ['-s', `${mebibytes}M`, image]);
    await run('mkfs.ext4', ['-q', '-F', image]);
    await mount();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    path,
    cut: () => execFileSync('python3', ['-c', CUT, path]),
    async powerOn() {
      await run('umount', [path]);
      await mount();
    },
    async remove() {
      await run('umount', [path]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
