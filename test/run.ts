/**
 * `npm test`: the unit, database, API and process suites in vitest, then the browser suites in Playwright, and one line that
 * counts both. Arguments choose suites: `npm test -- unit`, `npm test -- e2e`. `apart` has those journeys of `e2e` that
 * cross from the pages to the API, with the two in processes of their own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VITEST_SUITES = ['unit', 'db', 'api', 'process'];
const BROWSER_SUITES = { e2e: 'playwright.config.ts', apart: 'apart.config.ts' };
const SUITES = [...VITEST_SUITES, ...Object.keys(BROWSER_SUITES)];

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const reports = mkdtempSync(join(tmpdir(), 'armoire-test-'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((suite) => !SUITES.includes(suite));
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are ${SUITES.join(', ')}.`);
  process.exit(2);
}
const suites = wanted.length > 0 ? wanted : SUITES;

const counts: Count[] = [];
let ok = true;
const inVitest = suites.filter((suite) => VITEST_SUITES.includes(suite));
if (inVitest.length > 0) counts.push(runVitest(inVitest));
for (const [suite, config] of Object.entries(BROWSER_SUITES)) {
  if (suites.includes(suite)) counts.push(runPlaywright(config));
}
rmSync(reports, { recursive: true, force: true });

const total = (key: keyof Count) => counts.reduce((sum, count) => sum + count[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exit(ok && total('failed') === 0 && total('passed') > 0 ? 0 : 1);

function runVitest(folders: string[]): Count {
  const report = join(reports, 'vitest.json');
  const cli = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  run([cli, 'run', ...folders.map((folder) => `test/${folder}/`), ...flags]);
  const { numPassedTests, numFailedTests, numPendingTests } = readReport(report);
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, skipped: numPendingTests ?? 0 };
}

function runPlaywright(config: string): Count {
  const report = join(reports, `${config}.json`);
  const cli = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  run([cli, 'test', '-c', `test/e2e/${config}`, '--reporter=list,json'], env);
  const { stats } = readReport(report);
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  };
}

function run(args: string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) ok = false;
}

/** A runner that dies before its report counts as a failure, through `ok`. */
function readReport(file: string) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    ok = false;
    return {};
  }
}
