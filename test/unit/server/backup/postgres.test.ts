import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dumpPostgres, requireEmpty, restorePostgres } from '../../../../server/backup/postgres.ts';

const NOWHERE = 'postgresql://nobody:secret@127.0.0.1:1/none';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-tools-'));
  for (const tool of ['pg_dump', 'pg_restore']) {
    await writeFile(join(folder, tool), '#!/bin/sh\necho "error: its own words" >&2\nexit 1\n');
    await chmod(join(folder, tool), 0o755);
  }
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it.each([
  [
    'a dump that is not made',
    /^The database of DATABASE_URL could not be dumped/,
    () => dumpPostgres(NOWHERE, join(folder, 'dump')),
  ],
  [
    'a dump that is not read',
    /^The backup's dump cannot be read/,
    () => restorePostgres(NOWHERE, join(folder, 'dump')),
  ],
])('%s is told in our words, with the program’s after them', async (_, message, run) => {
  await expect(run()).rejects.toMatchObject({
    message: expect.stringMatching(message),
    cause: { message: expect.stringMatching(/^pg_(dump|restore) said: error: its own words$/) },
  });
});

it('a database that cannot be reached is called so, without its password', async () => {
  const error: Error = await requireEmpty(NOWHERE).catch((error) => error);
  expect(error).toMatchObject({
    message: 'The database of DATABASE_URL cannot be reached.',
    cause: { code: 'ECONNREFUSED' },
  });
  expect(String(error.cause)).not.toContain('secret');
});
