'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { brings, isForField, takeEarlyDrop } from '@/lib/early-drops.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { fileOf, linkOf } from '@/lib/photo-file.ts';
import styles from './drop-veil.module.css';
import { useUpload } from './upload-provider.tsx';

/** Accepts photos, and links to them, dropped on or pasted into the page, anywhere on it. */
export function DropVeil() {
  const { start } = useUpload();
  const { t } = useWords();
  const [over, setOver] = useState(false);

  const take = useEffectEvent((transfer: DataTransfer | null): boolean => {
    const source = fileOf(transfer) ?? linkOf(transfer);
    if (source) start(source);
    return source !== null;
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
      take(event.dataTransfer);
    });
    on('paste', (event) => {
      if (isForField(event)) return;
      if (take(event.clipboardData)) event.preventDefault();
    });
    take(takeEarlyDrop());
    return () => listening.abort();
  }, []);

  if (!over) return null;
  return (
    <div className={styles.veil}>
      <p>{t('start.dropHere')}</p>
    </div>
  );
}
