import { drawDemoFeed, type FeedItem } from '../../server/demo/feed.ts';
import { zipOf } from '../helpers/zip.ts';

/** Rows that cannot land, each for a reason of its own. */
const BROKEN = [
  { id: 'BROKEN-1', title: '', image_link: 'images/none.webp', price: '10.00 EUR' },
  {
    id: 'BROKEN-2',
    title: 'A skirt whose picture is outside of the feed',
    image_link: '../none.webp',
    price: '11.00 EUR',
  },
  {
    id: 'BROKEN-3',
    title: 'A skirt whose picture is missing',
    image_link: 'images/none.webp',
    price: '12.00 EUR',
  },
];

/** A zip of drawn items with their pictures, and of three rows that cannot land. Ids begin with `prefix`. */
export async function makeFeed(prefix: string, count: number, seed = 7): Promise<Buffer> {
  const pictures: Record<string, Buffer> = {};
  const rows: object[] = [];
  for await (const { row, image } of drawDemoFeed({ seed, count }) as AsyncGenerator<FeedItem>) {
    const id = `${prefix}-${rows.length + 1}`;
    pictures[`images/${id}.webp`] = image;
    rows.push({ ...row, id, image_link: `images/${id}.webp`, item_group_id: undefined });
  }
  const feed = [...rows, ...BROKEN].map((row) => JSON.stringify(row)).join('\n');
  return zipOf({ ...pictures, 'feed.jsonl': feed });
}

/** A zip of one item with this picture. */
export function makeItem(id: string, picture: Buffer): Promise<Buffer> {
  const row = { id, title: `Look ${id}`, image_link: 'look.webp', price: '80.00 EUR' };
  return zipOf({ 'feed.jsonl': JSON.stringify(row), 'look.webp': picture });
}
