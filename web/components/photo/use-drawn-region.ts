'use client';

import { useState } from 'react';
import { type ApiError, toApiError } from '@/lib/api/errors.ts';
import { addRegion, removeGarment } from '@/lib/api/photos.ts';
import { middle, type Region, type Size } from '@/lib/region.ts';

export interface DrawnRegion {
  /** The region being drawn; null if there is none. */
  region: Region | null;
  busy: boolean;
  error: ApiError | null;
  begin(): void;
  change(region: Region): void;
  cancel(): void;
  /** Searches with the region; `onChange` gets the id of the garment made from it. */
  finish(): void;
  remove(garmentId: string): void;
}

/** Drawing a garment that the parser missed, and removing it again. */
export function useDrawnRegion(
  photo: Size & { id: string },
  onChange: (chosen: string | null) => void,
): DrawnRegion {
  const [region, setRegion] = useState<Region | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setError(null);
    try {
      const chosen = await work();
      setRegion(null);
      onChange(chosen);
    } catch (cause) {
      setError(toApiError(cause));
    } finally {
      setBusy(false);
    }
  };
  return {
    region,
    busy,
    error,
    begin() {
      setError(null);
      setRegion(middle(photo));
    },
    change: setRegion,
    cancel: () => setRegion(null),
    finish: () => region && void run(() => addRegion(photo.id, region)),
    remove: (garmentId) =>
      void run(async () => {
        await removeGarment(photo.id, garmentId);
        return null;
      }),
  };
}
