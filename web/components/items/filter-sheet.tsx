'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './filter-sheet.module.css';

interface FilterSheetProps {
  left: string | null;
  filtering: boolean;
  onClear(): void;
  onClose(): void;
  children: ReactNode;
}

/** The filters as a sheet from the lower edge, for telephones. Shown while mounted. */
export function FilterSheet({ left, filtering, onClear, onClose, children }: FilterSheetProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  // Closed, not just removed, so that the browser returns the focus to where it was.
  const close = () => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keyboards close it with Escape.
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
    >
      <div className={styles.content}>
        <h2 id={heading}>{t('filters.title')}</h2>
        <div className={styles.fields}>{children}</div>
        <div className={styles.actions}>
          {filtering && (
            <Button kind="quiet" onClick={onClear}>
              {t('action.clear')}
            </Button>
          )}
          <Button kind="primary" onClick={close}>
            {left ? t('filters.show', { items: left }) : t('filters.showItems')}
          </Button>
        </div>
      </div>
    </dialog>
  );
}
