import { createTranslator } from 'use-intl/core';
import { type Language, LOCALES } from '../../../../../web/lib/i18n/languages.ts';
import { MESSAGES } from '../../../../../web/lib/i18n/messages/index.ts';
import type { Translate, Words } from '../../../../../web/lib/i18n/words.ts';

/** What a page in this language says things with. */
export function wordsOf(language: Language): Words {
  const locale = LOCALES[language];
  const t = createTranslator({ locale, messages: MESSAGES[language] }) as unknown as Translate;
  return { t, language, locale };
}
