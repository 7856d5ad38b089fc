/**
 * `npm test`: the unit, database, API and process suites in vitest, then the browser suites in Playwright, and one line that
 * counts both, after the names of what failed. Arguments choose suites: `npm test -- unit`, `npm test -- e2e`. `apart` has those journeys of `e2e` that
 * cross from the pages to the API, with the two in processes of their own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

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
/** Tests that failed, or passed at a later try only, with the first line of the reason. */
const notes: string[] = [];
let ok = true;
const inVitest = suites.filter((suite) => VITEST_SUITES.includes(suite));
if (inVitest.length > 0) counts.push(runVitest(inVitest));
for (const [suite, config] of Object.entries(BROWSER_SUITES)) {
  if (suites.includes(suite)) counts.push(runPlaywright(config));
}
rmSync(reports, { recursive: true, force: true });

const total = (key: keyof Count) => counts.reduce((sum, count) => sum + count[key], 0);
for (const note of notes) console.log(note);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exit(ok && total('failed') === 0 && total('passed') > 0 ? 0 : 1);

function runVitest(folders: string[]): Count {
  const report = join(reports, 'vitest.json');
  const cli = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs');
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  run([cli, 'run', ...folders.map((folder) => `test/${folder}/`), ...flags]);
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = readReport(report);
  for (const file of testResults ?? []) {
    // A file that cannot be loaded has no tests to blame.
    if (file.status === 'failed' && file.assertionResults.length === 0)
      note('Failed', file.name, file.message);
    for (const one of file.assertionResults) {
      if (one.status === 'failed') note('Failed', `${file.name}: ${one.fullName}`, one.failureMessages[0]);
    }
  }
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, skipped: numPendingTests ?? 0 };
}

function runPlaywright(config: string): Count {
  const report = join(reports, `${config}.json`);
  const cli = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  run([cli, 'test', '-c', `test/e2e/${config}`, '--reporter=list,json'], env);
  const { stats, suites } = readReport(report);
  for (const { file, title, tests } of specsOf(suites ?? [])) {
    for (const { status, results } of tests) {
      const reason = results.find((result: { error?: object }) => result.error)?.error.message;
      if (status === 'unexpected') note('Failed', `${config}: ${file}: ${title}`, reason);
      if (status === 'flaky') note('Flaky', `${config}: ${file}: ${title}`, reason);
    }
  }
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

function note(kind: 'Failed' | 'Flaky', name: string, reason = ''): void {
  notes.push(
    `${kind}: ${name.replace(`${root}`, '')}: ${stripVTControlCharacters(reason.split('\n')[0] ?? '')}`,
  );
}

/** All of a Playwright report's specs: its suites contain suites. */
// biome-ignore lint/suspicious/noExplicitAny: a report read from JSON.
function specsOf(suites: any[]): any[] {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites ?? [])]);
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
