import { LANGUAGES, LOCALES, type Spoken } from '../lib/i18n/languages.ts';

/** The language in which an element stands: that of the nearest `lang` around it, else the browser's; English if neither is known. */
export function languageAt(element: Element): Spoken {
  const tag = langAround(element) || navigator.language;
  const language = LANGUAGES.find((one) => tag.toLowerCase().split('-')[0] === one);
  if (!language) return { language: 'en', locale: LOCALES.en };
  return { language, locale: tag.includes('-') && isLocale(tag) ? tag : LOCALES[language] };
}

function langAround(element: Element): string {
  const lang = element.closest<HTMLElement>('[lang]')?.lang;
  if (lang) return lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? langAround(root.host) : '';
}

function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
