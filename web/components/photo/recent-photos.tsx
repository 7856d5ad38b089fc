'use client';

import Link from 'next/link';
import { deletePhoto } from '@/lib/api/photos.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { atWidth } from '@/lib/image-url.ts';
import { forgetOwnPhoto, useOwnPhotos } from '@/lib/own-photos.ts';
import styles from './recent-photos.module.css';

/** The photos that this browser uploaded and the server still has, the newest first. */
export function RecentPhotos() {
  const { t } = useWords();
  const photos = useOwnPhotos();
  if (photos.length === 0) return null;
  const remove = async (id: string) => {
    // What the server no longer has needs no deleting there.
    await deletePhoto(id).catch(() => false);
    forgetOwnPhoto(id);
  };
  return (
    <section className={styles.recent} aria-labelledby="recent">
      <h2 id="recent">{t('start.own')}</h2>
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
    </section>
  );
}
