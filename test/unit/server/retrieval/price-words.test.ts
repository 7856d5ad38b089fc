import { describe, expect, it } from 'vitest';
import { takePrices } from '../../../../server/retrieval/price-words.ts';

describe('takePrices', () => {
  it.each<[string, number | null, number | null]>([
    ['under 50 euros', null, 50],
    ['under €50', null, 50],
    ['below 49,90 €', null, 49.9],
    ['under 1 299,90 €', null, 1299.9],
    ['between 1 000 and 12 000 euros', 1000, 12_000],
    ['at most 30', null, 30],
    ['no more than 30', null, 30],
    ['under 1.000', null, 1000],
    ['under 1.299 euros', null, 1299],
    ['under 1,299', null, 1299],
    ['under eur 50', null, 50],
    ['not over 30', null, 30],
    ['cheaper than 30', null, 30],
    ['max. 30', null, null],
    ['max 30', null, 30],
    ['over 100', 100, null],
    ['not under 50', 50, null],
    ['not more expensive than 50 euros', null, 50],
    ['more expensive than 50', 50, null],
    ['not cheaper than 50', 50, null],
    ['between 20 and 40', 20, 40],
    ['between 40 and 20', 20, 40],
    ['€20-€40', 20, 40],
    ['from 20 to 40 euros', 20, 40],
  ])('reads %s', (text, min, max) => {
    const { price } = takePrices(text);
    expect([price?.min ?? null, price?.max ?? null]).toEqual([min, max]);
  });

  it.each<[string, string, number | null, number | null]>([
    ['USD', 'less than $1,200.00', null, 1200],
    ['CAD', 'under 50 dollars', null, 50],
    ['GBP', 'no more than 30 pounds', null, 30],
    ['USD', 'at least 100 usd', 100, null],
    ['CHF', 'under 50 franken', null, 50],
    ['SEK', 'between 100 and 200 kronor', 100, 200],
    ['KWD', 'under 12.5', null, 12.5],
    ['KWD', 'under 5.500 kwd', null, 5.5],
    ['KWD', 'between 1,299 and 2,000.250', 1299, 2000.25],
  ])('reads a shop’s own currency, %s: %s', (currency, text, min, max) => {
    expect(takePrices(text, currency).price).toMatchObject({ min, max });
  });

  it.each([
    'under 50 dollars',
    'under $50',
    'under us$ 50',
    'no more than 30 pounds',
    'at least 100 usd',
    'under 50 franken',
    'between 20 and 40 dollars',
    'under 1e9',
    'under -5',
    'under 1.2.3',
  ])('says in a shop of euros that it does not understand: %s', (text) => {
    const { price, unread, rest } = takePrices(`blue ${text} please`);
    expect({ price, unread, rest: rest.replace(/\s+/g, ' ') }).toEqual({
      price: null,
      unread: [text],
      rest: 'blue please',
    });
  });

  it.each<[string, 'cheaper' | 'dearer']>([
    ['cheaper', 'cheaper'],
    ['a bit less expensive', 'cheaper'],
    ['more expensive', 'dearer'],
    ['much pricier', 'dearer'],
  ])('compares with the garment’s own price: %s', (text, thanOwn) => {
    expect(takePrices(text)).toEqual({
      price: { min: null, max: null, thanOwn, phrases: [text] },
      unread: [],
      rest: ' ',
    });
  });

  it.each(['not cheaper', 'not much cheaper', 'no more expensive'])(
    'takes nothing of what is not wanted: %s',
    (text) => {
      expect(takePrices(text)).toEqual({ price: null, unread: [text], rest: ' ' });
    },
  );

  it('leaves the other words', () => {
    expect(takePrices('in blue, under 50 euros and cheaper').rest.replace(/\s+/g, ' ')).toBe('in blue, and ');
  });

  it.each(['size 36-38', 'from 36 to 38', 'under the knee', '501', 'with 3 buttons', 'cheap', 'underwear'])(
    'leaves what is no price: %s',
    (text) => {
      expect(takePrices(text)).toEqual({ price: null, unread: [], rest: text });
    },
  );
});
