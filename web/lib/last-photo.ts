'use client';

import { useEffect } from 'react';
import { useHydrated } from './hooks/use-hydrated.ts';

const NAME = 'armoire.last-photo';

/** Keeps the address of a photo's page, with the chosen garment and filters, for the way back from an item. */
export function useRememberPhoto(): void {
  useEffect(() => {
    const remember = () => {
      // Only this tab's way counts.
      try {
        sessionStorage.setItem(NAME, location.pathname + location.search);
      } catch {
        // The browser stores nothing: there is no way back then but its own.
      }
    };
    remember();
    // As the visitor leaves by a link: the address may have changed since.
    document.addEventListener('click', remember, { capture: true });
    return () => document.removeEventListener('click', remember, { capture: true });
  }, []);
}

/** Null if this tab has shown no photo. */
export function useLastPhoto(): string | null {
  if (!useHydrated()) return null;
  try {
    const address = sessionStorage.getItem(NAME);
    return address?.startsWith('/photos/') ? address : null;
  } catch {
    return null;
  }
}

export function forgetLastPhoto(id: string): void {
  try {
    if (sessionStorage.getItem(NAME)?.startsWith(`/photos/${id}`)) sessionStorage.removeItem(NAME);
  } catch {
    // Nothing was stored either.
  }
}
