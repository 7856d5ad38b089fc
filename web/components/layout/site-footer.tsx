'use client';

import Link from 'next/link';
import { DemoNote } from './demo-note.tsx';
import styles from './site-footer.module.css';

export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <DemoNote />
        <p>
          A photo that you search with is kept for a short while on this server, and you can delete it at
          once.
        </p>
        <p>
          <Link href="/manage" prefetch={false} className={styles.manage}>
            Manage the shop
          </Link>
        </p>
      </div>
    </footer>
  );
}
