'use client';

import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

const LONG_MS = 500;
/** A finger that moves farther, in pixels, scrolls. */
const SLACK = 10;

/** For a finger that rests on an element, which then opens no link and no menu of the browser's. */
export function useLongPress(onLongPress: () => void) {
  const resting = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const wasLong = useRef(false);
  const lift = () => {
    clearTimeout(resting.current?.timer);
    resting.current = null;
  };
  const press = () => {
    lift();
    wasLong.current = true;
    onLongPress();
  };
  useEffect(() => () => clearTimeout(resting.current?.timer), []);
  const swallow = (event: MouseEvent) => {
    if (!wasLong.current) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    onPointerDown({ pointerType, isPrimary, clientX: x, clientY: y }: PointerEvent) {
      lift();
      wasLong.current = false;
      if (pointerType === 'mouse' || !isPrimary) return;
      resting.current = { timer: setTimeout(press, LONG_MS), x, y };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      if (!resting.current) return;
      const { x, y } = resting.current;
      if (Math.hypot(clientX - x, clientY - y) > SLACK) lift();
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    // Some browsers call it long earlier, and offer their menu or let the link be dragged.
    onContextMenu(event: MouseEvent) {
      if (resting.current) press();
      if (wasLong.current) event.preventDefault();
    },
    onDragStart(event: MouseEvent) {
      if (resting.current || wasLong.current) event.preventDefault();
    },
    // What browsers send once the finger is lifted, which would move the focus and follow a link.
    onMouseDownCapture: swallow,
    onClickCapture: swallow,
    onKeyDown() {
      wasLong.current = false;
    },
  };
}
