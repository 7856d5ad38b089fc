import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../../web/lib/api/errors.ts';
import { LANGUAGES } from '../../../../../web/lib/i18n/languages.ts';
import {
  sayColour,
  sayGarmentWithin,
  sayList,
  sayMoney,
  sayShare,
  sayTime,
} from '../../../../../web/lib/i18n/say.ts';
import { sayReason } from '../../../../../web/lib/i18n/say-reason.ts';
import { tellError } from '../../../../../web/lib/i18n/tell-error.ts';
import { wordsOf } from './words-of.ts';

/** With the spaces of every kind as plain ones. */
const plain = (text: string) => text.replace(/\s/gu, ' ');
const inAll = (say: (words: ReturnType<typeof wordsOf>) => string) =>
  LANGUAGES.map((language) => plain(say(wordsOf(language))));

describe('in English, German, French and Spanish', () => {
  it('prices, shares and times are written as there', () => {
    expect(inAll((words) => sayMoney(words, { amount: '1299.90', currency: 'EUR' }))).toEqual([
      '€1,299.90',
      '1.299,90 €',
      '1 299,90 €',
      '1299,90 €',
    ]);
    expect(inAll((words) => sayShare(words, 0.873))).toEqual(['87%', '87 %', '87 %', '87 %']);
    expect(inAll((words) => sayTime(words, '2026-11-24T11:13:00Z', 'UTC'))).toEqual([
      '24 Nov 2026, 11:13 UTC',
      '24.11.2026, 11:13 UTC',
      '24 nov. 2026, 11:13 UTC',
      '24 nov 2026, 11:13 UTC',
    ]);
  });

  it('lists and plurals are', () => {
    expect(inAll((words) => sayList(words, ['a', 'b', 'c'], 'disjunction'))).toEqual([
      'a, b or c',
      'a, b oder c',
      'a, b ou c',
      'a, b o c',
    ]);
    expect(inAll(({ t }) => t('outfits.count', { count: 1 }))).toEqual([
      '1 outfit',
      '1 Outfit',
      '1 tenue',
      '1 conjunto',
    ]);
    // None is singular in French.
    expect(inAll(({ t }) => t('outfits.count', { count: 0 }))).toEqual([
      '0 outfits',
      '0 Outfits',
      '0 tenue',
      '0 conjuntos',
    ]);
  });

  it('garments are small within a sentence, except for German nouns', () => {
    expect(inAll((words) => sayGarmentWithin(words, { category: 'SKIRT' }))).toEqual([
      'skirt',
      'Rock',
      'jupe',
      'falda',
    ]);
  });

  it('a feed’s word for a colour is translated where it is a plain English one', () => {
    expect(inAll((words) => sayColour(words, 'Navy'))).toEqual([
      'navy',
      'Marineblau',
      'bleu marine',
      'azul marino',
    ]);
    expect(inAll((words) => sayColour(words, 'cobalt'))).toEqual(Array(4).fill('cobalt'));
    expect(sayColour(wordsOf('de'), 'constructor')).toBe('constructor');
  });

  it('a match’s reason is told', () => {
    const reason = {
      category: { match: 'SKIRT', agrees: true, likeness: 'ALIKE' },
      colour: { query: 'NAVY', match: 'BLUE', relation: 'ANOTHER_SHADE', word: 'cobalt', likeness: 'PARTLY' },
      pattern: { match: 'STRIPED', agrees: true, likeness: 'PARTLY' },
    } as const;
    expect(inAll((words) => sayReason(words, reason))).toEqual([
      'same category (skirt), another blue (cobalt), same pattern (striped)',
      'gleiche Kategorie (Rock), anderes Blau (cobalt), gleiches Muster (gestreift)',
      'même catégorie (jupe), un autre bleu (cobalt), même motif (rayures)',
      'misma categoría (falda), otro azul (cobalt), mismo estampado (rayas)',
    ]);
    const unknown = { match: null, agrees: null, likeness: 'ALIKE' } as const;
    expect(inAll((words) => sayReason(words, { ...reason, pattern: unknown }))[0]).toMatch(/pattern alike$/);
    const plain = { match: 'PLAIN', agrees: true, likeness: 'DIFFERENT' } as const;
    expect(inAll((words) => sayReason(words, { ...reason, pattern: plain }))[0]).toMatch(/other pattern$/);
  });

  it('an error is told by its code; in English the server’s own sentence says more', () => {
    const error = new ApiError('IMAGE_TRUNCATED', 'The PNG ends after 4 kB.');
    expect(inAll((words) => tellError(error, words).advice)).toEqual([
      'The PNG ends after 4 kB. Save or download it once more, then choose it again.',
      'Ein Teil des Bildes fehlt. Noch einmal speichern oder herunterladen und dann erneut auswählen.',
      'Il manque une partie de l’image. Enregistrez-la ou téléchargez-la à nouveau, puis choisissez-la encore une fois.',
      'Falta una parte de la imagen. Guárdela o descárguela de nuevo y vuelva a elegirla.',
    ]);
    const unknown = new ApiError('A_CODE_OF_TOMORROW', 'Something new.');
    expect(tellError(unknown, wordsOf('de')).advice).not.toContain('Something');
    expect(tellError(new ApiError('BUSY', '', 7), wordsOf('fr')).advice).toContain('(Environ 7 s.)');
  });
});
