'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useUpload } from '@/components/photo/upload-provider.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './site-header.module.css';

export function SiteHeader() {
  const path = usePathname();
  const { start } = useUpload();
  const { t } = useWords();
  const managing = path.startsWith('/manage');
  const signedIn = useIsMerchandiser();
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        {/* No prefetch: the server renders each page anew, so it should only do so when somebody opens it. */}
        <Link href="/" prefetch={false} className={styles.wordmark}>
          Armoire
        </Link>
        <nav className={styles.nav} aria-label={t('site.main')}>
          <Link
            href="/"
            prefetch={false}
            className={styles.search}
            aria-current={path === '/' ? 'page' : undefined}
          >
            {t('site.search')}
          </Link>
          <Link href="/items" prefetch={false} aria-current={path === '/items' ? 'page' : undefined}>
            {t('site.catalogue')}
          </Link>
          {signedIn && (
            <Link
              href="/manage"
              prefetch={false}
              className={managing ? undefined : styles.extra}
              aria-current={managing ? 'page' : undefined}
            >
              {t('site.manage')}
            </Link>
          )}
          {path !== '/' && !managing && <FileButton onFile={start}>{t('site.newPhoto')}</FileButton>}
        </nav>
      </div>
    </header>
  );
}
