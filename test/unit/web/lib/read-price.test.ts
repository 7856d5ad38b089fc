import { describe, expect, it } from 'vitest';
import { examplePrice, readPrice, writePrice } from '../../../../web/lib/read-price.ts';

describe('a price as a visitor writes it', () => {
  it.each([
    ['en', '1,299', 1299],
    ['en', '1,299.90', 1299.9],
    ['en', '19.90', 19.9],
    ['en-IN', '1,29,900', 129900],
    ['de', '1.299', 1299],
    ['de', '1.299,90', 1299.9],
    ['de', '19,90', 19.9],
    ['es', '1.299', 1299],
    ['fr', '1 299,90', 1299.9],
    ['fr', '1\u202f299', 1299],
    ['de-CH', '1’299.90', 1299.9],
    ['en', '0', 0],
    ['en', '.5', 0.5],
  ])('is read as the page in %s writes numbers: %s', (locale, text, price) => {
    expect(readPrice(text, locale)).toBe(price);
  });

  it.each([
    ['en', '12,5', 12.5],
    ['de', '19.90', 19.9],
    ['en', '1.299,90', 1299.9],
    ['de', '1,299,000', 1299000],
    ['fr', '0.125', 0.125],
  ])(
    'is read in another way of writing where that can mean one number alone: in %s, %s',
    (locale, text, price) => {
      expect(readPrice(text, locale)).toBe(price);
    },
  );

  it.each([
    ['en', '1.299'],
    ['de', '1,299'],
    ['fr', '1.299'],
    ['fr', '1,299'],
    ['de-CH', '1.299'],
  ])('is not read where it may mean two: in %s, %s', (locale, text) => {
    expect(readPrice(text, locale)).toBeNull();
  });

  it.each([
    '',
    '.',
    'ten',
    '-5',
    '1e3',
    '1 29',
    '1,29,9',
    '1.2.3',
    '12,34.56,78',
    '1299,000',
    '9'.repeat(400),
  ])('is not read where it is none: %s', (text) => {
    expect(readPrice(text, 'en')).toBeNull();
  });

  it('may have thousandths in a currency of thousandths', () => {
    expect(readPrice('1.299', 'en', 3)).toBe(1.299);
    expect(readPrice('1,299', 'en', 3)).toBe(1299);
    expect(readPrice('1,299', 'de', 3)).toBe(1.299);
  });

  it.each(['en', 'de', 'fr', 'es', 'de-CH', 'en-IN', 'ar'])(
    'is read back as it is shown, in %s',
    (locale) => {
      for (const price of [0, 19.9, 1299, 1299.5, 12345678.99])
        expect(readPrice(writePrice(price, locale), locale)).toBe(price);
      expect(readPrice(examplePrice(locale), locale)).toBe(1299.5);
      expect(readPrice(examplePrice(locale, 0), locale, 0)).toBe(1299);
      expect(readPrice(examplePrice(locale, 3), locale, 3)).toBe(1299.5);
    },
  );
});
