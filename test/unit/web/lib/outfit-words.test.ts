import { expect, it } from 'vitest';
import type { Outfit } from '../../../../web/lib/api/outfit-shapes.ts';
import { outfitTitle } from '../../../../web/lib/outfit-words.ts';
import { wordsOf } from './i18n/words-of.ts';

it('an outfit is praised only if it has a pair', () => {
  const title = (outfit: Partial<Outfit>) =>
    outfitTitle(wordsOf('en'), { score: 1, isShops: false, lookName: null, pairs: [], ...outfit } as Outfit);
  const pairs = [{}] as Outfit['pairs'];
  expect(title({ pairs })).toBe('Goes very well together');
  expect(title({ pairs, score: 0.5 })).toBe('Goes together');
  expect(title({})).toBe('Outfit');
  expect(title({ isShops: true, lookName: 'City' })).toBe('City');
});
