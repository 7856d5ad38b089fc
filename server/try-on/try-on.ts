import { findShownItem } from '../catalogue/items/find-shown.ts';
import type { ShopQueryable } from '../db/database.ts';
import { isUuid } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import { findGarment, type GarmentRow, listGarmentsOfPhotos } from '../garments/garments.sql.ts';
import type { TryOnContext } from './context.ts';
import type { Pair } from './previews.ts';
import type { TryOn } from './try-on.type.ts';

/**
 * A preview of an item on a garment of a photo, or why there is none. Throws NotFoundError if the photo has expired or the item is
 * not shown, InvalidInputError for a garment of an item or an item without a garment, and BusyError.
 */
export async function tryOn(context: TryOnContext, garmentId: string, itemId: string): Promise<TryOn> {
  const { db, shopId, loaders, limiter, viewer, previews } = context;
  await limiter.check('search', viewer);
  const worn = isUuid(garmentId) ? await loaders.garment.load(garmentId.toLowerCase()) : null;
  if (!worn) throw new NotFoundError('There is no such garment, or its photo has expired.');
  if (worn.photoId === null) {
    throw new InvalidInputError('The garment must be one of a photo.', { field: 'garmentId' });
  }
  const shown = await findShownItem(context, itemId);
  if (!shown) throw new NotFoundError('There is no such item.');
  const item = await loaders.primaryGarment.load(shown.id);
  if (!item) {
    throw new InvalidInputError('The item has no garment to show.', { code: 'NOT_PARSED', field: 'itemId' });
  }
  const photo = await loaders.photo.load(worn.photoId);
  if (!photo) throw new NotFoundError('There is no such garment, or its photo has expired.');
  const others = await db.inShop(shopId, (tx) => othersOf(tx, worn));
  const outcome = await previews.draw({ worn, others, item }, viewer.client);
  const { expiresAt } = photo;
  if (outcome.refusal !== null) return { refusal: outcome.refusal, quality: null, expiresAt, pair: null };
  const pair = { garmentId: worn.id, itemGarmentId: item.id };
  return { refusal: null, quality: outcome.quality, expiresAt, pair };
}

/** The pair behind a link; null if the photo has expired or the item has another garment now. */
export async function findPair(
  tx: ShopQueryable,
  garmentId: string,
  itemGarmentId: string,
): Promise<Pair | null> {
  const worn = await findGarment(tx, garmentId);
  const item = await findGarment(tx, itemGarmentId);
  if (!worn?.photoId || !item?.isPrimary) return null;
  return { worn, item, others: await othersOf(tx, worn) };
}

async function othersOf(tx: ShopQueryable, worn: GarmentRow): Promise<GarmentRow[]> {
  return (await listGarmentsOfPhotos(tx, [worn.photoId!])).filter(
    ({ id, origin }) => id !== worn.id && origin === 'parsed',
  );
}
