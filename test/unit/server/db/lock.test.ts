import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDir, readServerFile } from '../../../../server/db/lock.ts';

const LOCK = fileURLToPath(new URL('../../../../server/db/lock.ts', import.meta.url));

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-lock-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  await rm(folder, { recursive: true, force: true });
});

const leave = (pid: number) =>
  writeFile(join(folder, 'server.json'), JSON.stringify({ pid, port: 1, host: 'x', token: 'ctl_old' }));

/** Another process that has taken the folder, as a server would. */
async function startHolder(): Promise<ChildProcess> {
  const script = `const { lockDataDir } = await import(${JSON.stringify(LOCK)});
    await lockDataDir(${JSON.stringify(folder)});
    console.log('locked');
    process.on('SIGTERM', () => process.exit(1));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('lockDataDir', () => {
  it('refuses a folder on which another process works, and says what to do', async () => {
    const holder = await startHolder();
    await expect(lockDataDir(folder)).rejects.toThrow(/Another Armoire server is running.*DATA_DIR/);
    expect((await readServerFile(folder))?.pid).toBe(holder.pid);
    // One that ends at once leaves no token, either.
    holder.kill('SIGTERM');
    await once(holder, 'exit');
    await expect(stat(join(folder, 'server.json'))).rejects.toThrow(/ENOENT/);
  });

  it('refuses it also where the holder’s process id means nothing here, as between containers', async () => {
    await startHolder();
    await leave(2 ** 22 + 1);
    await expect(lockDataDir(folder)).rejects.toThrow(/Another Armoire server is running/);
    expect(await readServerFile(folder)).not.toBeNull();
  });

  it('refuses a second taking by the same process', async () => {
    const lock = await lockDataDir(folder);
    await expect(lockDataDir(folder)).rejects.toThrow(/Another Armoire server is running/);
    await lock.release();
    await (await lockDataDir(folder)).release();
  });

  it('takes over from a killed process, with a token of its own', async () => {
    const holder = await startHolder();
    const old = await readServerFile(folder);
    await kill(holder);
    expect(await readServerFile(folder)).toBeNull();
    const lock = await lockDataDir(folder);
    expect((await readServerFile(folder))?.pid).toBe(process.pid);
    expect(lock.token).not.toBe(old?.token);
    await lock.release();
  });

  it('takes over a file whose process id belongs to another process by now', async () => {
    await leave(process.ppid);
    expect(await readServerFile(folder)).toBeNull();
    const lock = await lockDataDir(folder);
    expect((await readServerFile(folder))?.pid).toBe(process.pid);
    await lock.release();
  });

  it('refuses what a restore that was cut short has left, except to another one', async () => {
    await mkdir(join(folder, 'restoring'));
    await expect(lockDataDir(folder)).rejects.toThrow(/A restore to .* was cut short\. Run it again/);
    await (await lockDataDir(folder, { toRestore: true })).release();
    await rm(join(folder, 'restoring'), { recursive: true });
    await (await lockDataDir(folder)).release();
  });

  it('takes over a file that was cut off', async () => {
    await writeFile(join(folder, 'server.json'), '{"pid":');
    const lock = await lockDataDir(folder);
    expect((await readServerFile(folder))?.pid).toBe(process.pid);
    await lock.release();
  });

  it('lets those who only look go before it refuses', async () => {
    const looks = Array.from({ length: 200 }, () => readServerFile(folder));
    const lock = await lockDataDir(folder);
    await Promise.all(looks);
    await lock.release();
  });

  it('tells where the server listens, to this user alone, until it is released', async () => {
    const lock = await lockDataDir(folder);
    await lock.announce('127.0.0.1', 4321);
    expect(await readServerFile(folder)).toEqual({
      pid: process.pid,
      port: 4321,
      host: '127.0.0.1',
      token: lock.token,
    });
    expect((await stat(join(folder, 'server.json'))).mode & 0o777).toBe(0o600);
    await lock.release();
    expect(await readServerFile(folder)).toBeNull();
    await expect(readFile(join(folder, 'server.json'))).rejects.toThrow(/ENOENT/);
  });
});
