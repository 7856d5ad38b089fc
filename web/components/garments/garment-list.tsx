'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import type { Garment } from '@/lib/api/shapes.ts';
import { sayGarment, sayShare } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import card from './garment-card.module.css';
import styles from './garment-list.module.css';

interface GarmentListProps {
  garments: Garment[];
  /** Whether the photo is the visitor's own. */
  own: boolean;
  chosen: string | null;
  highlighted: string | null;
  /** Number of less likely garments that are not listed yet. */
  more: number;
  onMore(): void;
  onChoose(id: string): void;
  onHighlight(id: string | null): void;
  /** After the garments. */
  children?: ReactNode;
}

/** Below this, the chip says how sure the parser is. */
const SURE = 0.75;

/** The garments of a photo as chips, one of them selected: radio buttons, so that arrow keys move between them. */
export function GarmentList(props: GarmentListProps) {
  const { garments, own, chosen, highlighted, more, onMore, onChoose, onHighlight, children } = props;
  const words = useWords();
  const { t } = words;
  return (
    <fieldset className={styles.list}>
      <legend className="visually-hidden">{t('photo.found', { count: garments.length })}</legend>
      <div className={styles.cards}>
        {garments.map(({ id, category, origin, score, cropUrl }) => (
          <label
            key={id}
            className={`${card.card} ${styles.card}`}
            data-category={category ?? 'NONE'}
            data-highlighted={id === highlighted ? '' : undefined}
            onPointerEnter={({ pointerType }) => pointerType === 'mouse' && onHighlight(id)}
            onPointerLeave={() => onHighlight(null)}
          >
            <input
              type="radio"
              name="garment"
              value={id}
              checked={id === chosen}
              onChange={() => onChoose(id)}
              onFocus={({ target }) => target.matches(':focus-visible') && onHighlight(id)}
              onBlur={() => onHighlight(null)}
            />
            <img src={atWidth(cropUrl, 160)} alt="" />
            <span className={styles.name}>
              {sayGarment(words, { category, origin })}
              {origin === 'DRAWN' && (
                <span className={styles.share}>{own ? t('photo.drawnByYou') : t('photo.drawnByHand')}</span>
              )}
              {origin === 'PARSED' && score < SURE && (
                <span className={styles.share}>{t('photo.sure', { share: sayShare(words, score) })}</span>
              )}
            </span>
          </label>
        ))}
        {more > 0 && (
          <Button kind="quiet" onClick={onMore}>
            {t('photo.more', { count: more })}
          </Button>
        )}
        {children}
      </div>
    </fieldset>
  );
}
