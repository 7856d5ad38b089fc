#!/usr/bin/env node
// Installs what is missing and builds the pages when their sources changed, so that `npm start` and `npm test` are
// the only commands a fresh clone needs. Plain JavaScript on Node's own modules: it runs before anything is installed.
//   node server/cli/prepare.mjs        the packages that the server runs on, which is all that an image has
//   node server/cli/prepare.mjs dev    those for building and testing too
//   node server/cli/prepare.mjs web    the same, and the production build of the pages
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (...parts) => join(root, ...parts);

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const web = process.argv.includes('web');
  prepare({ web, dev: web || process.argv.includes('dev') });
}

export function prepare({ web, dev }) {
  checkNode();
  if (!packagesInStep({ dev })) run('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund']);
  if (web) buildPages();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 15)) return;
  fail(`Armoire needs Node 20.15 or newer; this is Node ${process.versions.node}.`);
}

/**
 * True where every package of the lock file that fits this machine is installed in the locked version. Those for
 * development count where they are wanted: `npm ci --omit=dev` leaves them out.
 */
function packagesInStep({ dev }) {
  const installedLock = at('node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const locked = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      entry.peer ||
      (entry.dev && !dev) ||
      installed[path]?.version === entry.version,
  );
}

function buildPages() {
  const stamp = at('web', '.next', 'armoire-sources');
  const sources = hashOf([...filesUnder(at('web')), at('package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  run('Building the widget', process.execPath, ['--import', 'tsx', 'web/widget/build.ts']);
  run('Building the pages', process.execPath, [
    at('node_modules', 'next', 'dist', 'bin', 'next'),
    'build',
    'web',
  ]);
  run('Finishing the pages’ files', process.execPath, ['web/finish-build.mjs']);
  writeFileSync(stamp, hashOf([...filesUnder(at('web')), at('package-lock.json')]));
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !['.next', 'node_modules', 'next-env.d.ts'].includes(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
    );
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function run(what, command, args) {
  console.log(`${what} …`);
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  });
  if (error || status !== 0) fail(`${what} failed${error ? `: ${error.message}` : ''}.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
