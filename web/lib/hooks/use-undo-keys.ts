'use client';

import { useEffect, useEffectEvent } from 'react';

/** Calls `undo` on Ctrl+Z or ⌘Z, except in a text field, where the browser undoes what was typed. */
export function useUndoKeys(undo: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
    if (key.toLowerCase() !== 'z' || !(ctrlKey || metaKey) || shiftKey || altKey) return;
    if (target instanceof HTMLElement && isTextField(target)) return;
    event.preventDefault();
    undo();
  });
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

const NOT_TYPED_IN = ['radio', 'checkbox', 'range', 'button', 'file', 'submit'];

function isTextField(element: HTMLElement): boolean {
  if (element instanceof HTMLInputElement) return !NOT_TYPED_IN.includes(element.type);
  return element instanceof HTMLTextAreaElement || element.isContentEditable;
}
