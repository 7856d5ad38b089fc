import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFeed } from '../../../../../server/catalogue/feed/read.ts';
import { openStaged, stageSource } from '../../../../../server/catalogue/staging/staging.ts';
import { openFolderStore } from '../../../../../server/store/folder-store.ts';
import { makeForms, makeItems } from '../../../../helpers/feeds/forms.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-forms-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Buffer) {
  const path = join(folder, 'upload');
  await writeFile(path, bytes);
  await stageSource(openFolderStore(folder), 'job', { kind: 'file', path });
  const files = await openStaged(openFolderStore(folder), 'job');
  const [rows, notes]: [unknown[], string[]] = [[], []];
  for await (const one of readFeed(files, { note: (text) => notes.push(text) })) {
    rows.push('row' in one ? one.row : one.rejected);
  }
  await files.close();
  return { rows, notes };
}

const items = makeItems(30, (n) => `https://img.example/w_800,h_600/${n}.jpg`);
const forms = makeForms(items);

describe('a catalogue of 30 items', () => {
  it(`lands alike in ${forms.length} forms`, () => {
    expect(forms.length).toBeGreaterThan(60);
    expect(new Set(forms.map(({ name }) => name)).size).toBe(forms.length);
  });

  it('has what its items say', async () => {
    const { rows } = await read(await forms[0]!.bytes());
    expect(rows).toHaveLength(30);
    expect(rows[3]).toEqual({
      id: 'Ä-3',
      title: 'Tee | Größe < 40, weiß 3',
      description: 'Erste Zeile\nzweite Zeile, "3"',
      images: [3, 4, 5, 6].map((n) => `https://img.example/w_800,h_600/${n}.jpg`),
      priceMinor: 1390,
      currency: 'EUR',
      availability: 'in_stock',
      brand: 'Müller & Söhne',
      color: 'rot',
      itemGroupId: 'g1',
      googleProductCategory: 'Apparel & Accessories > Clothing > Skirts',
      attributes: { neck_line: 'V' },
    });
  });

  it.each(forms.map((form) => [form.name, form] as const))('as %s', async (name, form) => {
    const { rows: expected } = await read(await forms[0]!.bytes());
    const { rows, notes } = await read(await form.bytes());
    expect(rows).toEqual(expected);
    expect(notes.join()).toMatch(name.includes('Windows-1252') ? /Windows-1252/ : /^$/);
  });
});
