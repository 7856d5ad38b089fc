import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { compareImages, startComparing } from '../../server/catalogue/duplicates/compare-images.ts';
import { insertPairs } from '../../server/catalogue/duplicates/duplicates.sql.ts';
import { findGroups } from '../../server/catalogue/duplicates/list-duplicates.ts';
import type { Database } from '../../server/db/database.ts';
import { drawDemoFeed } from '../../server/demo/feed.ts';
import { openImageStore } from '../../server/images/store.ts';
import { makeLog } from '../../server/log.ts';
import { openFolderStore } from '../../server/store/folder-store.ts';
import { decode, encodeWebp } from '../../server/vision/image.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeShop } from '../helpers/factories.ts';

vi.setConfig({ testTimeout: 120_000 });

const DRAWN = 16;

let db: TestDatabase;
let shopId: string;
let parts: Parameters<typeof compareImages>[0];
const drawn: Buffer[] = [];
beforeAll(async () => {
  db = await openTestDatabase();
  const store = openFolderStore(db.dataDir);
  parts = { db, store, images: openImageStore(store), log: makeLog('error') };
  for await (const { image } of drawDemoFeed({ count: DRAWN })) drawn.push(image);
});
afterAll(() => db?.close());
beforeEach(async () => {
  shopId = await makeShop(db);
});

/** An item whose first image is this one, stored as an import stores it. */
async function land(
  id: string,
  image: Buffer,
  more: { group?: string; second?: Buffer } = {},
): Promise<void> {
  const pictures = [image, ...(more.second ? [more.second] : [])];
  const sha256s = await Promise.all(
    pictures.map(async (bytes) => parts.images.put(await encodeWebp(await decode(bytes)))),
  );
  await importRows([{ id, sha256s, group: more.group }]);
}

async function importRows(
  rows: { id: string; sha256s: string[]; group?: string | undefined }[],
): Promise<void> {
  await db.inShop(shopId, async (tx) => {
    await tx.query(
      `insert into items (shop_id, id, title, item_group_id, content_hash, state)
       select $1, r.id, 'T', r."group", '', 'ready' from jsonb_to_recordset($2::jsonb) as r (id text, "group" text)
       on conflict do nothing`,
      [shopId, JSON.stringify(rows)],
    );
    await tx.query(
      `insert into item_images (shop_id, item_id, position, source, sha256, width, height)
       select $1, r.id, s.place - 1, 'x', s.sha256, 10, 10
       from jsonb_to_recordset($2::jsonb) as r (id text, sha256s jsonb),
         jsonb_array_elements_text(r.sha256s) with ordinality as s (sha256, place)
       on conflict do nothing`,
      [shopId, JSON.stringify(rows)],
    );
  });
}

async function groups(): Promise<string[][]> {
  while ((await compareImages(parts)) > 0);
  return (await findGroups(db, shopId, '', 1000)).map(({ itemIds }) => [...itemIds]);
}

const resaved = (image: Buffer) => {
  const scaled = (part: number) =>
    sharp(image)
      .metadata()
      .then(({ width }) => sharp(image).resize(Math.round((width ?? 0) * part)));
  return Promise.all([
    sharp(image).jpeg({ quality: 40 }).toBuffer(),
    scaled(0.5).then((half) => half.jpeg({ quality: 75 }).toBuffer()),
    scaled(0.25).then((quarter) => quarter.webp({ quality: 60 }).toBuffer()),
  ]);
};

