import type { ShopQueryable } from '../../db/database.ts';
import { InvalidInputError, NotFoundError } from '../../errors/errors.ts';
import { type GarmentRow, insertGarments, listGarmentsOfItems } from '../../garments/garments.sql.ts';
import type { ParsedGarment } from '../../vision/contract.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { CatalogueContext } from '../context.ts';
import {
  choosePrimary,
  lockItem,
  resetPrimary,
  setCategory,
  setMatchByHand,
  updateItemCategory,
} from './corrections.sql.ts';
import { type ItemImageRow, type ItemRow, listImagesOfItems, listItems } from './item.sql.ts';

type Shop = Pick<CatalogueContext, 'db' | 'shopId' | 'vision' | 'images'>;

/**
 * Lets searches match an item that the feed's words put outside of the 13 categories: by its garment of this category,
 * else by its largest one, which is then of this category; else by its whole first image. Throws NotFoundError, and
 * InvalidInputError if the item is not parsed yet.
 */
export async function matchItem(shop: Shop, itemId: string, category: Category | null): Promise<ItemRow> {
  const { db, shopId, vision } = shop;
  const { item, image, garments } = await db.inShop(shopId, (tx) => readItem(tx, itemId));
  if (!item) throw new NotFoundError('There is no such item.');
  if (item.state !== 'ready' || !image) {
    throw new InvalidInputError('The item is not parsed yet.', { code: 'NOT_PARSED', field: 'itemId' });
  }
  // Outside of the transaction: the model takes its time.
  const whole = garments.length === 0 ? await embedWhole(shop, image) : null;
  return db.inShop(shopId, async (tx) => {
    if (!(await lockItem(tx, shopId, itemId))) throw new NotFoundError('There is no such item.');
    await setMatchByHand(tx, shopId, itemId, true);
    const now = await readItem(tx, itemId);
    // Nothing if the item was parsed again meanwhile: this saw the choice, or the next parse does.
    const garment = now.garments.length > 0 || now.image?.sha256 !== image.sha256 ? null : whole;
    if (garment) {
      const embeddingModel = vision.embeddingModel;
      await insertGarments(tx, { shopId, itemId, imagePosition: 0, embeddingModel, garments: [garment] });
    }
    const chosen = choose(garment ? (await readItem(tx, itemId)).garments : now.garments, category);
    if (chosen) {
      await choosePrimary(tx, shopId, itemId, chosen.id);
      if (category !== null && chosen.category !== category)
        await setCategory(tx, shopId, chosen.id, category);
    }
    await updateItemCategory(tx, shopId, itemId);
    return (await listItems(tx, [itemId]))[0]!;
  });
}

/** Leaves it to the feed and the parser again whether the item is matched. Throws NotFoundError. */
export async function unmatchItem({ db, shopId }: Shop, itemId: string): Promise<ItemRow> {
  return db.inShop(shopId, async (tx) => {
    if (!(await lockItem(tx, shopId, itemId))) throw new NotFoundError('There is no such item.');
    await setMatchByHand(tx, shopId, itemId, false);
    await resetPrimary(tx, shopId, itemId);
    await updateItemCategory(tx, shopId, itemId);
    return (await listItems(tx, [itemId]))[0]!;
  });
}

interface ReadItem {
  readonly item: ItemRow | undefined;
  readonly image: ItemImageRow | undefined;
  readonly garments: readonly GarmentRow[];
}

async function readItem(tx: ShopQueryable, itemId: string): Promise<ReadItem> {
  const [item] = await listItems(tx, [itemId]);
  const [image] = await listImagesOfItems(tx, [itemId]);
  return { item, image, garments: await listGarmentsOfItems(tx, [itemId]) };
}

async function embedWhole({ vision, images }: Shop, { sha256 }: ItemImageRow): Promise<ParsedGarment> {
  return vision.embedWhole(await vision.decode(await images.read(sha256)));
}

/** The largest in the earliest image, of this category if there is one. */
function choose(garments: readonly GarmentRow[], category: Category | null): GarmentRow | undefined {
  const fitting = garments.filter((garment) => garment.category === category);
  return [...(fitting.length > 0 ? fitting : garments)].sort(
    (a, b) => (a.imagePosition ?? 0) - (b.imagePosition ?? 0) || b.area - a.area,
  )[0];
}
