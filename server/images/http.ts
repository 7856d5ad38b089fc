import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Viewer } from '../access/viewer.ts';
import { isUuid } from '../db/database.ts';
import { ArmoireError, NotFoundError } from '../errors/errors.ts';
import { findGarment } from '../garments/garments.sql.ts';
import { cutOut, decode, shrinkWebp } from '../vision/image.ts';
import { rleDecode } from '../vision/masks/masks.ts';
import { ByteCache } from './cache.ts';
import type { ImageServices } from './context.ts';
import { isSha256 } from './store.ts';
import { snapWidth } from './url.ts';
import { findShopImageUses } from './uses.sql.ts';

const CACHE_BYTES = 64 * 1024 * 1024;
/** An image never changes under its name. A shopper's photo stays with the shopper, and only while it lives. */
const OF_ITEM = 'public, max-age=31536000, immutable';
const OF_PHOTO = 'private, max-age=3600, immutable';

interface Served {
  readonly bytes: Buffer;
  readonly cacheControl: string;
}

type Parts = Pick<ImageServices, 'db' | 'images' | 'links'>;

/**
 * `GET /images/SHA256.webp?w=&t=` and `GET /crops/GARMENT.webp?w=&t=`. Whoever knows an image's hash may see it for as
 * long as an item or a living photo of their shop uses it: the shop of the link's token `t`, else the viewer's.
 */
export function imageRoutes(services: Parts): Router {
  const cache = new ByteCache(CACHE_BYTES);
  const router = Router();
  router.get('/images/:name', (request, response, next) =>
    serve(request, response, next, (name, width) =>
      image(services, cache, shopOf(services, request, response), name, width),
    ),
  );
  router.get('/crops/:name', (request, response, next) =>
    serve(request, response, next, (name, width) =>
      crop(services, cache, shopOf(services, request, response), name, width),
    ),
  );
  router.use(['/images', '/crops'], (error: unknown, _: Request, response: Response, next: NextFunction) => {
    if (!(error instanceof ArmoireError)) return next(error);
    const status = error.code === 'NOT_FOUND' ? 404 : error.code === 'BUSY' ? 503 : 400;
    response.status(status).set('Cache-Control', 'no-store').type('text').send(error.message);
  });
  return router;
}

/** Throws NotFoundError where the link's token was not signed for it. */
function shopOf({ links }: Parts, { query, path }: Request, response: Response): string {
  if (query.t === undefined) return (response.locals.viewer as Viewer).shopId;
  const shopId = links.shopOf(String(query.t), path);
  if (shopId === null) throw new NotFoundError('There is no such image.');
  return shopId;
}

async function serve(
  request: Request,
  response: Response,
  next: NextFunction,
  load: (name: string, width: number | null) => Promise<Served>,
): Promise<void> {
  try {
    const name = /^(.+)\.webp$/.exec(String(request.params.name))?.[1];
    if (!name) throw new NotFoundError('There is no such image.');
    const { bytes, cacheControl } = await load(name, widthOf(request.query.w));
    response.set('Cache-Control', cacheControl).type('image/webp');
    // Express adds an ETag of the bytes, and answers 304 where the client has them.
    response.send(bytes);
  } catch (error) {
    next(error);
  }
}

function widthOf(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d{1,5}$/.test(text) || Number(text) === 0) return null;
  return snapWidth(Number(text));
}

async function image(
  { db, images }: Parts,
  cache: ByteCache,
  shopId: string,
  sha256: string,
  width: number | null,
): Promise<Served> {
  const key = `${shopId}/${sha256}/${width}`;
  const cached = cache.get(key);
  if (cached) return { bytes: cached, cacheControl: OF_ITEM };
  if (!isSha256(sha256)) throw new NotFoundError('There is no such image.');
  const uses = await db.inShop(shopId, (tx) => findShopImageUses(tx, { shopId, sha256 }));
  if (!uses.byItem && !uses.byPhoto) throw new NotFoundError('There is no such image.');
  const stored = await images.read(sha256);
  const bytes = width === null ? stored : await shrinkWebp(stored, width);
  // What only a photo uses has to go with it.
  if (uses.byItem) cache.set(key, bytes);
  return { bytes, cacheControl: uses.byItem ? OF_ITEM : OF_PHOTO };
}

async function crop(
  { db, images }: Parts,
  cache: ByteCache,
  shopId: string,
  garmentId: string,
  width: number | null,
): Promise<Served> {
  const garment = isUuid(garmentId) ? await db.inShop(shopId, (tx) => findGarment(tx, garmentId)) : null;
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
}
