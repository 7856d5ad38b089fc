import { InvalidImageError } from '../errors/errors.ts';
import type { GarmentContext } from '../garments/context.ts';
import { insertGarments } from '../garments/garments.sql.ts';
import { type FileUpload, receiveFile } from '../graphql/uploads/upload.ts';
import { ingestImage } from '../vision/ingest.ts';
import { makeOwnerToken } from './owner.ts';
import { insertPhoto, type PhotoRow } from './photos.sql.ts';

/**
 * Parses an upload and saves the garments found, with a token for the owner. A photo without garments is fine; a bad
 * image throws InvalidImageError.
 */
export async function parsePhoto(
  context: GarmentContext,
  upload: FileUpload,
): Promise<PhotoRow & { ownerToken: string }> {
  const { config, db, vision, shopId, recorder, viewer } = context;
  const limit = config.limits.photoBytes;
  const file = await receiveFile(upload, limit, (cause) => tooLarge(limit, cause));
  const { sha256, width, height, garments } = await ingestImage(context, file.read);
  const saved = await db.inShop(shopId, async (tx) => {
    const { token, hash } = makeOwnerToken();
    const photo = await insertPhoto(tx, {
      shopId,
      sha256,
      width,
      height,
      ttlHours: config.photoTtlHours,
      ownerHash: hash,
    });
    const { embeddingModel } = vision;
    await insertGarments(tx, { shopId, embeddingModel, garments, photoId: photo.id });
    return { ...photo, ownerToken: token };
  });
  recorder.photo(viewer, garments);
  return saved;
}

function tooLarge(limit: number, cause: unknown): InvalidImageError {
  const message = `This file has more than ${Math.floor(limit / 1024 / 1024)} MB.`;
  return new InvalidImageError('IMAGE_TOO_LARGE', message, { cause });
}
