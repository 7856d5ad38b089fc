'use client';

import Link from 'next/link';
import { useWords } from '@/lib/i18n/use-words.ts';
import { useLastPhoto } from '@/lib/last-photo.ts';
import styles from './item-page.module.css';

/** Back to the photo that the item was found with, or else to the catalogue. */
export function WayBack() {
  const { t } = useWords();
  const photo = useLastPhoto();
  return (
    <p className={styles.back}>
      <Link href={photo ?? '/items'} prefetch={false}>
        <span aria-hidden="true">‹ </span>
        {photo ? t('photo.back') : t('site.catalogue')}
      </Link>
    </p>
  );
}
