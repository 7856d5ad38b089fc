'use client';

import { type FocusEvent, useLayoutEffect, useRef } from 'react';

/**
 * Spread on an element whose buttons take each other's place, as Undo does that of Remove: where the one that has the focus
 * goes, the next one gets it. Else the keyboard would begin at the top of the page again.
 */
export function useKeptFocus() {
  const element = useRef<HTMLDivElement>(null);
  const focused = useRef<Element | null>(null);
  // After every render of the component.
  useLayoutEffect(() => {
    if (!focused.current || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement !== document.body) return;
    element.current?.querySelector<HTMLElement>('button:not(:disabled), a[href]')?.focus();
  });
  return {
    ref: element,
    onFocus: ({ target }: FocusEvent) => {
      focused.current = target;
    },
    // Not called for what leaves the page. A button that is disabled meanwhile loses the focus as well.
    onBlur: ({ target }: FocusEvent) => {
      if (!target.matches(':disabled')) focused.current = null;
    },
  };
}
