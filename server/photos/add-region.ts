import { isUuid } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import type { GarmentContext } from '../garments/context.ts';
import {
  countDrawnGarments,
  findGarment,
  type GarmentRow,
  insertGarments,
} from '../garments/garments.sql.ts';
import type { Box } from '../vision/contract.ts';
import { requireOwner } from './owner.ts';
import { findPhoto, lockPhoto } from './photos.sql.ts';

/** Smaller regions are too small to show a recognisable garment. */
const LEAST_SIDE = 16;
const MAX_DRAWN = 20;

export interface Region {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * Looks closer at a region of a photo and saves a garment: the one that the parser finds there, else the region as
 * drawn. Throws NotFoundError if the photo does not exist or has expired; ForbiddenError without its owner's token;
 * InvalidInputError if the region is outside the photo or too small, or if the photo has too many.
 */
export async function addRegion(
  context: GarmentContext,
  photoId: string,
  region: Region,
  token: string | null,
): Promise<GarmentRow> {
  const { db, shopId, vision, images, limiter, viewer } = context;
  const photo = isUuid(photoId)
    ? await db.inShop(shopId, async (tx) => {
        const found = await findPhoto(tx, photoId);
        if (found) await requireOwner(tx, viewer, photoId, token);
        return found;
      })
    : null;
  if (!photo) throw photoNotFound();
  const box = checkRegion(region, photo);
  await limiter.check('parse', viewer);
  const garment = await vision.parseRegion(await vision.decode(await images.read(photo.sha256)), box);
  return db.inShop(shopId, async (tx) => {
    // Locked until the end, so that concurrent regions are counted one after the other.
    if (!(await lockPhoto(tx, photoId))) throw photoNotFound();
    if ((await countDrawnGarments(tx, shopId, photoId)) >= MAX_DRAWN) {
      throw new InvalidInputError(`A photo may have at most ${MAX_DRAWN} drawn garments.`, {
        code: 'TOO_MANY_REGIONS',
        field: 'photoId',
      });
    }
    const { embeddingModel } = vision;
    const [id] = await insertGarments(tx, {
      shopId,
      embeddingModel,
      garments: [garment],
      photoId,
      origin: 'drawn',
    });
    return (await findGarment(tx, id!))!;
  });
}

function checkRegion({ x1, y1, x2, y2 }: Region, { width, height }: { width: number; height: number }): Box {
  const inside = x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height;
  if (!inside) throw invalid(`must lie inside the photo, which has ${width} × ${height} pixels`);
  if (!(x2 - x1 >= LEAST_SIDE && y2 - y1 >= LEAST_SIDE)) {
    throw invalid(`must be at least ${LEAST_SIDE} pixels wide and high, x1 left of x2, y1 above y2`);
  }
  // As the database stores it: single precision rejects numbers that are too small.
  return [Math.fround(x1), Math.fround(y1), Math.fround(x2), Math.fround(y2)];
}

function invalid(what: string): InvalidInputError {
  return new InvalidInputError(`The region ${what}.`, { field: 'box' });
}

function photoNotFound(): NotFoundError {
  return new NotFoundError('There is no such photo, or it has expired.');
}
