import type { useTranslations } from 'use-intl';
import type { Language } from './languages.ts';
import type { en } from './messages/en.ts';

declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof en;
  }
}

/** Gives a message of the page's language by its key. */
export type Translate = ReturnType<typeof useTranslations<never>>;

/** What a page says things with. */
export interface Words {
  t: Translate;
  language: Language;
  /** Of numbers and dates: `de-AT`. */
  locale: string;
}
