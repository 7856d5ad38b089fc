import type { Router } from 'express';
import { isUuid } from '../db/database.ts';
import { NotFoundError } from '../errors/errors.ts';
import { findGarment } from '../garments/garments.sql.ts';
import { OF_PHOTO, webpRoutes } from '../images/serve.ts';
import { shrinkWebp } from '../vision/image.ts';
import type { TryOnServices } from './context.ts';
import { findPair } from './try-on.ts';

/**
 * `GET /previews/GARMENT~GARMENT.webp?t=`: an item's primary garment on that of a photo. Only links that `tryOn` gave open it,
 * and only while the photo is there: it is drawn anew where it is no longer in memory.
 */
export function previewRoutes({
  db,
  links,
  previews,
}: Pick<TryOnServices, 'db' | 'links' | 'previews'>): Router {
  return webpRoutes('previews', { links, signedOnly: true }, async (shopId, name, width, client) => {
    const [worn = '', item = ''] = name.split('~');
    const pair =
      isUuid(worn) && isUuid(item)
        ? await db.as(client).inShop(shopId, (tx) => findPair(tx, worn, item))
        : null;
    const outcome = pair && (await previews.draw(pair, client));
    if (!outcome || outcome.refusal !== null) throw gone();
    // Drawing takes a while, in which the photo may have been deleted or have expired.
    if (!(await db.as(client).inShop(shopId, (tx) => findGarment(tx, worn)))) throw gone();
    const bytes = width === null ? outcome.bytes : await shrinkWebp(outcome.bytes, width);
    return { bytes, cacheControl: OF_PHOTO };
  });
}

function gone(): NotFoundError {
  return new NotFoundError('There is no such image.');
}
