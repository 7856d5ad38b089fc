import { expect, it } from 'vitest';
import { formatMinor, parsePrice } from '../../../../server/vocabulary/money.ts';

it.each([
  ['19.90 EUR', 1990, 'EUR'],
  ['19,90 EUR', 1990, 'EUR'],
  ['EUR 19.9', 1990, 'EUR'],
  ['€19.90', 1990, 'EUR'],
  ['19 eur', 1900, 'EUR'],
  ['1,299.00 USD', 129900, 'USD'],
  ['1.299,00 EUR', 129900, 'EUR'],
  ['1 299,00 EUR', 129900, 'EUR'],
  ['1,299 USD', 129900, 'USD'],
  ['1.234.567 EUR', 123456700, 'EUR'],
  ['500 JPY', 500, 'JPY'],
  ['500.00 JPY', 500, 'JPY'],
  ['1.250 KWD', 1250, 'KWD'],
  ['19.9000 EUR', 1990, 'EUR'],
  ['19.90', 1990, null],
  ['0 EUR', 0, 'EUR'],
])('"%s" is %i minor units of %s', (text, minor, currency) => {
  expect(parsePrice(text)).toEqual({ minor, currency });
});

it.each([
  '',
  'free',
  '-5 EUR',
  '1.299 EUR',
  '19.905 EUR',
  '5 EUROS',
  '5 XYZ',
  '€5 EUR',
  '1e3 EUR',
  '5.5.5 EUR',
  '9'.repeat(20),
])('"%s" is no price', (text) => {
  expect(parsePrice(text)).toBeUndefined();
});

it('writes minor units as the currency does', () => {
  expect([formatMinor(1990, 'EUR'), formatMinor(500, 'JPY'), formatMinor(1250, 'KWD')]).toEqual([
    '19.90',
    '500',
    '1.250',
  ]);
});
