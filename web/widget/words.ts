/** The words that the widget says, of the shoppers' pages' own: build.ts puts them in, in all languages. */
import type { Language } from '../lib/i18n/languages.ts';
import type { PhotoKey, WidgetKey } from './word-keys.ts';

export type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

declare const WIDGET_WORDS: Words<WidgetKey>;
declare const PHOTO_WORDS: Words<PhotoKey>;

export const say = (language: Language, key: WidgetKey): string => WIDGET_WORDS[language][key];
export const sayOfPhoto = (language: Language, key: PhotoKey): string => PHOTO_WORDS[language][key];
