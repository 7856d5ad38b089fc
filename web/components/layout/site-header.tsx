'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useUpload } from '@/components/photo/upload-provider.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import styles from './site-header.module.css';

export function SiteHeader() {
  const path = usePathname();
  const { start } = useUpload();
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link href="/" className={styles.wordmark}>
          Armoire
        </Link>
        <nav className={styles.nav} aria-label="Main">
          <Link href="/" className={styles.search} aria-current={path === '/' ? 'page' : undefined}>
            Search
          </Link>
          <Link href="/items" aria-current={path === '/items' ? 'page' : undefined}>
            Catalogue
          </Link>
          {path !== '/' && <FileButton onFile={start}>New photo</FileButton>}
        </nav>
      </div>
    </header>
  );
}
