import type { Router } from 'express';
import { NotFoundError } from '../errors/errors.ts';
import { shrinkWebp } from '../vision/image.ts';
import type { ByteCache } from './cache.ts';
import type { ImageServices } from './context.ts';
import { type LoadImage, OF_ITEM, OF_PHOTO, webpRoutes } from './serve.ts';
import { isSha256 } from './store.ts';
import { findShopImageUses } from './uses.sql.ts';

/** `GET /images/SHA256.webp`. */
export function imageRoutes({ links }: Pick<ImageServices, 'links'>, load: LoadImage): Router {
  return webpRoutes('images', { links }, load);
}

/**
 * Anyone who knows an image's hash may see it while an item or an unexpired photo of their shop uses it.
 */
export function makeImageLoader(
  { db, images }: Pick<ImageServices, 'db' | 'images'>,
  cache: ByteCache,
): LoadImage {
  return async (shopId, sha256, width, client) => {
    if (!isSha256(sha256)) throw new NotFoundError('There is no such image.');
    // Checked on every request, so that the image of a deleted item is gone at once, whichever server deleted it.
    const uses = await db.as(client).inShop(shopId, (tx) => findShopImageUses(tx, { shopId, sha256 }));
    if (!uses.byItem && !uses.byPhoto) throw new NotFoundError('There is no such image.');
    const cacheControl = uses.byItem ? OF_ITEM : OF_PHOTO;
    const key = `${shopId}/${sha256}/${width}`;
    const cached = cache.get(key);
    if (cached) return { bytes: cached, cacheControl };
    const stored = await images.read(sha256);
    const bytes = width === null ? stored : await shrinkWebp(stored, width);
    // An image that only a photo uses must disappear with the photo.
    if (uses.byItem) cache.set(key, bytes);
    return { bytes, cacheControl };
  };
}
