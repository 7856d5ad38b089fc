'use client';

import { type RefObject, useEffect, useState } from 'react';
import type { Garment, Photo } from '@/lib/api/shapes.ts';
import { sayGarment } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import styles from './photo-bar.module.css';

interface PhotoBarProps {
  photo: Photo;
  /** The bar is shown while this is above the window. */
  frame: RefObject<HTMLElement | null>;
  garments: Garment[];
  chosen: string;
  onChoose(id: string): void;
}

/** On a telephone it stands for the photo while the items scroll: back to it, or on to another garment. */
export function PhotoBar({ photo, frame, garments, chosen, onChoose }: PhotoBarProps) {
  const words = useWords();
  const { t } = words;
  const shown = useIsAbove(frame);
  if (!shown) return null;
  const choose = (id: string) => {
    onChoose(id);
    document.getElementById('matches')?.scrollIntoView();
  };
  return (
    <fieldset className={styles.bar} aria-label={t('photo.bar')}>
      <button
        type="button"
        className={styles.thumb}
        aria-label={t('photo.back')}
        onClick={() => window.scrollTo({ top: 0, behavior: 'smooth' })}
      >
        <img src={atWidth(photo.imageUrl, 160)} alt="" />
      </button>
      {garments.map((garment) => (
        <button
          key={garment.id}
          type="button"
          className={`${styles.thumb} ${styles.cut}`}
          aria-pressed={garment.id === chosen}
          aria-label={sayGarment(words, garment)}
          onClick={() => choose(garment.id)}
        >
          <img src={atWidth(garment.cropUrl, 160)} alt="" />
        </button>
      ))}
    </fieldset>
  );
}

/** Whether all of an element has been scrolled out at the top. */
function useIsAbove(element: RefObject<HTMLElement | null>): boolean {
  const [above, setAbove] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) setAbove(!entry.isIntersecting && entry.boundingClientRect.bottom <= 0);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return above;
}
