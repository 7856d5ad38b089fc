import { Readable } from 'node:stream';
import yazl from 'yazl';
import { drawDemoFeed, type FeedItem, type FeedOptions, MOST_ITEMS, planDemoFeed } from '../../demo/feed.ts';
import { wasMadeAsDemo } from '../../shops/shops.sql.ts';
import type { CatalogueServices } from '../context.ts';
import { uuidOf } from '../queue/uuid.ts';
import { importFeed } from './import.ts';
import { listJobIds } from './import-job.sql.ts';

/**
 * Items drawn before they are queued as one part, so that the first are in the shop while the rest are still being
 * drawn.
 */
const PART = 20;

/**
 * Draws the demo shop's items and imports them like any feed, in parts. Skips what an earlier, interrupted start has
 * already imported. Resolves when everything is queued, or when `signal` aborts.
 */
export async function importDemo(
  services: Pick<CatalogueServices, 'config' | 'db' | 'queue' | 'store'>,
  shopId: string,
  options: FeedOptions & { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const ids = partIds(shopId, Math.ceil(planDemoFeed(options).length / PART));
  const known = new Set(await services.db.inShop(shopId, (tx) => listJobIds(tx, ids)));
  if (known.size === ids.length) return;
  let part = 0;
  for await (const items of inParts(drawDemoFeed(options))) {
    if (options.signal?.aborted || !(await isDemoShop(services, shopId))) return;
    const id = ids[part]!;
    part += 1;
    // Another server may be drawing them too.
    if (known.has(id) || (await isKnown(services, shopId, id))) continue;
    const name = `Armoire demo, part ${part} of ${ids.length}`;
    await importFeed(services, shopId, { name, source: { kind: 'upload', stream: zipItems(items) } }, id);
  }
}

async function isKnown({ db }: Pick<CatalogueServices, 'db'>, shopId: string, id: string): Promise<boolean> {
  return (await db.inShop(shopId, (tx) => listJobIds(tx, [id]))).length > 0;
}

/** False once the drawn items have been removed. */
function isDemoShop({ db }: Pick<CatalogueServices, 'db'>, shopId: string): Promise<boolean> {
  return db.inShop(shopId, (tx) => wasMadeAsDemo(tx, shopId));
}

function zipItems(items: readonly FeedItem[]): Readable {
  const zip = new yazl.ZipFile();
  zip.addBuffer(Buffer.from(items.map(({ row }) => `${JSON.stringify(row)}\n`).join('')), 'feed.jsonl');
  for (const { row, image } of items) zip.addBuffer(Buffer.from(image), row.image_link, { compress: false });
  zip.end();
  return Readable.from(zip.outputStream as AsyncIterable<Buffer>);
}

async function* inParts(items: AsyncIterable<FeedItem>): AsyncGenerator<FeedItem[]> {
  let part: FeedItem[] = [];
  for await (const item of items) {
    part.push(item);
    if (part.length === PART) {
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}

/** Whether this job imports a part of the demo's items. */
export function isDemoJob(shopId: string, jobId: string): boolean {
  return demoJobIds(shopId).includes(jobId);
}

/** The jobs that a demo of any size may have. */
export function demoJobIds(shopId: string): string[] {
  return partIds(shopId, Math.ceil(MOST_ITEMS / PART));
}

/** The same part of the same shop has the same job id at every start. */
function partIds(shopId: string, count: number): string[] {
  return Array.from({ length: count }, (_, part) => uuidOf('demo', shopId, String(part)));
}
