import type { Router } from 'express';
import { isUuid } from '../db/database.ts';
import { NotFoundError } from '../errors/errors.ts';
import type { ByteCache } from '../images/cache.ts';
import type { ImageServices } from '../images/context.ts';
import { OF_ITEM, OF_PHOTO, webpRoutes } from '../images/serve.ts';
import { cutOut, decode } from '../vision/image.ts';
import { rleDecode } from '../vision/masks/masks.ts';
import { findGarment } from './garments.sql.ts';

/** `GET /crops/GARMENT.webp`: a garment of an item, or of an unexpired photo of the shop, cut out by its mask. */
export function cropRoutes(
  { db, images, links }: Pick<ImageServices, 'db' | 'images' | 'links'>,
  cache: ByteCache,
): Router {
  return webpRoutes('crops', { links }, async (shopId, garmentId, width, client) => {
    const garment = isUuid(garmentId)
      ? await db.as(client).inShop(shopId, (tx) => findGarment(tx, garmentId))
      : null;
    if (!garment) throw new NotFoundError('There is no such garment.');
    const cacheControl = garment.photoId ? OF_PHOTO : OF_ITEM;
    const key = `crop/${garment.id}/${width}`;
    const cached = cache.get(key);
    if (cached) return { bytes: cached, cacheControl };
    const mask = rleDecode(garment.mask, garment.width, garment.height);
    const stored = await decode(await images.read(garment.sha256));
    const bytes = await cutOut(stored, mask, garment.box, width === null ? {} : { width });
    if (!garment.photoId) cache.set(key, bytes);
    return { bytes, cacheControl };
  });
}
