import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { LanguageProvider } from '@/components/layout/language-provider.tsx';
import { PageFrame } from '@/components/layout/page-frame.tsx';
import { QueryProvider } from '@/components/layout/query-provider.tsx';
import { serverBridge } from '@/lib/api/in-server.ts';
import { withShop } from '@/lib/arriving.ts';
import { HOLD_DROPS } from '@/lib/early-drops.ts';
import { RELOAD_ON_STEPS } from '@/lib/early-steps.ts';
import { COMPILED } from '@/lib/i18n/compiled.ts';
import { findLanguage, findWords } from '@/lib/i18n/page-words.ts';
import { MARK_SESSION } from '@/lib/session.ts';
import { serif } from './serif.ts';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const origin = serverBridge()?.publicOrigin;
  const { t } = await findWords();
  return {
    ...(origin && { metadataBase: new URL(origin) }),
    title: { default: t('site.title'), template: '%s · Armoire' },
    description: t('site.description'),
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfcfb' },
    { media: '(prefers-color-scheme: dark)', color: '#121416' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The build has no shop to ask: pages are rendered when they are asked for.
  await connection();
  const { language, locale } = await findLanguage();
  return (
    <html lang={language} className={serif.variable} suppressHydrationWarning>
      <body>
        <script nonce={serverBridge()?.nonce}>{`${HOLD_DROPS};${RELOAD_ON_STEPS};${MARK_SESSION}`}</script>
        <QueryProvider>
          <HydrationBoundary state={await withShop()}>
            <LanguageProvider locale={locale} messages={COMPILED[language]}>
              <PageFrame>{children}</PageFrame>
            </LanguageProvider>
          </HydrationBoundary>
        </QueryProvider>
      </body>
    </html>
  );
}
