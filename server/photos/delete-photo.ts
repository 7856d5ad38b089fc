import { isUuid } from '../db/database.ts';
import type { GarmentContext } from '../garments/context.ts';
import { findGarment, removeDrawnGarment } from '../garments/garments.sql.ts';
import { requireOwner } from './owner.ts';
import { expirePhoto, findPhoto } from './photos.sql.ts';

type Token = string | null | undefined;

/** False if the photo does not exist or has expired. Throws ForbiddenError without its owner's token. */
export async function deletePhoto(
  { db, shopId, viewer }: GarmentContext,
  id: string,
  token: Token,
): Promise<boolean> {
  if (!isUuid(id)) return false;
  return db.inShop(shopId, async (tx) => {
    if (!(await findPhoto(tx, id))) return false;
    await requireOwner(tx, viewer, id, token);
    return expirePhoto(tx, id);
  });
}

/**
 * Undoes an `addRegion`; false if no photo has this garment, or if it was not drawn. Throws ForbiddenError without the token
 * of the photo's owner.
 */
export async function removeDrawn(
  { db, shopId, viewer }: GarmentContext,
  garmentId: string,
  token: Token,
): Promise<boolean> {
  if (!isUuid(garmentId)) return false;
  return db.inShop(shopId, async (tx) => {
    const garment = await findGarment(tx, garmentId);
    if (!garment || garment.photoId === null) return false;
    await requireOwner(tx, viewer, garment.photoId, token);
    return garment.origin === 'drawn' && removeDrawnGarment(tx, shopId, garmentId);
  });
}
