'use client';

import { useState } from 'react';
import { type ApiError, toApiError } from '@/lib/api/errors.ts';
import { addRegion, removeGarment } from '@/lib/api/queries.ts';
import type { Region } from '@/lib/region.ts';

interface DrawnRegion {
  drawing: boolean;
  busy: boolean;
  error: ApiError | null;
  begin(): void;
  cancel(): void;
  /** Has the region searched; `onChange` gets the id of the garment that it became. */
  finish(region: Region): void;
  remove(garmentId: string): void;
}

/** Drawing a garment that the parser missed, and taking it back. */
export function useDrawnRegion(photoId: string, onChange: (chosen: string | null) => void): DrawnRegion {
  const [drawing, setDrawing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setError(null);
    try {
      const chosen = await work();
      setDrawing(false);
      onChange(chosen);
    } catch (cause) {
      setError(toApiError(cause));
    } finally {
      setBusy(false);
    }
  };
  return {
    drawing,
    busy,
    error,
    begin() {
      setError(null);
      setDrawing(true);
    },
    cancel: () => setDrawing(false),
    finish: (region) => void run(() => addRegion(photoId, region)),
    remove: (garmentId) =>
      void run(async () => {
        await removeGarment(photoId, garmentId);
        return null;
      }),
  };
}
