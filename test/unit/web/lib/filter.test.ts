import { describe, expect, it } from 'vitest';
import {
  filterParameters,
  isFiltering,
  NO_FILTER,
  readFilter,
  toItemFilter,
} from '../../../../web/lib/filter.ts';

const read = (search: string) => readFilter(new URLSearchParams(search));

describe('readFilter', () => {
  it('reads nothing out of nothing', () => {
    expect(read('')).toEqual(NO_FILTER);
  });

  it('reads alternatives, prices, stock and words', () => {
    expect(read('category=SKIRT&category=VEST&color=red&min=5&max=9.5&stock=1&words=linen')).toEqual({
      ...NO_FILTER,
      categories: ['SKIRT', 'VEST'],
      colors: ['red'],
      minPrice: 5,
      maxPrice: 9.5,
      inStock: true,
      words: 'linen',
    });
  });

  it('leaves out what no text of the API may hold', () => {
    expect(read('words=li%00nen&color=%00red&is=cut:%00slim')).toMatchObject({
      words: 'linen',
      colors: ['red'],
      attributes: { cut: ['slim'] },
    });
  });

  it('gathers the values of an attribute, and leaves out what names none', () => {
    expect(read('is=cut:slim&is=cut:wide&is=:x&is=bare').attributes).toEqual({ cut: ['slim', 'wide'] });
  });

  it.each(['-1', 'x', '', 'Infinity'])('takes %j for no price', (price) => {
    expect(read(`min=${price}`).minPrice).toBeNull();
  });

  it('leaves out categories that there are not', () => {
    expect(read('category=HAT').categories).toEqual([]);
  });

  it('takes the usual category where the address names none, and none for “any”', () => {
    expect(readFilter(new URLSearchParams(), 'SKIRT').categories).toEqual(['SKIRT']);
    expect(readFilter(new URLSearchParams('category=any'), 'SKIRT').categories).toEqual([]);
  });
});

describe('filterParameters', () => {
  it('says what readFilter reads', () => {
    const state = {
      ...NO_FILTER,
      categories: ['VEST'],
      attributes: { cut: ['a:b'], 'meta:fit': ['slim'], 'a%3ab': ['100%'] },
      minPrice: 0,
      words: 'x',
    };
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(filterParameters(state))) {
      for (const one of [value ?? []].flat()) parameters.append(name, one);
    }
    expect(readFilter(parameters)).toEqual(state);
  });

  it('leaves out the usual category, and says “any” for none', () => {
    expect(filterParameters({ ...NO_FILTER, categories: ['SKIRT'] }, 'SKIRT').category).toBeNull();
    expect(filterParameters(NO_FILTER, 'SKIRT').category).toBe('any');
    expect(filterParameters(NO_FILTER).category).toBeNull();
  });
});

describe('toItemFilter', () => {
  it('asks for nothing where nothing is filtered', () => {
    expect(toItemFilter({ ...NO_FILTER, words: '  ', attributes: { cut: [] } })).toEqual({});
    expect(isFiltering(NO_FILTER)).toBe(false);
  });

  it('asks for what is set alone', () => {
    const state = { ...NO_FILTER, attributes: { cut: ['slim'] }, maxPrice: 20, inStock: true, words: ' a ' };
    expect(toItemFilter(state)).toEqual({
      attributes: [{ name: 'cut', values: ['slim'] }],
      maxPrice: 20,
      availability: ['IN_STOCK'],
      words: 'a',
    });
    expect(isFiltering(state)).toBe(true);
  });
});
