'use client';

import Link from 'next/link';
import { useRef, useState } from 'react';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { useDeletePhoto } from '@/lib/hooks/use-delete-photo.ts';
import { useOnceShown } from '@/lib/hooks/use-once-shown.ts';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import { useOwnPhotos } from '@/lib/own-photos.ts';
import styles from './recent-photos.module.css';

/** The photos that this browser uploaded and the server still has, the newest first. */
export function RecentPhotos() {
  const words = useWords();
  const { t } = words;
  const photos = useOwnPhotos();
  const deletePhoto = useDeletePhoto();
  const onceShown = useOnceShown();
  const heading = useRef<HTMLHeadingElement>(null);
  const [error, setError] = useState<string | null>(null);
  if (photos.length === 0) return null;
  const remove = async (id: string) => {
    setError(null);
    try {
      await deletePhoto(id);
      // The button that was pressed is gone with its photo, and the whole list with the last one.
      onceShown(() => (heading.current ?? document.getElementById('main'))?.focus());
    } catch (cause) {
      const { title, advice } = tellError(toApiError(cause), words);
      setError(`${title}. ${advice}`);
    }
  };
  return (
    <section className={styles.recent} aria-labelledby="recent">
      <h2 id="recent" ref={heading} tabIndex={-1}>
        {t('start.own')}
      </h2>
      <p>{t('start.ownKept')}</p>
      <ul className={styles.photos}>
        {photos.map(({ id, thumbnail }, index) => (
          <li key={id}>
            <Link
              href={`/photos/${id}`}
              prefetch={false}
              aria-label={t('start.ownPhoto', { number: index + 1 })}
            >
              <img src={atWidth(thumbnail, 160)} alt="" loading="lazy" />
            </Link>
            <button
              type="button"
              className={styles.remove}
              aria-label={t('start.deleteOwn', { number: index + 1 })}
              onClick={() => remove(id)}
            >
              <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <FormError>{error}</FormError>
    </section>
  );
}
