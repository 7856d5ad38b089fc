'use client';

import dynamic from 'next/dynamic';
import { useState, useSyncExternalStore } from 'react';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { isRefused, onRefusal } from '@/lib/refused-garments.ts';
import styles from './see-it-on.module.css';

// Loaded once it is wanted.
const PreviewPanel = dynamic(() => import('./preview-panel.tsx').then((file) => file.PreviewPanel), {
  ssr: false,
});

interface SeeItOnProps {
  /** A garment of the visitor's own photo. */
  garmentId: string;
  item: ItemCard;
}

/**
 * Over a match’s picture: opens a preview of it on the visitor's own photo. Once nothing can be shown on the garment, it is
 * offered no more on other matches.
 */
export function SeeItOn(props: SeeItOnProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const refused = useSyncExternalStore(
    onRefusal,
    () => isRefused(props.garmentId),
    () => false,
  );
  // What was pressed stays: the focus comes back to it.
  if (refused && !asked) return null;
  const ask = () => {
    setAsked(true);
    setOpen(true);
  };
  return (
    <>
      <div className={styles.over} data-preview="">
        <button
          type="button"
          className={styles.button}
          aria-label={t('tryOn.openItem', { title: props.item.title })}
          onClick={ask}
        >
          <span>{t('tryOn.open')}</span>
        </button>
      </div>
      {open && <PreviewPanel {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
