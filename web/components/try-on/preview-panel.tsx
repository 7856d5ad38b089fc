'use client';

import { useEffect, useId, useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import dialogStyles from '@/components/ui/dialog.module.css';
import { Failure } from '@/components/ui/failure.tsx';
import type { ItemCard } from '@/lib/api/shapes.ts';
import { loadPreview } from '@/lib/api/try-on.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import { previewName } from '@/lib/query-keys.ts';
import { noteRefusal } from '@/lib/refused-garments.ts';
import styles from './see-it-on.module.css';

interface PreviewPanelProps {
  garmentId: string;
  item: ItemCard;
  onClose(): void;
}

/** The preview and, always beside it, the item's own picture. Shown while mounted. */
export function PreviewPanel({ garmentId, item, onClose }: PreviewPanelProps) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { value, error, reload } = useLoaded(previewName(garmentId, item.id), (signal) =>
    loadPreview(garmentId, item.id, signal),
  );
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  useEffect(() => {
    if (value?.refusal) noteRefusal(garmentId, value.refusal);
  }, [value, garmentId]);
  // Closed, not just removed, so that the browser returns the focus to where it was.
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className={`${dialogStyles.dialog} ${styles.panel}`}
      aria-labelledby={id}
      onClose={onClose}
    >
      <h2 id={id}>{t('tryOn.title')}</h2>
      <div className={styles.pictures}>
        <figure>
          {item.imageUrl && <img src={atWidth(item.imageUrl, 640)} alt={item.title} />}
          <figcaption>{t('tryOn.itemPicture')}</figcaption>
        </figure>
        <div className={styles.result} aria-live="polite">
          {error ? (
            <Failure error={error} onRetry={reload} />
          ) : !value ? (
            <p className={styles.told}>{t('tryOn.drawing')}</p>
          ) : value.imageUrl !== null ? (
            <figure>
              <img src={value.imageUrl} alt={t('tryOn.alt', { title: item.title })} />
              <figcaption>
                <strong>{t('tryOn.mark')}</strong> {t('tryOn.caution')}
              </figcaption>
            </figure>
          ) : (
            <div className={styles.told}>
              <p>
                <strong>{t('tryOn.none')}</strong>
              </p>
              <p>{t(`tryOn.refusal.${value.refusal}`)}</p>
            </div>
          )}
        </div>
      </div>
      <div className={dialogStyles.actions}>
        <Button onClick={close}>{t('action.close')}</Button>
      </div>
    </dialog>
  );
}
