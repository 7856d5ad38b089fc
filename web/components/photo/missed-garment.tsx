'use client';

import { Button } from '@/components/ui/button.tsx';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './photo-page.module.css';
import { ShapeChoice } from './shape-choice.tsx';
import type { DrawnRegion } from './use-drawn-region.ts';

interface MissedGarmentProps {
  region: DrawnRegion;
  /** Set if the chosen garment was drawn by hand and can be removed. */
  onRemove: (() => void) | null;
}

/** While a visitor draws a box around a garment that the parser missed: search with it, or give up. */
export function MissedGarment({ region, onRemove }: MissedGarmentProps) {
  const words = useWords();
  const { t } = words;
  const { busy, error } = region;
  const told = error && tellError(error, words);
  const drawing = region.region !== null;
  return (
    <div className={styles.missed}>
      {drawing && (
        <>
          <Button kind="primary" disabled={busy || region.outline?.length === 0} onClick={region.finish}>
            {busy ? t('photo.looking') : t('photo.searchThis')}
          </Button>
          <Button onClick={region.cancel}>{t('action.cancel')}</Button>
          <ShapeChoice region={region} />
        </>
      )}
      {!drawing && onRemove && (
        <Button kind="quiet" onClick={onRemove}>
          {t('photo.removeDrawn')}
        </Button>
      )}
      <p role="status">
        {told
          ? `${told.title}. ${told.advice}`
          : region.outline
            ? t('photo.outlining')
            : drawing
              ? t('photo.drawing')
              : ''}
      </p>
    </div>
  );
}
