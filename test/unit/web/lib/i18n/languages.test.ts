import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../../../../web/lib/i18n/languages.ts';

describe('the language of a page', () => {
  it.each<[string | null, string, string]>([
    [null, 'en', 'en-GB'],
    ['', 'en', 'en-GB'],
    ['de', 'de', 'de-DE'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de', 'de-AT'],
    ['nl,fr;q=0.7,es;q=0.8', 'es', 'es-ES'],
    ['it-IT,it;q=0.9', 'en', 'en-GB'],
    ['fr-CA , en;q=0.2', 'fr', 'fr-CA'],
    ['de;q=0, es', 'es', 'es-ES'],
    ['en-US,de;q=0.9', 'en', 'en-US'],
    ['*', 'en', 'en-GB'],
    ['de-'.repeat(50_000), 'en', 'en-GB'],
    ['de;q=abc,<script>,fr', 'fr', 'fr-FR'],
    ["constructor,toString,es-MX';drop", 'en', 'en-GB'],
  ])('of a shop without one is the browser’s: %s', (header, language, locale) => {
    expect(chooseLanguage(null, header)).toEqual({ language, locale });
  });

  it('is the shop’s where it has one, in the country that the browser names', () => {
    expect(chooseLanguage('fr', 'de-AT,de;q=0.9')).toEqual({ language: 'fr', locale: 'fr-FR' });
    expect(chooseLanguage('de', 'en-US,de-CH;q=0.5')).toEqual({ language: 'de', locale: 'de-CH' });
    expect(chooseLanguage('es', null)).toEqual({ language: 'es', locale: 'es-ES' });
  });
});
