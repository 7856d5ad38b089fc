import { describe, expect, it } from 'vitest';
import { isCurrency } from '../../../../server/vocabulary/currency-sign.ts';
import { formatMinor, limitInMinor, parsePrice } from '../../../../server/vocabulary/money.ts';

const NARROW = '\u202f';
const THIN = '\u2009';

describe('a price', () => {
  it.each([
    ['19.90 EUR', 1990, 'EUR'],
    ['19,90 EUR', 1990, 'EUR'],
    ['EUR 19.9', 1990, 'EUR'],
    ['EUR19.90', 1990, 'EUR'],
    ['19.90EUR', 1990, 'EUR'],
    ['€19.90', 1990, 'EUR'],
    ['19,90 €', 1990, 'EUR'],
    ['19 eur', 1900, 'EUR'],
    ['19,90 Euro', 1990, 'EUR'],
    ['€5 EUR', 500, 'EUR'],
    ['1,299.00 USD', 129900, 'USD'],
    ['$1,299.00 USD', 129900, 'USD'],
    ['USD $19.99', 1999, 'USD'],
    ['US$ 19.99', 1999, 'USD'],
    ['US $19.99', 1999, 'USD'],
    ['$29.95 AUD', 2995, 'AUD'],
    ['A$29', 2900, 'AUD'],
    ['AU$29.50', 2950, 'AUD'],
    ['C$ 45.00', 4500, 'CAD'],
    ['CA$45', 4500, 'CAD'],
    ['NZ$ 30', 3000, 'NZD'],
    ['HK$1,200', 120000, 'HKD'],
    ['R$ 1.299,90', 129990, 'BRL'],
    ['£19', 1900, 'GBP'],
    ['19.99 £', 1999, 'GBP'],
    ['1.299,00 EUR', 129900, 'EUR'],
    ['1 299,00 EUR', 129900, 'EUR'],
    [`1${NARROW}299,00${NARROW}€`, 129900, 'EUR'],
    [`12${THIN}345,67 €`, 1234567, 'EUR'],
    ['1\u00a0234\u00a0567 €', 123456700, 'EUR'],
    ["CHF 1'299.50", 129950, 'CHF'],
    ['1’299.50 CHF', 129950, 'CHF'],
    ['49.– CHF', 4900, 'CHF'],
    ['CHF 49.-', 4900, 'CHF'],
    ['49.— CHF', 4900, 'CHF'],
    ['SFr. 49.90', 4990, 'CHF'],
    ["1'299.-- CHF", 129900, 'CHF'],
    ['€ 1.299,-', 129900, 'EUR'],
    ['19,- €', 1900, 'EUR'],
    ['199,-- EUR', 19900, 'EUR'],
    ['1.299,– EUR', 129900, 'EUR'],
    ['1,299 USD', 129900, 'USD'],
    ['£1,299', 129900, 'GBP'],
    ['₹1,299', 129900, 'INR'],
    ['₹ 1,29,999.00', 12999900, 'INR'],
    ['₹12,34,567', 123456700, 'INR'],
    ['1299,000 EUR', 129900, 'EUR'],
    ['1299.000 EUR', 129900, 'EUR'],
    ['1,299.000 USD', 129900, 'USD'],
    ['1.234.567 EUR', 123456700, 'EUR'],
    ['19,90 zł', 1990, 'PLN'],
    ['1 299,00 zł', 129900, 'PLN'],
    ['199 Kč', 19900, 'CZK'],
    ['1.299,90 TL', 129990, 'TRY'],
    ['₺1.299,90', 129990, 'TRY'],
    ['1 299 ₽', 129900, 'RUB'],
    ['1299 руб.', 129900, 'RUB'],
    ['499 грн.', 49900, 'UAH'],
    ['₪ 129.90', 12990, 'ILS'],
    ['R 1 299.00', 129900, 'ZAR'],
    ['5000 JPY', 5000, 'JPY'],
    ['500 JPY', 500, 'JPY'],
    ['500.00 JPY', 500, 'JPY'],
    ['5,000円', 5000, 'JPY'],
    ['¥5,000 JPY', 5000, 'JPY'],
    ['29,000 KRW', 29000, 'KRW'],
    ['₩29,000', 29000, 'KRW'],
    ['500.000 ₫', 500000, 'VND'],
    ['500.000 VND', 500000, 'VND'],
    ['1.250 KWD', 1250, 'KWD'],
    ['12.500 KWD', 12500, 'KWD'],
    ['19.9000 EUR', 1990, 'EUR'],
    ['0.500 EUR', 50, 'EUR'],
    ['19.90', 1990, null],
    ['12,345.67', 1234567, null],
    ['19', 1900, null],
    ['19,-', 1900, null],
    ['0 EUR', 0, 'EUR'],
    ['０１９．９０ EUR', 1990, 'EUR'],
    ['١٩٫٩٠ EUR', 1990, 'EUR'],
  ])('"%s" is %i minor units of %s', (text, minor, currency) => {
    expect(parsePrice(text)).toEqual({ minor, currency });
  });

  it.each([
    ['$19.99', 'USD', 1999, 'USD'],
    ['$19.99', 'CAD', 1999, 'CAD'],
    ['$1,299.00', 'AUD', 129900, 'AUD'],
    ['$ 1.299,90', 'ARS', 129990, 'ARS'],
    ['$29.990', 'CLP', 29990, 'CLP'],
    ['1299 kr', 'SEK', 129900, 'SEK'],
    ['1 299 kr', 'NOK', 129900, 'NOK'],
    ['kr 299,00', 'DKK', 29900, 'DKK'],
    ['299,95 kr.', 'DKK', 29995, 'DKK'],
    ['299:-', 'SEK', 29900, null],
    ['1 299:-', 'SEK', 129900, null],
    ['kr. 1.299,-', 'DKK', 129900, 'DKK'],
    ['1299.00 Rs', 'INR', 129900, 'INR'],
    ['Rs. 1,299', 'INR', 129900, 'INR'],
    ['Rs.1299/-', 'INR', 129900, 'INR'],
    ['Rs 2,500', 'LKR', 250000, 'LKR'],
    ['¥5,000', 'JPY', 5000, 'JPY'],
    ['￥299', 'CNY', 29900, 'CNY'],
    ['199 lei', 'RON', 19900, 'RON'],
    ['Fr. 49.90', 'CHF', 4990, 'CHF'],
    ['£500', 'EGP', 50000, 'EGP'],
    ['5000', 'JPY', 5000, null],
    ['1,299', 'USD', 129900, null],
    ['1,299', 'GBP', 129900, null],
  ])('"%s" in a shop of %s is %i minor units of %s', (text, shop, minor, currency) => {
    expect(parsePrice(text, shop)).toEqual({ minor, currency });
  });

  it.each([
    ['1.299 EUR', 'EUR', 'may be 1299.00 or 1.299'],
    ['1,299 EUR', 'EUR', 'may be 1299.00 or 1.299'],
    ['129.900 EUR', 'EUR', 'may be 129900.00 or 129.900'],
    ['1.299', 'EUR', 'may be 1299.00 or 1.299'],
    ['19.905 EUR', 'EUR', 'may be 19905.00 or 19.905'],
    ['1.299 USD', 'USD', 'may be'],
    ['1,299 kr', 'SEK', 'may be'],
    ['1.250 JPY', 'JPY', 'may be 1250 or 1.250'],
    ['1,250 KWD', 'KWD', 'may be'],
    ['$19.99', 'EUR', '"$" may be USD, CAD, AUD or another'],
    ['1299 kr', 'EUR', '"kr" may be SEK, NOK, DKK or another'],
    ['1299.00 Rs', 'EUR', '"Rs" may be INR, PKR, LKR or another'],
    ['¥5,000', 'EUR', '"¥" may be JPY or CNY'],
  ])('"%s" in a shop of %s is not guessed, since it %s', (text, shop, doubt) => {
    expect(parsePrice(text, shop)).toEqual({ doubt: expect.stringContaining(doubt) });
  });

  it.each([
    '',
    'free',
    'EUR',
    '-5 EUR',
    '−5 EUR',
    '5 EUROS USD',
    '5 XYZ',
    '$5 EUR',
    '1e3 EUR',
    '5.5.5 EUR',
    '19 90 EUR',
    '1 29 EUR',
    '19.90 JPY',
    'from 19.90',
    'ab 19,90 €',
    '19.90 - 29.90 EUR',
    '19.90/29.90 EUR',
    '19,90 € / Stück',
    '20%',
    '19.9.-',
    '9'.repeat(20),
  ])('"%s" is none', (text) => {
    expect(parsePrice(text)).toEqual({ doubt: 'is not an amount such as 19.90 EUR' });
  });
});

