'use client';

import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Language } from './languages.ts';
import type { Words } from './words.ts';

/** The words of the page's language. */
export function useWords(): Words {
  const t = useTranslations();
  const locale = useLocale();
  return useMemo(() => ({ t, locale, language: locale.slice(0, 2) as Language }), [t, locale]);
}
