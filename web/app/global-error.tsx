'use client';

import { useHydrated } from '@/lib/hooks/use-hydrated.ts';
import { chooseLanguage } from '@/lib/i18n/languages.ts';
import { LAST_WORDS } from '@/lib/i18n/last-words.ts';
import './globals.css';

/** Stands in for the whole document where even the page's frame failed. */
export default function GlobalError() {
  const { language } = chooseLanguage(null, useHydrated() ? navigator.languages.join() : null);
  const { title, again } = LAST_WORDS[language];
  return (
    <html lang={language}>
      <body>
        <main style={{ padding: '2rem' }}>
          <h1>{title}</h1>
          <p>
            <a href="/">{again}</a>
          </p>
        </main>
      </body>
    </html>
  );
}
