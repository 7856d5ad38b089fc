import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Viewer } from '../access/viewer.ts';
import { ArmoireError, NotFoundError } from '../errors/errors.ts';
import { retryOf, statusOf } from '../errors/status.ts';
import { answerBy } from '../http/answering.ts';
import type { ImageLinks } from './url.ts';
import { snapWidth } from './url.ts';

/** The image behind a name never changes. A shopper's photo is gone from their browser a minute after it was deleted or has expired. */
export const OF_ITEM = 'public, max-age=31536000, immutable';
export const OF_PHOTO = 'private, max-age=60';

export interface Served {
  readonly bytes: Buffer;
  readonly cacheControl: string;
}

/** Throws NotFoundError if the shop has no image of this name. */
export type LoadImage = (
  shopId: string,
  name: string,
  width: number | null,
  /** Requests for images wait in a queue of their own. */
  client: string,
) => Promise<Served>;

/**
 * `GET /FOLDER/NAME.webp?w=&t=`: an image of the shop that the token `t` names, else of the viewer's shop, unless only signed links
 * are answered.
 */
export function webpRoutes(
  folder: string,
  { links, signedOnly = false }: { links: ImageLinks; signedOnly?: boolean },
  load: LoadImage,
): Router {
  const router = Router();
  router.get(`/${folder}/:name`, async (request, response, next) => {
    try {
      const name = /^(.+)\.webp$/.exec(String(request.params.name))?.[1];
      if (!name) throw new NotFoundError('There is no such image.');
      if (signedOnly && request.query.t === undefined) throw new NotFoundError('There is no such image.');
      const shopId = shopOf(links, request, response);
      const { client } = response.locals.viewer as Viewer;
      const loading = load(shopId, name, widthOf(request.query.w), client);
      const { bytes, cacheControl } = await answerBy(response, loading);
      // Without a token, the response depends on the key.
      if (request.query.t === undefined) response.vary('Authorization');
      response.set('Cache-Control', cacheControlFor(request, cacheControl)).type('image/webp');
      // Express adds an ETag of the bytes and answers 304 to clients that have them.
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

/** Throws NotFoundError if the token was not signed for this image. */
function shopOf(links: ImageLinks, { query, path }: Request, response: Response): string {
  if (query.t === undefined) return (response.locals.viewer as Viewer).shopId;
  const shopId = links.shopOf(String(query.t), path);
  if (shopId === null) throw new NotFoundError('There is no such image.');
  return shopId;
}

/** An image opened by a key is for its holder only: no shared cache may store it. */
function cacheControlFor(request: Request, cacheControl: string): string {
  const byKey = request.query.t === undefined && request.get('authorization') !== undefined;
  return byKey ? cacheControl.replace(/^public/, 'private') : cacheControl;
}

function widthOf(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d{1,5}$/.test(text) || Number(text) === 0) return null;
  return snapWidth(Number(text));
}
