'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { Garment, Photo } from '@/lib/api/shapes.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './photo-page.module.css';

// Loaded once it is wanted: few visitors enlarge a photo.
const PhotoViewer = dynamic(() => import('./photo-viewer.tsx').then((file) => file.PhotoViewer), {
  ssr: false,
});

interface EnlargeButtonProps {
  photo: Photo;
  alt: string;
  garments: Garment[];
  chosen: string | undefined;
  onChoose(id: string): void;
}

/** Over the photo's corner. */
export function EnlargeButton(props: EnlargeButtonProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.enlarge}
        aria-label={t('photo.enlarge')}
        onClick={() => setOpen(true)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M9.5 2.5h4v4M6.5 13.5h-4v-4M13 3 9.5 6.5M3 13l3.5-3.5" />
        </svg>
      </button>
      {open && <PhotoViewer {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
