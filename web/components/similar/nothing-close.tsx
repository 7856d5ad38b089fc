'use client';

import type { ReactNode } from 'react';
import { useUpload } from '@/components/photo/upload-provider.tsx';
import { Button } from '@/components/ui/button.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './similar-items.module.css';

interface NothingCloseProps {
  what: string;
  /** Whether the catalogue is still being parsed. */
  reading: boolean;
  /** Each null where there is nothing to clear or widen. */
  onClear: (() => void) | null;
  onAllCategories: (() => void) | null;
  /** What else can be tried. */
  children?: ReactNode;
}

/** Says that no item is close, and what to try. Brief, so that the nearest items follow on the first screen. */
export function NothingClose({ what, reading, onClear, onAllCategories, children }: NothingCloseProps) {
  const { start } = useUpload();
  const { t } = useWords();
  return (
    <div className={styles.nothing}>
      <h3>{t('similar.nothingTitle', { garment: what })}</h3>
      {reading && <p>{t('similar.asRead')}</p>}
      <div className={styles.tries}>
        {onAllCategories && <Button onClick={onAllCategories}>{t('similar.allCategories')}</Button>}
        {onClear && !onAllCategories && <Button onClick={onClear}>{t('action.clearFilters')}</Button>}
        {children}
        <FileButton onFile={start}>{t('action.anotherPhoto')}</FileButton>
      </div>
    </div>
  );
}
