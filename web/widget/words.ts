import type { Language } from '../lib/i18n/languages.ts';

/** The messages of web/lib/i18n that the widget says, by their keys. build.ts puts them in, in all languages. */
export const WIDGET_KEYS = [
  'similar.list',
  'outfits.title',
  'outfits.total',
  'items.sale',
  'items.former',
  'action.searchByPhoto',
  'action.takePhoto',
] as const;
export type WidgetKey = (typeof WIDGET_KEYS)[number];

export type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

declare const WIDGET_WORDS: Words<WidgetKey>;

export function say(language: Language, key: WidgetKey): string {
  return WIDGET_WORDS[language][key];
}
