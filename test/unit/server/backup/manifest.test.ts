import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { type Manifest, verifyFiles } from '../../../../server/backup/manifest.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

it('reads no file outside of a backup, whatever its sums name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'backup-'));
  const outside = `${folder}-outside`;
  await writeFile(outside, 'x');
  try {
    for (const name of [`../${basename(outside)}`, outside]) {
      const sums = `${hash('x')}  ${name}\n`;
      await writeFile(join(folder, 'SHA256SUMS'), sums);
      const verified = verifyFiles(folder, { sums: hash(sums) } as Manifest);
      await expect(verified).rejects.toThrow('1 of its files are missing or changed');
    }
  } finally {
    await rm(outside);
    await rm(folder, { recursive: true });
  }
});
