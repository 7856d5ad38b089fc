'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { DropVeil } from '@/components/photo/drop-veil.tsx';
import { UploadProvider } from '@/components/photo/upload-provider.tsx';
import { UploadView } from '@/components/photo/upload-view.tsx';
import { takeEarlyDrop } from '@/lib/early-drops.ts';
import { takeSteps } from '@/lib/early-steps.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './page.module.css';
import { ShopProvider } from './shop-provider.tsx';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';

/** The frame around every page. While a photo is being parsed, its upload takes the page's place. */
export function PageFrame({ children }: { children: ReactNode }) {
  const { t } = useWords();
  // On the merchandisers' pages, a dropped file is a feed.
  const managing = usePathname().startsWith('/manage');
  useEffect(takeSteps, []);
  useEffect(() => {
    if (managing) takeEarlyDrop();
  }, [managing]);
  return (
    <ShopProvider>
      <UploadProvider>
        <a href="#main" className={styles.skip}>
          {t('site.skip')}
        </a>
        <SiteHeader />
        <main id="main" tabIndex={-1} className={styles.page}>
          <UploadView>{children}</UploadView>
        </main>
        <SiteFooter />
        {!managing && <DropVeil />}
      </UploadProvider>
    </ShopProvider>
  );
}
