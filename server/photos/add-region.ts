import { isUuid } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import type { GarmentContext } from '../garments/context.ts';
import {
  countDrawnGarments,
  findGarment,
  type GarmentRow,
  insertGarments,
} from '../garments/garments.sql.ts';
import type { Box, Point } from '../vision/contract.ts';
import { maskArea } from '../vision/masks/masks.ts';
import { polygonMask } from '../vision/masks/polygon.ts';
import { requireOwner } from './owner.ts';
import { findPhoto, lockPhoto } from './photos.sql.ts';

/** Smaller regions are too small to show a recognisable garment. */
const LEAST_SIDE = 16;
const MAX_DRAWN = 20;
/** A finger's path around a garment, thinned, has fewer. */
const MAX_POINTS = 200;
/** Less than that within an outline shows no garment. */
const LEAST_AREA = 128;

export interface Corners {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** One of the two. */
export interface Region {
  readonly box: Corners | null;
  readonly outline: readonly { readonly x: number; readonly y: number }[] | null;
}

/**
 * Looks closer at a region of a photo and saves a garment: the one that the parser finds there, else the region as
 * drawn, a free outline in any case. Throws NotFoundError if the photo does not exist or has expired; ForbiddenError without its owner's token;
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
  const { box, outline } = checkRegion(region, photo);
  await limiter.check('parse', viewer);
  const image = await vision.decode(await images.read(photo.sha256));
  const garment = await vision.parseRegion(image, box, outline);
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

interface CheckedRegion {
  readonly box: Box;
  readonly outline?: readonly Point[];
}

function checkRegion({ box, outline }: Region, photo: { width: number; height: number }): CheckedRegion {
  if (outline && !box) return checkOutline(outline, photo);
  if (box && !outline) return { box: checkBox(box, photo) };
  throw new InvalidInputError('Give either a box or an outline.', { field: 'box' });
}

function checkOutline(
  points: readonly { readonly x: number; readonly y: number }[],
  photo: { width: number; height: number },
): CheckedRegion {
  const refuse = (what: string) => new InvalidInputError(`The outline ${what}.`, { field: 'outline' });
  if (points.length < 3 || points.length > MAX_POINTS) throw refuse(`must have 3 to ${MAX_POINTS} points`);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const corners = { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
  const box = checkBox(corners, photo, 'outline');
  const outline = points.map(({ x, y }): Point => [x, y]);
  if (maskArea(polygonMask(outline, photo)) < LEAST_AREA) throw refuse('surrounds next to nothing');
  return { box, outline };
}

function checkBox(
  { x1, y1, x2, y2 }: Corners,
  { width, height }: { width: number; height: number },
  field = 'box',
): Box {
  const inside = x1 >= 0 && y1 >= 0 && x2 <= width && y2 <= height;
  if (!inside) throw invalid(field, `must lie inside the photo, which has ${width} × ${height} pixels`);
  if (!(x2 - x1 >= LEAST_SIDE && y2 - y1 >= LEAST_SIDE)) {
    throw invalid(field, `must be at least ${LEAST_SIDE} pixels wide and high, x1 left of x2, y1 above y2`);
  }
  // As the database stores it: single precision rejects numbers that are too small.
  return [Math.fround(x1), Math.fround(y1), Math.fround(x2), Math.fround(y2)];
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`The region ${what}.`, { field });
}

function photoNotFound(): NotFoundError {
  return new NotFoundError('There is no such photo, or it has expired.');
}
