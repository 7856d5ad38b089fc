'use client';

import { useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '@/lib/api/errors.ts';
import { addRegion, removeGarment } from '@/lib/api/photos.ts';
import { type Outline, thinned } from '@/lib/outline.ts';
import { middle, type Region, type Size } from '@/lib/region.ts';

export interface DrawnRegion {
  /** The region being drawn; null if there is none. While an outline is drawn, the box to return to. */
  region: Region | null;
  /** The outline being drawn in place of a box, empty at first; else null. */
  outline: Outline | null;
  busy: boolean;
  error: ApiError | null;
  begin(): void;
  beginOutline(): void;
  changeOutline(outline: Outline): void;
  change(region: Region): void;
  cancel(): void;
  /** Searches with the region. */
  finish(): void;
  remove(garmentId: string): void;
}

/** Drawing a garment that the parser missed, and removing it again. `onChange` gets the garment that was made, or the one removed. */
export function useDrawnRegion(
  photo: Size & { id: string },
  onChange: (made: string | null, removed: string | null) => void,
): DrawnRegion {
  const [region, setRegion] = useState<Region | null>(null);
  const [outline, setOutline] = useState<Outline | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  /** Counts what was begun or given up: what is answered after that chooses nothing, on this page or on another. */
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current++;
    },
    [],
  );
  const run = async (work: () => Promise<string | null>, removed: string | null = null) => {
    const mine = ++turn.current;
    setBusy(true);
    setError(null);
    try {
      const made = await work();
      if (mine !== turn.current) return;
      setRegion(null);
      setOutline(null);
      onChange(made, removed);
    } catch (cause) {
      if (mine === turn.current) setError(toApiError(cause));
    } finally {
      if (mine === turn.current) setBusy(false);
    }
  };
  return {
    region,
    outline,
    busy,
    error,
    begin() {
      setError(null);
      setOutline(null);
      setRegion(middle(photo));
    },
    beginOutline() {
      setError(null);
      setOutline([]);
    },
    changeOutline: setOutline,
    change: setRegion,
    cancel() {
      turn.current++;
      setBusy(false);
      setRegion(null);
      setOutline(null);
    },
    finish() {
      const drawn = outline ? thinned(outline) : region;
      if (drawn && !busy && !(outline && outline.length === 0)) void run(() => addRegion(photo.id, drawn));
    },
    remove: (garmentId) =>
      void run(async () => {
        await removeGarment(photo.id, garmentId);
        return null;
      }, garmentId),
  };
}
