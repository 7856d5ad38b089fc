/** The languages of the shoppers' pages, by their tags (BCP 47), each with the locale of its numbers and dates. */
export const LOCALES = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' } as const;

export type Language = keyof typeof LOCALES;
export const LANGUAGES = Object.keys(LOCALES) as Language[];

export interface Spoken {
  language: Language;
  /** The language as the visitor's country writes numbers and dates, where the browser says it: `de-AT`. */
  locale: string;
}

/** The shop's language; if it has none, the first of the browser's that the pages have, else English. */
export function chooseLanguage(shops: Language | null, acceptLanguage: string | null): Spoken {
  const accepted = readAcceptLanguage(acceptLanguage ?? '');
  const language = shops ?? accepted.map(languageOf).find((one) => one !== null) ?? 'en';
  const locale = accepted.find((tag) => languageOf(tag) === language && tag.includes('-'));
  return { language, locale: locale ?? LOCALES[language] };
}

function languageOf(tag: string): Language | null {
  const [language] = tag.split('-');
  return LANGUAGES.find((one) => one === language) ?? null;
}

/** More are not looked at. */
const MOST_TAGS = 20;

/** The tags of the header that browsers send, the best liked first: `de-AT,de;q=0.9,en;q=0.5`. */
function readAcceptLanguage(header: string): string[] {
  return header
    .split(',', MOST_TAGS)
    .flatMap((part) => {
      const [, tag, quality = '1'] =
        /^\s*([a-z]{2}(?:-[a-z\d]{2,8})*)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(part) ?? [];
      const [known] = tag ? Intl.NumberFormat.supportedLocalesOf(tag) : [];
      return known && Number(quality) > 0 ? [{ tag: known, quality: Number(quality) }] : [];
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
