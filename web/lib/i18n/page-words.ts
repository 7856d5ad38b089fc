/** The language of a page that is rendered on the server. */
import { headers } from 'next/headers';
import { cache } from 'react';
import { createTranslator } from 'use-intl/core';
import { findShop } from '../arriving.ts';
import { COMPILED } from './compiled.ts';
import { chooseLanguage, type Spoken } from './languages.ts';
import type { Translate, Words } from './words.ts';

// Once per page.
export const findLanguage: () => Promise<Spoken> = cache(async () => {
  const [shop, header] = await Promise.all([findShop(), headers()]);
  const shops = shop?.language ? LANGUAGES_OF_SHOPS[shop.language] : null;
  return chooseLanguage(shops, header.get('accept-language'));
});

const LANGUAGES_OF_SHOPS = { EN: 'en', DE: 'de', FR: 'fr', ES: 'es' } as const;

/** For titles and descriptions; components have `useWords`. */
export async function findWords(): Promise<Words> {
  const spoken = await findLanguage();
  const t = createTranslator({ locale: spoken.locale, messages: COMPILED[spoken.language] });
  return { ...spoken, t: t as unknown as Translate };
}
