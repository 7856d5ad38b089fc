import { isUuid, type Queryable } from '../../db/database.ts';
import { NotFoundError } from '../../errors/errors.ts';
import { findGarment, type GarmentRow } from '../../garments/garments.sql.ts';
import { boxIou } from '../../vision/boxes.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { CatalogueContext } from '../context.ts';
import {
  type Correction,
  choosePrimary,
  findItemOfGarment,
  listPlaces,
  lockItem,
  resetPrimary,
  setCategory,
  updateItemCategory,
} from './corrections.sql.ts';
import { type ItemRow, listItems } from './item.sql.ts';

type Shop = Pick<CatalogueContext, 'db' | 'shopId'>;

/**
 * Makes this the item's garment that searches match against; without a garment, the choice is left to feed and parser
 * again. Throws NotFoundError.
 */
export async function setPrimaryGarment(
  { db, shopId }: Shop,
  itemId: string,
  garmentId: string | null,
): Promise<ItemRow> {
  return db.inShop(shopId, async (tx) => {
    if (!(await lockItem(tx, shopId, itemId))) throw new NotFoundError('There is no such item.');
    if (garmentId === null) await resetPrimary(tx, shopId, itemId);
    else {
      const owner = isUuid(garmentId) ? await findItemOfGarment(tx, shopId, garmentId) : null;
      if (owner !== itemId) throw new NotFoundError('The item does not have this garment.');
      await choosePrimary(tx, shopId, itemId, garmentId);
    }
    await updateItemCategory(tx, shopId, itemId);
    return (await listItems(tx, [itemId]))[0]!;
  });
}

/** Corrects the category of an item's garment; null undoes that. Throws NotFoundError. */
export async function correctGarment(
  { db, shopId }: Shop,
  garmentId: string,
  category: Category | null,
): Promise<GarmentRow> {
  return db.inShop(shopId, async (tx) => {
    const find = async () => (isUuid(garmentId) ? findItemOfGarment(tx, shopId, garmentId) : null);
    const itemId = await find();
    // Checked again now that the item is locked: a parse may just have replaced its garments.
    if (itemId === null || !(await lockItem(tx, shopId, itemId)) || (await find()) === null) {
      throw new NotFoundError('No item has this garment.');
    }
    await setCategory(tx, shopId, garmentId, category);
    await updateItemCategory(tx, shopId, itemId);
    return (await findGarment(tx, garmentId))!;
  });
}

/** Least IoU of the boxes of one garment in two parses. */
const SAME = 0.5;

/**
 * After an item is parsed again, repeats its corrections on the garments in the same places of the same images.
 * Corrections on images that are gone are dropped.
 */
export async function reapplyCorrections(
  db: Queryable,
  { shopId, itemId }: { shopId: string; itemId: string },
  corrections: readonly Correction[],
): Promise<void> {
  if (corrections.length === 0) return;
  const places = await listPlaces(db, shopId, itemId);
  for (const { sha256, box, category, chosen } of corrections) {
    const same = places
      .filter((place) => place.sha256 === sha256 && boxIou(place.box, box) >= SAME)
      .reduce<(typeof places)[number] | null>(
        (best, place) => (best && boxIou(best.box, box) >= boxIou(place.box, box) ? best : place),
        null,
      );
    if (!same) continue;
    if (category !== null) await setCategory(db, shopId, same.id, category);
    if (chosen) await choosePrimary(db, shopId, itemId, same.id);
  }
  await updateItemCategory(db, shopId, itemId);
}
