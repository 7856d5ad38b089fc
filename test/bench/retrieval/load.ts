/** Fills a shop with the bench's catalogue, by COPY, and builds the index over its vectors. */
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { BenchItem } from './catalogue.ts';

export const BENCH_MODEL = 'bench';

export interface Built {
  readonly loadSeconds: number;
  readonly indexSeconds: number;
}

/** As a superuser: foreign keys are not checked row by row, since the rows are made here. */
export async function loadCatalogue(url: string, shopId: string, items: Iterable<BenchItem>): Promise<Built> {
  const [first, second] = [new pg.Client(url), new pg.Client(url)];
  await Promise.all([first.connect(), second.connect()]);
  const partition = `garments_${shopId.replaceAll('-', '')}`;
  try {
    const start = performance.now();
    for (const client of [first, second]) await client.query(`set session_replication_role = replica`);
    await first.query(`alter table garments detach partition ${partition}`);
    const { rows } = await first.query<{ name: string; definition: string }>(
      `select indexname as name, indexdef as definition from pg_indexes where tablename = $1 and indexdef like '%hnsw%'`,
      [partition],
    );
    const hnsw = rows[0]!;
    await first.query(`drop index ${hnsw.name}`);
    const itemRows = first.query(
      copyFrom(`copy items (shop_id, id, title, price_minor, currency, availability, brand, color, item_group_id,
        attributes, feed_category, content_hash, state) from stdin`),
    );
    const garmentRows = second.query(
      copyFrom(`copy ${partition} (shop_id, item_id, image_position, category, score, box, mask, area, is_primary,
        embedding, embedding_model) from stdin (format binary)`),
    );
    await send(garmentRows, HEADER);
    let [texts, binaries]: [string[], Buffer[]] = [[], []];
    const flush = async () => {
      await send(itemRows, Buffer.from(texts.join('')));
      await send(garmentRows, Buffer.concat(binaries));
      [texts, binaries] = [[], []];
    };
    for (const item of items) {
      texts.push(toText(shopId, item));
      binaries.push(toBinary(shopId, item));
      if (texts.length === 1000) await flush();
    }
    await flush();
    await send(garmentRows, TRAILER);
    await Promise.all([end(itemRows), end(garmentRows)]);
    await first.query(
      `insert into item_images (shop_id, item_id, position, source, sha256, width, height)
       select shop_id, id, 0, 'bench', encode(sha256(id::bytea), 'hex'), 640, 800 from items where shop_id = $1`,
      [shopId],
    );
    const loaded = performance.now();
    await first.query(hnsw.definition);
    const built = performance.now();
    await first.query(`alter table garments attach partition ${partition} for values in ('${shopId}')`);
    await first.query(`vacuum (analyze) ${partition}`);
    return { loadSeconds: (loaded - start) / 1000, indexSeconds: (built - loaded) / 1000 };
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
}

type CopyStream = ReturnType<typeof copyFrom>;

async function send(stream: CopyStream, bytes: Buffer): Promise<void> {
  if (!stream.write(bytes)) await once(stream, 'drain');
}

async function end(stream: CopyStream): Promise<void> {
  stream.end();
  await once(stream, 'finish');
}

function toText(shopId: string, item: BenchItem): string {
  const { id, title, priceMinor, availability, brand, color, group, attributes, category } = item;
  return `${[
    shopId,
    id,
    title,
    priceMinor,
    'EUR',
    availability,
    brand,
    color,
    group ?? '\\N',
    JSON.stringify(attributes),
    category,
    '\\\\x00',
    'ready',
  ].join('\t')}\n`;
}

/** COPY's binary format: a signature, flags and the length of an extension, both 0. */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
const BOX = realArray([10, 10, 50, 70]);

function toBinary(shopId: string, { id, category, vector }: BenchItem): Buffer {
  const fields = [
    Buffer.from(shopId.replaceAll('-', ''), 'hex'),
    Buffer.from(id),
    int(2, 0),
    int(2, category),
    real(0.9),
    BOX,
    Buffer.from('mask'),
    int(4, 2400),
    Buffer.from([1]),
    vectorOf(vector),
    Buffer.from(BENCH_MODEL),
  ];
  return Buffer.concat([int(2, fields.length), ...fields.flatMap((field) => [int(4, field.length), field])]);
}

function int(bytes: 2 | 4, value: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  buffer.writeIntBE(value, 0, bytes);
  return buffer;
}

function real(value: number): Buffer {
  const buffer = Buffer.allocUnsafe(4);
  buffer.writeFloatBE(value);
  return buffer;
}

/** One dimension, no nulls, elements of type real (700). */
function realArray(values: readonly number[]): Buffer {
  const head = [1, 0, 700, values.length, 1].map((value) => int(4, value));
  return Buffer.concat([...head, ...values.flatMap((value) => [int(4, 4), real(value)])]);
}

/** pgvector's: the number of dimensions, two bytes of nothing, the numbers. */
function vectorOf(vector: Float32Array): Buffer {
  const buffer = Buffer.allocUnsafe(4 + 4 * vector.length);
  buffer.writeInt16BE(vector.length, 0);
  buffer.writeInt16BE(0, 2);
  for (const [d, value] of vector.entries()) buffer.writeFloatBE(value, 4 + 4 * d);
  return buffer;
}
