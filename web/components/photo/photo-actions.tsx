'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ShareButton } from '@/components/ui/share-button.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import type { Photo } from '@/lib/api/shapes.ts';
import { useDeletePhoto } from '@/lib/hooks/use-delete-photo.ts';
import { useHydrated } from '@/lib/hooks/use-hydrated.ts';
import { sayTime } from '@/lib/i18n/say.ts';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './photo-page.module.css';

interface PhotoActionsProps {
  photo: Photo;
  /** Whether it was uploaded with this browser. */
  own: boolean;
  mayDelete: boolean;
  /** Whether outfits follow further down the page. */
  hasOutfits: boolean;
  /** Whether the items of all garments follow further down the page. */
  hasLook: boolean;
}

/** Shares the photo, or deletes it from the server immediately and permanently. */
export function PhotoActions({ photo, own, mayDelete, hasOutfits, hasLook }: PhotoActionsProps) {
  const words = useWords();
  const { t } = words;
  const router = useRouter();
  const deletePhoto = useDeletePhoto();
  const [deleting, setDeleting] = useState(false);
  const [outcome, setOutcome] = useState('');
  const remove = async () => {
    setDeleting(true);
    setOutcome('');
    try {
      await deletePhoto(photo.id);
      router.replace('/');
    } catch (cause) {
      setOutcome(tellError(toApiError(cause), words).advice);
      setDeleting(false);
    }
  };
  const time = sayTime(words, photo.expiresAt, useHydrated() ? undefined : 'UTC');
  return (
    <div className={styles.actions}>
      <ShareButton path={`/photos/${photo.id}`} meaning={t('photo.shareMeaning')} onOutcome={setOutcome} />
      {mayDelete && (
        <Button onClick={remove} disabled={deleting}>
          {deleting ? t('photo.deleting') : own ? t('photo.deleteOwn') : t('photo.delete')}
        </Button>
      )}
      {hasLook && <a href="#whole-look">{t('photo.look')}</a>}
      {hasOutfits && <a href="#outfits">{t('photo.complete')}</a>}
      <p role="status">
        {outcome || (mayDelete ? t('photo.otherwise', { time }) : t('photo.expires', { time }))}
      </p>
    </div>
  );
}
