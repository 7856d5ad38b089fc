import { describe, expect, it } from 'vitest';
import { priceLimits } from '../../../../server/outfits/budget.ts';
import { planSlotQueries } from '../../../../server/outfits/candidates.ts';
import type { CheckedAsk } from '../../../../server/outfits/check-ask.ts';
import type { Fixed } from '../../../../server/outfits/fixed.ts';
import { keepsTo } from '../../../../server/outfits/keeps.ts';
import { scorePairs, sigmoid } from '../../../../server/outfits/pair-scores.ts';
import { contradict, occasionsOf, seasonsOf } from '../../../../server/outfits/seasons.ts';
import { noiseOf } from '../../../../server/outfits/seed.ts';
import type { Setting } from '../../../../server/outfits/setting.ts';
import { templatesOf } from '../../../../server/outfits/slots-to-fill.ts';
import { spread } from '../../../../server/outfits/spread.ts';
import { openSlots } from '../../../../server/outfits/templates.ts';
import { totalOf } from '../../../../server/outfits/total.ts';
import { makeFakeCompatibility } from '../../../helpers/fake-vision.ts';
import { makePiece } from '../../../helpers/pieces.ts';

describe('priceLimits', () => {
  const cheapest = new Map([
    ['bottom', 1000],
    ['outerwear', 5000],
  ]);

  it('gives each slot what the cheapest items of the others leave, and an even share of what is left over', () => {
    const limits = priceLimits([['bottom', 'outerwear']], cheapest, 8000);
    // 2000 is left over.
    expect(limits.get('bottom')).toEqual({ most: 3000, fair: 2000 });
    expect(limits.get('outerwear')).toEqual({ most: 7000, fair: 6000 });
  });

  it('is the widest of what several kinds of outfit allow, and the narrowest fair share', () => {
    const limits = priceLimits([['bottom'], ['bottom', 'outerwear']], cheapest, 8000);
    expect(limits.get('bottom')).toEqual({ most: 8000, fair: 2000 });
  });

  it('leaves out kinds of outfit that nobody can pay', () => {
    expect([...priceLimits([['bottom', 'outerwear'], ['bottom']], cheapest, 5999).keys()]).toEqual([
      'bottom',
    ]);
    expect(priceLimits([['bottom']], cheapest, 999).size).toBe(0);
    expect(priceLimits([['dress']], cheapest, 9999).size).toBe(0);
  });
});

describe('keepsTo', () => {
  const piece = (priceMinor: number | null, isGiven = false, more: object = {}) => ({
    row: { priceMinor, salePriceMinor: null, currency: 'EUR', availability: 'in_stock' as const, ...more },
    isGiven,
  });
  const within = (budgetMinor: number | null, ...items: ReturnType<typeof piece>[]) =>
    keepsTo({ budgetMinor, soldOutToo: false }, items, 'EUR');

  it('holds to the budget, by the prices that are shown', () => {
    expect(within(3000, piece(1000, true), piece(2000))).toBe(true);
    expect(within(2999, piece(1000, true), piece(2000))).toBe(false);
    expect(within(2000, piece(1000, true), piece(2000, false, { salePriceMinor: 1000 }))).toBe(true);
    expect(within(null, piece(1000, true), piece(null))).toBe(true);
  });

  it('knows no price in another currency, which what is given may have', () => {
    expect(within(3000, piece(null, true), piece(2000, false, { currency: null }))).toBe(true);
    expect(within(3000, piece(9000, true, { currency: 'USD' }), piece(2000))).toBe(true);
    expect(within(3000, piece(1000, true), piece(10, false, { currency: 'USD' }))).toBe(false);
  });

  it('lets nothing be sold out that was not given or asked for', () => {
    const soldOut = { availability: 'out_of_stock' };
    expect(within(null, piece(1000, true, soldOut), piece(2000))).toBe(true);
    expect(within(null, piece(1000, true), piece(2000, false, soldOut))).toBe(false);
    expect(keepsTo({ budgetMinor: null, soldOutToo: true }, [piece(2000, false, soldOut)], 'EUR')).toBe(true);
  });
});

describe('templatesOf', () => {
  it('names each kind of outfit once, also within a budget', () => {
    const fixedIn = (slot: string) => {
      const piece = makePiece('given', { slot });
      return { pieces: [piece], anchors: [piece] } as unknown as Fixed;
    };
    const of = (slot: string, hasItems: (slot: string) => boolean) =>
      templatesOf(
        { slots: null } as CheckedAsk,
        fixedIn(slot),
        { ownSlots: ['shoes'] } as unknown as Setting,
        true,
        hasItems,
      );
    expect(of('dress', () => true)).toEqual([['shoes'], ['outerwear', 'shoes'], ['outerwear']]);
    const whole = [['top', 'bottom'], ['outerwear', 'top', 'bottom'], ['dress'], ['outerwear', 'dress']];
    expect(of('shoes', () => true)).toEqual(whole);
    expect(of('top', (slot) => slot !== 'shoes')).toEqual([['bottom'], ['outerwear', 'bottom']]);
  });
});

