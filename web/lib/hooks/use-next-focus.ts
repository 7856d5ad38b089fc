'use client';

import { useEffect, useRef } from 'react';

type Find = (element: HTMLElement) => HTMLElement | null;

/**
 * Moves the focus to what takes the place of something that had it, as soon as it is there: else the keyboard would begin
 * at the top of the page again. Whoever has moved on meanwhile keeps the focus.
 */
export function useNextFocus() {
  const element = useRef<HTMLDivElement>(null);
  const next = useRef<Find | null>(null);
  useEffect(() => {
    const found = element.current && next.current?.(element.current);
    if (!found) return;
    next.current = null;
    if (document.activeElement === document.body) found.focus({ preventScroll: true });
  });
  return {
    ref: element,
    /** What `find` finds in the element, at the first render after which it does. */
    focusNext(find: Find) {
      next.current = find;
    },
  };
}
