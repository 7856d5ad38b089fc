import { InvalidImageError } from '../errors/errors.ts';
import { insertGarments } from '../garments/garments.sql.ts';
import { type FileUpload, receiveFile } from '../graphql/uploads/upload.ts';
import { type IngestedImage, ingestImage } from '../vision/ingest.ts';
import type { PhotoContext } from './context.ts';
import { makeOwnerToken } from './owner.ts';
import { insertPhoto, type PhotoRow } from './photos.sql.ts';

type OwnedPhoto = PhotoRow & { ownerToken: string };

/**
 * Parses an upload and saves the garments found, with a token for the owner. A photo without garments is fine; a bad
 * image throws InvalidImageError.
 */
export async function parsePhoto(context: PhotoContext, upload: FileUpload): Promise<OwnedPhoto> {
  const limit = context.config.limits.photoBytes;
  const file = await receiveFile(upload, limit, (cause) => tooLarge(limit, cause));
  return save(context, await ingestImage(context, file.read));
}

/** The same with the picture behind an address, which is neither stored nor logged. */
export async function parsePhotoAt(context: PhotoContext, address: string): Promise<OwnedPhoto> {
  const ingested = await context.pictures.withPicture(address, context.viewer, (bytes) =>
    ingestImage(context, bytes).catch((error: unknown) => {
      throw isPage(bytes) ? noPicture(error) : error;
    }),
  );
  return save(context, ingested);
}

async function save(context: PhotoContext, ingested: IngestedImage): Promise<OwnedPhoto> {
  const { config, db, vision, images, shopId, recorder, viewer } = context;
  const { sha256, width, height, garments } = ingested;
  const saved = await db.inShop(shopId, async (tx) => {
    const { token, hash } = makeOwnerToken();
    const photo = await insertPhoto(tx, {
      shopId,
      sha256,
      width,
      height,
      ttlHours: config.photoTtlHours,
      ownerHash: hash,
      storedIn: images.place,
    });
    const { embeddingModel } = vision;
    await insertGarments(tx, { shopId, embeddingModel, garments, photoId: photo.id });
    return { ...photo, ownerToken: token };
  });
  recorder.photo(viewer, garments);
  return saved;
}

/** People copy the address of the page that shows a picture. */
function isPage(bytes: Buffer): boolean {
  return /^\s*<(?:!doctype\s+html|html|head|body)\b/i.test(bytes.toString('latin1', 0, 512));
}

function noPicture(cause: unknown): InvalidImageError {
  const message =
    'The address leads to a web page, not to a picture. Copy the address of the picture itself.';
  return new InvalidImageError('NOT_AN_IMAGE', message, { cause });
}

function tooLarge(limit: number, cause: unknown): InvalidImageError {
  const message = `This file has more than ${Math.floor(limit / 1024 / 1024)} MB. Upload a smaller one.`;
  return new InvalidImageError('IMAGE_TOO_LARGE', message, { cause });
}