describe('items with the same picture', () => {
  it('are found by the very same image, whatever else they show', async () => {
    await land('a', drawn[0]!, { second: drawn[3]! });
    await land('b', drawn[0]!);
    await land('c', drawn[1]!, { second: drawn[3]! });
    expect(await groups()).toEqual([['a', 'b']]);
  });

  it('are found though it was scaled and compressed anew, and no others are', async () => {
    const wanted: string[][] = [];
    for (const [i, image] of drawn.entries()) {
      const id = String(i).padStart(2, '0');
      await land(id, image);
      if (i % 4 !== 0) continue;
      const copies = await resaved(image);
      for (const [n, copy] of copies.entries()) await land(`${id}-${n}`, copy);
      wanted.push([id, ...copies.map((_, n) => `${id}-${n}`)]);
    }
    expect(await groups()).toEqual(wanted);
  });

  it('are not the same cut in another colour', async () => {
    await land('a', drawn[0]!);
    await land('b', await sharp(drawn[0]).modulate({ hue: 120 }).png().toBuffer());
    expect(await groups()).toEqual([]);
  });

  it('are not the variants of one product', async () => {
    await land('s', drawn[2]!, { group: 'skirt' });
    await land('m', drawn[2]!, { group: 'skirt' });
    expect(await groups()).toEqual([]);
    await land('z', drawn[2]!, { group: 'other' });
    expect(await groups()).toEqual([['m', 'z']]);
  });

  it('are found in one look, though many products have variants that look alike', async () => {
    const hash = (n: number) => n.toString(16).padStart(64, '0');
    const rows = Array.from({ length: 300 }, (_, n) => ({
      id: `${1000 + n}`,
      sha256s: [hash(n)],
      group: `${n >> 1}`,
    }));
    await importRows(rows);
    const pairs = Array.from({ length: 150 }, (_, n) => ({ sha256: hash(2 * n), other: hash(2 * n + 1) }));
    await db.inShop(shopId, (tx) =>
      insertPairs(tx, shopId, [...pairs, { sha256: hash(280), other: hash(290) }]),
    );
    let looks = 0;
    const inShop: Database['inShop'] = (...args) => {
      looks += 1;
      return db.inShop(...args);
    };
    const counted = { ...db, inShop };
    expect((await findGroups(counted, shopId, '', 2)).map(({ itemIds }) => itemIds)).toEqual([
      ['1280', '1290'],
    ]);
    expect(looks).toBe(1);
  });

  it('are no longer when one is deleted, and of another shop never', async () => {
    await land('a', drawn[5]!);
    const [copy] = await resaved(drawn[5]!);
    await land('b', copy);
    expect(await groups()).toEqual([['a', 'b']]);
    await db.inShop(shopId, (tx) => tx.query(`delete from items where id = 'a'`));
    expect(await groups()).toEqual([]);
    shopId = await makeShop(db);
    await land('c', drawn[5]!);
    expect(await groups()).toEqual([]);
  });

  it('of an image that is gone are not looked for twice', async () => {
    await land('a', drawn[6]!);
    await importRows([{ id: 'b', sha256s: ['0'.repeat(64)] }]);
    const quiet = { ...parts, log: { ...parts.log, error: () => '' } };
    expect(await compareImages(quiet)).toBe(2);
    expect(await compareImages(quiet)).toBe(0);
  });

  it('are looked for without a pause, though variants share their pictures', async () => {
    await groups();
    const picture = async (image: Buffer) => parts.images.put(await encodeWebp(await decode(image)));
    const sha256s = await Promise.all(drawn.slice(8, 12).map(picture));
    const variants = sha256s.flatMap((sha256, n) =>
      Array.from({ length: 20 }, (_, i) => ({ id: `p${n}-${i}`, sha256s: [sha256], group: `p${n}` })),
    );
    await importRows([...variants, { id: 'z', sha256s: [sha256s[3]!] }]);
    const comparing = startComparing(parts);
    const left = async () =>
      (await db.inShop(shopId, (tx) => tx.query('select from item_images where perceptual_hash is null')))
        .rowCount;
    await expect.poll(left, { timeout: 15_000, interval: 200 }).toBe(0);
    await comparing.stop();
    expect(await groups()).toEqual([['p3-0', 'z']]);
  });

  it('are listed among thousands, and one picture of them all is one group', async () => {
    const random = (i: number) => BigInt.asIntN(64, BigInt(i + 1) * 0x9e3779b97f4a7c15n);
    // Writing them is what takes the embedded database long.
    const count = process.env.TEST_ENGINE === 'server' ? 10_000 : 3_000;
    await importRows(
      Array.from({ length: count }, (_, i) => ({
        id: `n${String(i).padStart(5, '0')}`,
        sha256s: [i < 2000 ? 'f'.repeat(64) : i.toString(16).padStart(64, '0')],
      })),
    );
    await db.inShop(shopId, (tx) =>
      tx.query(
        `update item_images m set perceptual_hash = r.hash, thumbnail = decode(repeat('00', 192), 'hex')
         from jsonb_to_recordset($1::jsonb) as r (id text, hash bigint) where m.item_id = r.id`,
        [
          JSON.stringify(
            Array.from({ length: count }, (_, i) => ({
              id: `n${String(i).padStart(5, '0')}`,
              hash: String(random(i)),
            })),
          ),
        ],
      ),
    );
    const [first] = await resaved(drawn[7]!);
    await land('a', drawn[7]!);
    await land('b', first);
    // One by one against all others, this would be past the test's own limit.
    const found = await groups();
    expect(found.map((ids) => ids.length)).toEqual([2, 2000]);
  });
});
