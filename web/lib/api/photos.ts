import type { Outline } from '../outline.ts';
import { ownerToken } from '../own-photos.ts';
import type { Region } from '../region.ts';
import { currentKey } from '../session.ts';
import { request, requestWith } from './client.ts';
import {
  AddRegionDocument,
  DeletePhotoDocument,
  PhotoByIdDocument,
  RemoveGarmentDocument,
} from './generated/documents/photos.ts';
import { type Photo, shapePhoto } from './shapes.ts';

/** Null if the photo does not exist or has expired. */
export async function loadPhoto(id: string, signal?: AbortSignal): Promise<Photo | null> {
  const { photo } = await request(PhotoByIdDocument, { id }, signal);
  return photo ? shapePhoto(photo) : null;
}

export async function deletePhoto(id: string): Promise<void> {
  const variables = { id, token: ownerToken(id) };
  const { deletePhoto: found } = await request(DeletePhotoDocument, variables);
  // Uploaded before somebody signed in to another shop: it is in that of visitors without a key.
  if (!found && variables.token && currentKey()) await requestWith(null, DeletePhotoDocument, variables);
}

/** The id of the garment made from a region of the photo: a box, or the points of an outline. */
export async function addRegion(photoId: string, region: Region | Outline): Promise<string> {
  const drawn = Array.isArray(region)
    ? { outline: region.map(([x, y]) => ({ x, y })) }
    : { box: region as Region };
  return (await request(AddRegionDocument, { photoId, ...drawn, token: ownerToken(photoId) })).addRegion.id;
}

/** Undoes an `addRegion` of this photo. */
export async function removeGarment(photoId: string, id: string): Promise<void> {
  await request(RemoveGarmentDocument, { id, token: ownerToken(photoId) });
}
