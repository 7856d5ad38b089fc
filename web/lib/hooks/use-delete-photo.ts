'use client';

import { useQueryClient } from '@tanstack/react-query';
import { deletePhoto } from '../api/photos.ts';
import { forgetLastPhoto } from '../last-photo.ts';
import { forgetOwnPhoto } from '../own-photos.ts';
import { photoName } from '../query-keys.ts';
import { useKeys } from './use-loaded.ts';

/** Deletes a photo from the server, then what this browser knows of it: it alone can delete the photo as long as there is one. */
export function useDeletePhoto(): (id: string) => Promise<void> {
  const queries = useQueryClient();
  const keyOf = useKeys();
  return async (id) => {
    await deletePhoto(id);
    // Not just removed: the pages that the browser goes back to arrived with the photo, and would bring it again.
    queries.setQueryData(keyOf(photoName(id)), null);
    forgetOwnPhoto(id);
    forgetLastPhoto(id);
  };
}
