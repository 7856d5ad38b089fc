import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LOCK = readFileSync('package-lock.json', 'utf8');

interface Entry {
  readonly version: string;
  readonly dev?: boolean;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'armoire-prepare-'));
  mkdirSync(join(folder, 'server/cli'), { recursive: true });
  copyFileSync('server/cli/prepare.mjs', join(folder, 'server/cli/prepare.mjs'));
  writeFileSync(join(folder, 'package-lock.json'), LOCK);
  // In the place of npm, which would install packages.
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\ntouch installed\n', { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes down what is installed, as npm does, and tells whether preparing installs anything. */
function installs(isInstalled: (path: string, entry: Entry) => boolean, ...args: string[]): boolean {
  const { '': _, ...locked } = JSON.parse(LOCK).packages as Record<string, Entry>;
  const packages = Object.fromEntries(Object.entries(locked).filter((entry) => isInstalled(...entry)));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  const { status } = spawnSync(process.execPath, [join(folder, 'server/cli/prepare.mjs'), ...args], { env });
  expect(status).toBe(0);
  return existsSync(join(folder, 'installed'));
}

describe.skipIf(process.platform === 'win32')('preparing', () => {
  it('installs nothing where all packages are there', () => {
    expect(installs(() => true, 'dev')).toBe(false);
  });

  it('installs nothing for the commands of an image, which has no packages for development', () => {
    expect(installs((_, { dev }) => !dev)).toBe(false);
  });

  it('installs those for development where they are wanted', () => {
    expect(installs((_, { dev }) => !dev, 'dev')).toBe(true);
  });

  it('installs what is missing to run the server', () => {
    expect(installs((path) => path !== 'node_modules/pg')).toBe(true);
  });
});
