import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { LanguageProvider } from '@/components/layout/language-provider.tsx';
import { ManageFrame } from '@/components/manage/manage-frame.tsx';
import { COMPILED } from '@/lib/i18n/compiled.ts';
import { LOCALES } from '@/lib/i18n/languages.ts';

export const metadata: Metadata = { title: 'Manage', robots: { index: false } };

export default function Layout({ children }: { children: ReactNode }) {
  // The studio is in English, whatever the shop's language.
  return (
    <div lang="en">
      <LanguageProvider locale={LOCALES.en} messages={COMPILED.en}>
        <ManageFrame>{children}</ManageFrame>
      </LanguageProvider>
    </div>
  );
}
