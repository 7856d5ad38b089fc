import { ownerToken } from '../own-photos.ts';
import type { Region } from '../region.ts';
import { request } from './client.ts';
import {
  AddRegionDocument,
  DeletePhotoDocument,
  PhotoByIdDocument,
  RemoveGarmentDocument,
} from './generated/graphql.ts';
import { type Photo, shapePhoto } from './shapes.ts';

/** Null where there is no such photo, or no longer. */
export async function loadPhoto(id: string, signal?: AbortSignal): Promise<Photo | null> {
  const { photo } = await request(PhotoByIdDocument, { id }, signal);
  return photo ? shapePhoto(photo) : null;
}

export async function deletePhoto(id: string): Promise<void> {
  await request(DeletePhotoDocument, { id, token: ownerToken(id) });
}

/** The id of the garment that a region of the photo became. */
export async function addRegion(photoId: string, box: Region): Promise<string> {
  return (await request(AddRegionDocument, { photoId, box, token: ownerToken(photoId) })).addRegion.id;
}

/** Takes back an `addRegion` of this photo. */
export async function removeGarment(photoId: string, id: string): Promise<void> {
  await request(RemoveGarmentDocument, { id, token: ownerToken(photoId) });
}
