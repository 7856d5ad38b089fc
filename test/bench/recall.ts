/**
 * In-shop retrieval measured through the API of a running server, as a shopper meets it.
 *
 *   npm run bench -- recall feed DATASET SPLIT[,SPLIT] OUT      the annotated shop photos of a COCO-format set as a feed
 *   npm run bench -- recall self OUT --server URL               each photo, re-encoded, should find itself first
 *   npm run bench -- recall views QUERIES --server URL          photo-like queries with their right answers (queries.json)
 *
 * Items are named by the set's image id, so that a query knows its answer.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { boxIou } from '../../server/vision/boxes.ts';
import type { Box } from '../../server/vision/contract.ts';

const PARSE = `mutation ($image: Upload!) {
  parsePhoto(image: $image) { id ownerToken width height garments { id score coverage box { x1 y1 x2 y2 } } }
}`;
const SIMILAR = `query ($garment: ID!) {
  similarItems(to: { garmentId: $garment }, first: 10) { edges { node { score item { id } } } }
}`;
const DELETE = 'mutation ($id: ID!, $token: String) { deletePhoto(id: $id, token: $token) }';
/** A query counts as parsed when a garment overlaps its true box at least so much, as DeepFashion2's protocol asks. */
const MIN_IOU = 0.5;

interface Garment {
  id: string;
  score: number;
  coverage: number;
  box: { x1: number; y1: number; x2: number; y2: number };
}
interface Photo {
  id: string;
  ownerToken: string;
  width: number;
  height: number;
  garments: Garment[];
}
interface Tally {
  queries: number;
  found: number;
  at1: number;
  at10: number;
}

export async function recall(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { server: { type: 'string', default: 'http://127.0.0.1:4000' } },
  });
  const [verb, ...rest] = positionals;
  if (verb === 'feed' && rest.length === 3) return writeFeed(rest[0]!, rest[1]!.split(','), rest[2]!);
  if (verb === 'self' && rest.length === 1)
    return report('self-retrieval', await measureSelf(values.server, rest[0]!));
  if (verb === 'views' && rest.length === 1)
    return report('photo views', await measureViews(values.server, rest[0]!));
  throw new Error(
    'recall feed DATASET SPLITS OUT | recall self FEED --server URL | recall views QUERIES --server URL',
  );
}

/** Writes OUT/feed.jsonl and OUT/NNNNN.webp; titles carry no category, so that the parser alone decides. */
async function writeFeed(dataset: string, splits: string[], out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const rows: object[] = [];
  for (const split of splits) {
    const coco = JSON.parse(await readFile(join(dataset, 'annotations', `${split}.json`), 'utf8'));
    const annotated = new Set<number>();
    for (const { image_id, iscrowd } of coco.annotations) if (!iscrowd) annotated.add(image_id);
    for (const image of coco.images) {
      if (image.source !== 'shop' || !annotated.has(image.id)) continue;
      const file = `${image.id}.webp`;
      await copyFile(join(dataset, 'images', image.file_name), join(out, file));
      rows.push({ id: String(image.id), title: `Item ${image.id}`, image_link: file, price: '10.00 EUR' });
    }
  }
  await writeFile(join(out, 'feed.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  console.log(`${rows.length} items in ${out}`);
}

/** JPEG quality 60, scaled to 80 % and brightened by 10 %: the photo as somebody else would have saved it. */
async function measureSelf(server: string, feed: string): Promise<Tally> {
  const rows = (await readFile(join(feed, 'feed.jsonl'), 'utf8')).trim().split('\n');
  const tally: Tally = { queries: 0, found: 0, at1: 0, at10: 0 };
  for (const row of rows) {
    const { id, image_link } = JSON.parse(row);
    const photo = sharp(join(feed, image_link));
    const { width = 1 } = await photo.metadata();
    const bytes = await photo
      .resize({ width: Math.round(width * 0.8) })
      .modulate({ brightness: 1.1 })
      .jpeg({ quality: 60 })
      .toBuffer();
    const parsed = await parsePhoto(server, bytes, `${id}.jpg`);
    await count(tally, server, parsed, largest(parsed.garments), id);
  }
  return tally;
}

async function measureViews(server: string, folder: string): Promise<Tally> {
  const queries = JSON.parse(await readFile(join(folder, 'queries.json'), 'utf8'));
  const tally: Tally = { queries: 0, found: 0, at1: 0, at10: 0 };
  for (const { file, item, bbox } of queries) {
    const [x, y, w, h] = bbox as [number, number, number, number];
    const parsed = await parsePhoto(server, await readFile(join(folder, file)), basename(file));
    await count(tally, server, parsed, nearest(parsed.garments, [x, y, x + w, y + h]), String(item));
  }
  return tally;
}

async function count(
  tally: Tally,
  server: string,
  photo: Photo,
  garment: Garment | undefined,
  answer: string,
) {
  tally.queries += 1;
  if (garment) {
    tally.found += 1;
    const { similarItems } = await post(server, { query: SIMILAR, variables: { garment: garment.id } });
    const ids: string[] = similarItems.edges.map(
      (edge: { node: { item: { id: string } } }) => edge.node.item.id,
    );
    if (ids[0] === answer) tally.at1 += 1;
    if (ids.includes(answer)) tally.at10 += 1;
  }
  await post(server, { query: DELETE, variables: { id: photo.id, token: photo.ownerToken } });
  if (tally.queries % 25 === 0) process.stderr.write(`\r${tally.queries} queries`);
}

const corners = ({ box: { x1, y1, x2, y2 } }: Garment): Box => [x1, y1, x2, y2];

function largest(garments: Garment[]): Garment | undefined {
  return garments.toSorted((a, b) => b.coverage - a.coverage)[0];
}

function nearest(garments: Garment[], box: Box): Garment | undefined {
  const [best] = garments
    .map((garment) => ({ garment, iou: boxIou(corners(garment), box) }))
    .toSorted((a, b) => b.iou - a.iou);
  return best && best.iou >= MIN_IOU ? best.garment : undefined;
}

function report(what: string, { queries, found, at1, at10 }: Tally): void {
  const share = (n: number, of: number) => `${((100 * n) / of).toFixed(1)} % (${n} of ${of})`;
  console.log(`\n${what}: ${queries} queries, parser found ${share(found, queries)}`);
  console.log(`recall@1  ${share(at1, queries)}; among those found ${share(at1, found)}`);
  console.log(`recall@10 ${share(at10, queries)}; among those found ${share(at10, found)}`);
}

/** By the GraphQL multipart request specification. */
async function parsePhoto(server: string, bytes: Buffer, name: string): Promise<Photo> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: PARSE, variables: { image: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.image'] }));
  form.set('0', new Blob([new Uint8Array(bytes)]), name);
  return (await post(server, form)).parsePhoto;
}

async function post(server: string, body: FormData | object) {
  const multipart = body instanceof FormData;
  const response = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: {
      'apollo-require-preflight': 'true',
      ...(multipart ? {} : { 'content-type': 'application/json' }),
    },
    body: multipart ? body : JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, never>;
    errors?: { message: string }[];
  };
  if (errors) throw new Error(errors.map((error) => error.message).join('; '));
  return data as Record<string, never> & { parsePhoto: Photo; similarItems: { edges: never[] } };
}
