import { randomUUID } from 'node:crypto';
import { feedPattern, feedSleeve } from '../../server/catalogue/items/attribute-keys.ts';
import { colourKeys } from '../../server/catalogue/items/colour-keys.ts';
import type { Database, Queryable } from '../../server/db/database.ts';
import { insertGarments } from '../../server/garments/garments.sql.ts';
import { insertPhoto, type PhotoRow } from '../../server/photos/photos.sql.ts';
import { createShop } from '../../server/shops/shops.sql.ts';
import type { ParsedGarment } from '../../server/vision/contract.ts';
import { rleEncode } from '../../server/vision/masks/masks.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { randomOf, randomUnit } from './random.ts';

export const TEST_MODEL = 'test-model';
/** Every made image has this size. */
export const IMAGE = { width: 60, height: 80 } as const;

const random = randomOf(1);
/** 15 by 20 pixels in the middle: a sixteenth of the image. */
const MASK = {
  ...IMAGE,
  data: Uint8Array.from({ length: 60 * 80 }, (_, at) => {
    const [x, y] = [at % 60, Math.floor(at / 60)];
    return Number(x >= 20 && x < 35 && y >= 30 && y < 50);
  }),
};

export function makeShop(db: Database, overrides: Partial<Parameters<typeof createShop>[1]> = {}) {
  return db.asOwner((tx) => createShop(tx, { name: 'Shop', currency: 'EUR', isDemo: false, ...overrides }));
}

export function makeGarment(overrides: Partial<ParsedGarment> = {}): ParsedGarment {
  return {
    category: Category.SKIRT,
    score: 0.9,
    box: [20, 30, 35, 50],
    rle: rleEncode(MASK),
    area: 300,
    whole: false,
    colour: 'red',
    embedding: randomUnit(random),
    ...overrides,
  };
}

export interface MadeItem {
  readonly id: string;
  readonly title: string;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly priceMinor: number | null;
  readonly salePriceMinor: number | null;
  /** In days from now; undefined for no bound. */
  readonly saleFrom?: number | undefined;
  readonly saleUntil?: number | undefined;
  readonly currency: string | null;
  readonly availability: string;
  readonly brand: string | null;
  readonly color: string | null;
  readonly size: string | null;
  readonly gender: string | null;
  readonly feedCategory: number | null;
  readonly itemGroupId: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sha256: string;
  readonly embeddingModel: string;
  /** The first is the item's primary garment. */
  readonly garments: readonly ParsedGarment[];
}

/** An item that was parsed: its row, one image, and a skirt as its primary garment, unless overridden. */
export async function makeItem(
  db: Database,
  shopId: string,
  overrides: Partial<MadeItem> = {},
): Promise<MadeItem> {
  const item: MadeItem = {
    id: `item-${randomUUID().slice(0, 8)}`,
    title: 'A skirt',
    state: 'ready',
    priceMinor: 1990,
    salePriceMinor: null,
    currency: 'EUR',
    availability: 'in_stock',
    brand: 'Brand',
    color: 'red',
    size: null,
    gender: null,
    feedCategory: null,
    itemGroupId: null,
    attributes: {},
    sha256: 'ab'.repeat(32),
    embeddingModel: TEST_MODEL,
    garments: [makeGarment()],
    ...overrides,
  };
  await db.inShop(shopId, (tx) => insertItem(tx, shopId, item));
  return item;
}

/** What the item costs now, in minor units. */
export function priceNow({
  priceMinor,
  salePriceMinor,
  saleFrom = -1,
  saleUntil = 1,
}: MadeItem): number | null {
  return salePriceMinor !== null && saleFrom < 0 && saleUntil > 0 ? salePriceMinor : priceMinor;
}

export async function insertItem(tx: Queryable, shopId: string, item: MadeItem): Promise<void> {
  await tx.query(
    `insert into items (shop_id, id, title, state, price_minor, sale_price_minor, currency, availability, brand,
       color, size, gender, feed_category, item_group_id, attributes, content_hash, sale_from, sale_until, feed_colours,
       feed_pattern, feed_sleeve)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '\\x00', now() + $16 * interval '1 day',
       now() + $17 * interval '1 day', $18, $19, $20)`,
    [
      shopId,
      item.id,
      item.title,
      item.state,
      item.priceMinor,
      item.salePriceMinor,
      item.currency,
      item.availability,
      item.brand,
      item.color,
      item.size,
      item.gender,
      item.feedCategory,
      item.itemGroupId,
      JSON.stringify(item.attributes),
      item.saleFrom ?? null,
      item.saleUntil ?? null,
      item.color === null ? null : colourKeys(item.color),
      feedPattern(item),
      feedSleeve(item),
    ],
  );
  if (item.state !== 'ready') return;
  await tx.query(
    `insert into item_images (shop_id, item_id, position, source, sha256, width, height)
     values ($1, $2, 0, 'test', $3, $4, $5)`,
    [shopId, item.id, item.sha256, IMAGE.width, IMAGE.height],
  );
  const { embeddingModel, garments } = item;
  await insertGarments(tx, {
    shopId,
    embeddingModel,
    garments,
    itemId: item.id,
    imagePosition: 0,
    primary: 0,
  });
}

/** A shopper's photo with its garments. */
export async function makePhoto(
  db: Database,
  shopId: string,
  overrides: Partial<{
    sha256: string;
    ttlHours: number;
    embeddingModel: string;
    garments: readonly ParsedGarment[];
  }> = {},
): Promise<PhotoRow> {
  const photo = {
    sha256: 'cd'.repeat(32),
    ttlHours: 1,
    embeddingModel: TEST_MODEL,
    garments: [makeGarment()],
    ...overrides,
  };
  return db.inShop(shopId, async (tx) => {
    const row = await insertPhoto(tx, { shopId, ...IMAGE, sha256: photo.sha256, ttlHours: photo.ttlHours });
    const { embeddingModel, garments } = photo;
    await insertGarments(tx, { shopId, embeddingModel, garments, photoId: row.id });
    return row;
  });
}
