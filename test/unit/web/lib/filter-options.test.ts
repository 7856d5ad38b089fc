import { describe, expect, it } from 'vitest';
import { eachField, facetOptions, shopOptions } from '../../../../web/lib/filter-options.ts';
import { wordsOf } from './i18n/words-of.ts';

describe('shopOptions', () => {
  it('offers the categories alone until the shop is known', () => {
    const { fields, attributes } = shopOptions(wordsOf('en'), undefined);
    expect(fields.categories).toHaveLength(13);
    expect(fields.categories[0]).toEqual({
      value: 'SHORT_SLEEVE_TOP',
      label: 'Short sleeve top',
      count: null,
    });
    expect(fields.brands).toEqual([]);
    expect(attributes).toEqual([]);
  });
});

describe('facetOptions', () => {
  const none = eachField(() => []);

  it('names categories in words, and all else as the shop does', () => {
    const { fields, attributes } = facetOptions(wordsOf('en'), {
      ...none,
      categories: [{ value: 'SKIRT', count: 3 }],
      brands: [{ value: 'Lindwurm', count: 2 }],
      attributes: [{ name: 'cut', values: [{ value: 'slim', count: 1 }] }],
      availability: [],
      counted: 3,
      approximate: false,
    });
    expect(fields.categories).toEqual([{ value: 'SKIRT', label: 'Skirt', count: 3 }]);
    expect(fields.brands).toEqual([{ value: 'Lindwurm', label: 'Lindwurm', count: 2 }]);
    expect(attributes).toEqual([{ name: 'cut', choices: [{ value: 'slim', label: 'slim', count: 1 }] }]);
  });
});
