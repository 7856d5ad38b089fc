import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ImportErrorRow } from '../../../../server/catalogue/imports/import-job.sql.ts';
import { errorLine, writeErrors } from '../../../../server/cli/import/report.ts';

const ERROR: ImportErrorRow = {
  ...{ row: 2, itemId: 'a', severity: 'error', column: 'title' },
  ...{ code: 'MISSING_FIELD', reason: 'title is missing.' },
};

async function* errors() {
  // As answers of the server come.
  await new Promise((resolve) => setTimeout(resolve, 50));
  yield ERROR;
}

it('writes errors as CSV, or says why it cannot', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'armoire-report-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'errors.csv');
  expect(await writeErrors(errors(), path)).toBe(1);
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
  const nowhere = join(folder, 'none', 'errors.csv');
  await expect(writeErrors(errors(), nowhere)).rejects.toThrow(`cannot be written to ${nowhere}`);
});

it('prints what a feed says without what a terminal would do', () => {
  expect(
    errorLine({ ...ERROR, itemId: 'a\u001b[2J', reason: 'No colour is called "\u202ered\u0007".' }),
  ).toBe('  row 2 (a[2J): error: MISSING_FIELD: No colour is called "red".');
});
