import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fewOpenFiles } from '../../../../server/http/open-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-limits-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** As Linux tells it. */
async function limitsOf(most: string): Promise<string> {
  const path = join(folder, 'limits');
  const rows = ['Limit                     Soft Limit           Hard Limit           Units     '];
  rows.push('Max processes             63392                63392                processes ');
  rows.push(`Max open files            ${most.padEnd(20)} ${most.padEnd(20)} files     `);
  await writeFile(path, `${rows.join('\n')}\n`);
  return path;
}

it('a low limit of open files is told with its number', async () => {
  expect(await fewOpenFiles(await limitsOf('256'))).toMatch(/^This process may open 256 files/);
});

it('a usual one, none, or one that is not known is not', async () => {
  for (const most of ['1024', '1048576', 'unlimited'])
    expect(await fewOpenFiles(await limitsOf(most))).toBeNull();
  expect(await fewOpenFiles(join(folder, 'missing'))).toBeNull();
});
