import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Viewer } from '../access/viewer.ts';
import { ArmoireError, NotFoundError } from '../errors/errors.ts';
import { retryOf, statusOf } from '../errors/status.ts';
import type { ImageLinks } from './url.ts';
import { snapWidth } from './url.ts';

/** An image never changes under its name. A shopper's photo stays with the shopper, and only while it lives. */
export const OF_ITEM = 'public, max-age=31536000, immutable';
export const OF_PHOTO = 'private, max-age=3600, immutable';

export interface Served {
  readonly bytes: Buffer;
  readonly cacheControl: string;
}

/** Throws NotFoundError where the shop has no image of this name. */
export type LoadImage = (
  shopId: string,
  name: string,
  width: number | null,
  /** Whoever loads a page of images waits for turns of their own. */
  client: string,
) => Promise<Served>;

/** `GET /FOLDER/NAME.webp?w=&t=`: an image of the shop that the link's token `t` names, else of the viewer's. */
export function webpRoutes(folder: string, { links }: { links: ImageLinks }, load: LoadImage): Router {
  const router = Router();
  router.get(`/${folder}/:name`, async (request, response, next) => {
    try {
      const name = /^(.+)\.webp$/.exec(String(request.params.name))?.[1];
      if (!name) throw new NotFoundError('There is no such image.');
      const shopId = shopOf(links, request, response);
      const { client } = response.locals.viewer as Viewer;
      const { bytes, cacheControl } = await load(shopId, name, widthOf(request.query.w), client);
      // Without a token of the link, it is the key that says whose picture this is.
      if (request.query.t === undefined) response.vary('Authorization');
      response.set('Cache-Control', forWhom(request, cacheControl)).type('image/webp');
      // Express adds an ETag of the bytes, and answers 304 where the client has them.
      response.send(bytes);
    } catch (error) {
      next(error);
    }
  });
  router.use(`/${folder}`, (error: unknown, _: Request, response: Response, next: NextFunction) => {
    if (!(error instanceof ArmoireError)) return next(error);
    const retry = retryOf(error.extensions);
    if (retry) response.set('Retry-After', retry.seconds);
    response.status(statusOf(error.code)).set('Cache-Control', 'no-store').type('text').send(error.message);
  });
  return router;
}

/** Throws NotFoundError where the link's token was not signed for it. */
function shopOf(links: ImageLinks, { query, path }: Request, response: Response): string {
  if (query.t === undefined) return (response.locals.viewer as Viewer).shopId;
  const shopId = links.shopOf(String(query.t), path);
  if (shopId === null) throw new NotFoundError('There is no such image.');
  return shopId;
}

/** What a key opens is for its holder: no cache on the way may give it to others. */
function forWhom(request: Request, cacheControl: string): string {
  const byKey = request.query.t === undefined && request.get('authorization') !== undefined;
  return byKey ? cacheControl.replace(/^public/, 'private') : cacheControl;
}

function widthOf(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d{1,5}$/.test(text) || Number(text) === 0) return null;
  return snapWidth(Number(text));
}
