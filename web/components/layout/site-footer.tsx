'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useWords } from '@/lib/i18n/use-words.ts';
import { DemoNote } from './demo-note.tsx';
import styles from './site-footer.module.css';

export function SiteFooter() {
  const { t } = useWords();
  // What shoppers are told, and the way to the other side, are not for those who are there.
  const managing = usePathname().startsWith('/manage');
  if (managing) return null;
  return (
    <footer className={styles.footer}>
      <div className={styles.inner}>
        <DemoNote />
        <p>{t('site.privacy')}</p>
        <p>
          <Link href="/manage" prefetch={false} className={styles.manage}>
            {t('site.manageShop')}
          </Link>
        </p>
      </div>
    </footer>
  );
}
