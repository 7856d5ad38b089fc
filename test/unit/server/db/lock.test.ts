import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDir, readServerFile } from '../../../../server/db/lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const leave = (pid: number) =>
  writeFile(join(folder, 'server.json'), JSON.stringify({ pid, port: 1, host: 'x', token: 'ctl_old' }));
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('lockDataDir', () => {
  it('refuses a folder on which another process works, and says what to do', async () => {
    await leave(process.ppid);
    await expect(lockDataDir(folder)).rejects.toThrow(/Another Armoire server is running.*DATA_DIR/);
    expect(JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')).pid).toBe(process.ppid);
  });

  it('takes over what a killed process left, with a token of its own', async () => {
    await leave(deadPid());
    const lock = await lockDataDir(folder);
    expect((await readServerFile(folder))?.pid).toBe(process.pid);
    expect(lock.token).not.toBe('ctl_old');
  });

  it('takes over a file that was cut off', async () => {
    await writeFile(join(folder, 'server.json'), '{"pid":');
    await lockDataDir(folder);
    expect((await readServerFile(folder))?.pid).toBe(process.pid);
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
  });

  it('tells of no server where the file’s process is gone', async () => {
    await leave(deadPid());
    expect(await readServerFile(folder)).toBeNull();
  });
});