describe('openSlots', () => {
  const any = () => true;

  it('completes what is taken by every kind of outfit that has it', () => {
    expect(openSlots(['top'], [], any, false)).toEqual([['bottom'], ['outerwear', 'bottom']]);
    expect(openSlots(['dress'], [], any, false)).toEqual([['outerwear']]);
    expect(openSlots(['outerwear'], [], any, false)).toEqual([['top', 'bottom'], ['dress']]);
    expect(openSlots(['top', 'bottom'], [], any, false)).toEqual([['outerwear']]);
    expect(openSlots(['top', 'bottom'], [], any, true)).toEqual([[], ['outerwear']]);
  });

  it('appends the slots of the shop that have items, three at most', () => {
    expect(openSlots(['dress'], ['shoes', 'bags'], (slot) => slot !== 'bags', false)).toEqual([
      ['shoes'],
      ['outerwear', 'shoes'],
    ]);
    expect(openSlots(['shoes'], ['shoes', 'a', 'b', 'c', 'd'], any, false)[0]).toEqual([
      'top',
      'bottom',
      'a',
      'b',
      'c',
    ]);
  });

  it('leaves out kinds of outfit for which the shop has nothing', () => {
    expect(openSlots(['top'], [], (slot) => slot !== 'bottom', false)).toEqual([]);
    expect(openSlots(['top'], [], (slot) => slot !== 'outerwear', false)).toEqual([['bottom']]);
  });
});

describe('planSlotQueries', () => {
  it('adds up what goes with several fixed pieces in one unit vector', async () => {
    const compatibility = makeFakeCompatibility();
    const fixed = [
      makePiece('a', { category: 1, embedding: Float32Array.from([1, 0]) }),
      makePiece('b', { category: 8, embedding: Float32Array.from([0, 1]) }),
    ];
    const queries = await planSlotQueries(compatibility, fixed, ['outerwear']);
    // The model's queries are the garments themselves: their sum lies halfway between them.
    expect(queries).toEqual([{ slot: 'outerwear', vector: Float32Array.from([Math.SQRT1_2, Math.SQRT1_2]) }]);
  });
});

describe('scorePairs', () => {
  it('has one probability for each pair, in either order', async () => {
    const a = makePiece('a', { embedding: Float32Array.from([1, 0]) });
    const b = makePiece('b', {
      slot: 'bottom',
      category: 8,
      embedding: Float32Array.from([0.5, Math.sqrt(0.75)]),
    });
    const score = await scorePairs(makeFakeCompatibility(), [[a], [b]]);
    expect(score(a, b)).toBeCloseTo(sigmoid(2), 6);
    expect(score(b, a)).toBe(score(a, b));
  });

  it('counts a pair of a look as probable at least', async () => {
    const a = makePiece('a');
    const b = makePiece('b', { slot: 'bags', category: 0, embedding: Float32Array.from([0, 1]) });
    const score = await scorePairs(makeFakeCompatibility(), [[a], [b]], () => true);
    expect(score(a, b)).toBe(0.9);
  });
});

describe('seasons and occasions', () => {
  it('reads what feeds write', () => {
    expect([...seasonsOf('Spring/Summer')!]).toEqual(['spring', 'summer']);
    expect([...seasonsOf('FW25')!]).toEqual(['autumn', 'winter']);
    expect([...seasonsOf('Été')!]).toEqual(['summer']);
    expect([...seasonsOf('Frühling, Herbst')!]).toEqual(['spring', 'autumn']);
    expect([...seasonsOf('otoño/invierno')!]).toEqual(['autumn', 'winter']);
    expect(seasonsOf('Toute l’année')).toBeNull();
    expect([...occasionsOf('Fête')!]).toEqual([...occasionsOf('fete')!]);
    expect(seasonsOf('All year round')).toBeNull();
    expect(seasonsOf(null)).toBeNull();
    expect([...occasionsOf('Party, Wedding')!]).toEqual(['party', 'wedding']);
  });

  it('contradict only where both say something and share nothing', () => {
    const worn = (season: string | null, occasion: string | null = null) => ({
      seasons: seasonsOf(season),
      occasions: occasionsOf(occasion),
    });
    expect(contradict(worn('summer'), worn('winter'))).toBe(true);
    expect(contradict(worn('summer'), worn('fall, summer'))).toBe(false);
    expect(contradict(worn('summer'), worn(null))).toBe(false);
    expect(contradict(worn(null, 'Sport'), worn(null, 'Wedding'))).toBe(true);
  });
});

describe('spread', () => {
  it('takes the first ones, then one of ever more, and the last', () => {
    const list = Array.from({ length: 101 }, (_, i) => i);
    expect(spread(list, 5)).toEqual([0, 6, 25, 56, 100]);
    expect(spread(list.slice(0, 3), 5)).toEqual([0, 1, 2]);
    expect(new Set(spread(list, 40)).size).toBe(40);
  });
});

describe('noiseOf', () => {
  it('is nothing for seed 0, and within its strength and repeatable for any other', () => {
    expect(noiseOf(0, 1)('a')).toBe(0);
    const values = Array.from({ length: 1000 }, (_, i) => noiseOf(3, 0.1)(`item-${i}`));
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.1);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 1000)).toBeLessThan(0.01);
    expect(noiseOf(3, 0.1)('item-0')).toBe(values[0]);
    expect(noiseOf(4, 0.1)('item-0')).not.toBe(values[0]);
  });
});

describe('totalOf', () => {
  const price = (
    priceMinor: number | null,
    salePriceMinor: number | null = null,
    currency: string | null = 'EUR',
  ) => ({
    priceMinor,
    salePriceMinor,
    currency,
  });

  it('adds up current prices, or says why it cannot', () => {
    expect(totalOf([price(1990), price(5000, 3500)], 'EUR').total).toEqual({
      amount: '54.90',
      currency: 'EUR',
    });
    expect(totalOf([price(1990), price(1000, null, null)], 'EUR').total).toEqual({
      amount: '29.90',
      currency: 'EUR',
    });
    expect(totalOf([price(1990), price(null)], 'EUR')).toEqual({ total: null, noTotal: 'PRICE_MISSING' });
    expect(totalOf([price(1990), price(1990, null, 'GBP')], 'EUR')).toEqual({
      total: null,
      noTotal: 'CURRENCIES_DIFFER',
    });
    expect(totalOf([], 'EUR').total).toEqual({ amount: '0.00', currency: 'EUR' });
  });
});
