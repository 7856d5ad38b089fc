'use client';

import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

/** As telephones themselves measure it. */
const HELD_MS = 500;
/** A finger that moves farther scrolls. */
const SLACK = 10;

/** Spread on an element: `act` runs when a finger rests on it. The press then follows no link and opens no menu. */
export function useLongPress(act: () => void) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const acted = useRef(false);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  useEffect(() => end, []);
  return {
    onPointerDown({ pointerType, isPrimary, clientX: x, clientY: y }: PointerEvent) {
      end();
      acted.current = false;
      if (pointerType !== 'touch' || !isPrimary) return;
      const timer = setTimeout(() => {
        acted.current = true;
        act();
      }, HELD_MS);
      press.current = { x, y, timer };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const { x, y } = press.current ?? { x: clientX, y: clientY };
      if (Math.hypot(clientX - x, clientY - y) > SLACK) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu(event: MouseEvent) {
      // The browser's own menu of a link, which a long press would open.
      if (press.current || acted.current) event.preventDefault();
    },
    onClickCapture(event: MouseEvent) {
      if (!acted.current) return;
      acted.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
