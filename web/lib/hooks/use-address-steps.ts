'use client';

import { useCallback, useState } from 'react';

export interface AddressSteps {
  canUndo: boolean;
  /** Changes the address. Successive changes with the same name are undone together. */
  go(address: string, name?: string): void;
  undo(): void;
}

const MOST_STEPS = 50;

/** The changes of a page whose state is in its address, so that they can be undone. */
export function useAddressSteps(): AddressSteps {
  const [past, setPast] = useState<readonly { address: string; name: string | undefined }[]>([]);
  const go = useCallback((address: string, name?: string) => {
    const left = window.location.pathname + window.location.search;
    if (address === left) return;
    setPast((steps) =>
      name !== undefined && steps.at(-1)?.name === name
        ? steps
        : [...steps, { address: left, name }].slice(-MOST_STEPS),
    );
    window.history.replaceState(null, '', address);
  }, []);
  const undo = useCallback(() => {
    const last = past.at(-1);
    if (!last) return;
    setPast(past.slice(0, -1));
    window.history.replaceState(null, '', last.address);
  }, [past]);
  return { canUndo: past.length > 0, go, undo };
}
