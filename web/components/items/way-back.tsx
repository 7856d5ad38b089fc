'use client';

import Link from 'next/link';
import { useLastPhoto } from '@/lib/last-photo.ts';
import styles from './item-page.module.css';

/** Back to the photo that the item was found with, or else to the catalogue. */
export function WayBack() {
  const photo = useLastPhoto();
  return (
    <p className={styles.back}>
      <Link href={photo ?? '/items'} prefetch={false}>
        <span aria-hidden="true">‹ </span>
        {photo ? 'Back to the photo' : 'Catalogue'}
      </Link>
    </p>
  );
}
