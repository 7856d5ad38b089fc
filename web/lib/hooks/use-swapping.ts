'use client';

import { useEffect, useRef, useState } from 'react';
import type { Outfit } from '../api/outfit-shapes.ts';
import { useWords } from '../i18n/use-words.ts';
import { pieceName } from '../outfit-words.ts';
import type { Builder } from './use-builder.ts';

export interface Swapping {
  /** The slot whose alternatives are shown, and the outfit that they are for. */
  slot: string | null;
  base: Outfit | null;
  open(slot: string): void;
  close(): void;
  choose(outfit: Outfit): void;
}

/** Id of the button that opens a slot's alternatives. */
export const swapButtonId = (slot: string) => `swap-${slot}`;

/**
 * Which slot's alternatives are shown. They go with the other pieces, so they stay while the visitor tries them, until
 * another piece changes.
 */
export function useSwapping({ outfit, take }: Pick<Builder, 'outfit' | 'take'>): Swapping {
  const words = useWords();
  const { t } = words;
  const [shown, setShown] = useState<{ slot: string; base: Outfit } | null>(null);
  const focusNext = useRef<string | null>(null);
  useEffect(() => {
    if (focusNext.current) document.getElementById(focusNext.current)?.focus();
    focusNext.current = null;
  });
  const current = shown && othersOf(shown.base, shown.slot) === othersOf(outfit, shown.slot) ? shown : null;
  return {
    slot: current?.slot ?? null,
    base: current?.base ?? null,
    open: (slot) => setShown({ slot, base: outfit }),
    close() {
      if (current) focusNext.current = swapButtonId(current.slot);
      setShown(null);
    },
    choose(next) {
      if (!current) return;
      const { slot } = current;
      const added = !outfit.pieces.some((piece) => piece.slot === slot);
      const chosen = next.pieces.find((piece) => piece.slot === slot);
      take(
        next,
        t(added ? 'outfit.said.added' : 'outfit.said.now', {
          piece: chosen ? pieceName(words, chosen) : slot,
        }),
        `swap ${slot}`,
      );
      if (!added) return;
      // The button that was pressed is gone with the slot's place among the empty ones.
      focusNext.current = swapButtonId(slot);
      setShown(null);
    },
  };
}

/** The same for outfits that differ in this slot at most. */
function othersOf({ pieces }: Outfit, slot: string): string {
  return pieces
    .filter((piece) => piece.slot !== slot)
    .map((piece) => `${piece.slot} ${piece.item?.id ?? piece.garmentId}`)
    .join('\n');
}