it('knows currencies from the other codes of ISO 4217', () => {
  const codes = ['EUR', 'JPY', 'XOF', 'XCG', 'XAU', 'XDR', 'XTS', 'XXX', 'BTC', 'eur', 'EU'];
  expect(codes.filter(isCurrency)).toEqual(['EUR', 'JPY', 'XOF', 'XCG']);
  expect(parsePrice('19.90 XAU')).toEqual({ doubt: 'is not an amount such as 19.90 EUR' });
});

it('writes minor units as the currency does', () => {
  expect([formatMinor(1990, 'EUR'), formatMinor(500, 'JPY'), formatMinor(1250, 'KWD')]).toEqual([
    '19.90',
    '500',
    '1.250',
  ]);
});

describe('a limit in minor units', () => {
  it.each<[number, string, number, number]>([
    [19.9, 'EUR', 1990, 1990],
    [99.995, 'EUR', 10_000, 9999],
    [999.6, 'JPY', 1000, 999],
    [1e-7, 'EUR', 1, 0],
    [0, 'EUR', 0, 0],
    [0.1 + 0.2, 'KWD', 300, 300],
    [123_456_789.12, 'EUR', 12_345_678_912, 12_345_678_912],
  ])('of %d %s lets nothing in that lies outside of it', (amount, currency, least, most) => {
    expect(limitInMinor(amount, currency, 'least')).toBe(least);
    expect(limitInMinor(amount, currency, 'most')).toBe(most);
  });
});
