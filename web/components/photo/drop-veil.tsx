'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { ApiError } from '@/lib/api/errors.ts';
import { fileOf } from '@/lib/photo-file.ts';
import styles from './drop-veil.module.css';
import { useUpload } from './upload-provider.tsx';

/** Accepts photos dropped on, or pasted into, the page, anywhere on it. */
export function DropVeil() {
  const { start, fail } = useUpload();
  const [over, setOver] = useState(false);

  const take = useEffectEvent((transfer: DataTransfer | null, dropped: boolean): boolean => {
    const file = fileOf(transfer);
    if (file) start(file);
    else if (dropped) fail(new ApiError('LINK_DROPPED', 'A link was dropped, not an image.'));
    return file !== null;
  });

  useEffect(() => {
    const listening = new AbortController();
    const on = <K extends keyof WindowEventMap>(type: K, listener: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(type, listener, { signal: listening.signal });

    on('dragover', (event) => {
      if (!brings(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    });
    // The related target is null when leaving the window, but not when moving between its elements.
    on('dragleave', (event) => event.relatedTarget === null && setOver(false));
    on('drop', (event) => {
      setOver(false);
      if (!brings(event.dataTransfer)) return;
      event.preventDefault();
      take(event.dataTransfer, true);
    });
    on('paste', (event) => {
      if (take(event.clipboardData, false)) event.preventDefault();
    });
    return () => listening.abort();
  }, []);

  if (!over) return null;
  return (
    <div className={styles.veil}>
      <p>Drop the photo anywhere</p>
    </div>
  );
}

/** Files, or the address of a picture dragged from another page, but not text. */
function brings(transfer: DataTransfer | null): boolean {
  const types = transfer?.types ?? [];
  return types.includes('Files') || types.includes('text/uri-list');
}
