import type { Language } from '../lib/i18n/languages.ts';
import type { Words } from './words.ts';

/** The messages that the photo search says, once it is used. */
export const PHOTO_KEYS = [
  'action.close',
  'action.anotherPhoto',
  'photo.headingOwn',
  'photo.none',
  'photo.noneBest',
  'similar.nothing',
  'upload.parsing',
  'error.IMAGE_TOO_LARGE.title',
  'error.NOT_AN_IMAGE.title',
  'error.IMAGE_FORMAT_UNSUPPORTED.title',
  'error.IMAGE_TRUNCATED.title',
  'error.RATE_LIMITED.title',
  'error.BUSY.title',
  'error.UNREACHABLE.title',
  'error.INTERNAL_SERVER_ERROR.title',
  'category.SHORT_SLEEVE_TOP',
  'category.LONG_SLEEVE_TOP',
  'category.SHORT_SLEEVE_OUTWEAR',
  'category.LONG_SLEEVE_OUTWEAR',
  'category.VEST',
  'category.SLING',
  'category.SHORTS',
  'category.TROUSERS',
  'category.SKIRT',
  'category.SHORT_SLEEVE_DRESS',
  'category.LONG_SLEEVE_DRESS',
  'category.VEST_DRESS',
  'category.SLING_DRESS',
  'category.WHOLE',
] as const;
export type PhotoKey = (typeof PHOTO_KEYS)[number];

declare const PHOTO_WORDS: Words<PhotoKey>;

export function sayOfPhoto(language: Language, key: PhotoKey): string {
  return Object.entries(PHOTO_WORDS[language]).find(([name]) => name === key)![1];
}
