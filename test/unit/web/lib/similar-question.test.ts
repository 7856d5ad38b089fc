import { describe, expect, it } from 'vitest';
import type { Shop } from '../../../../web/lib/api/shapes.ts';
import { nearestQuestions } from '../../../../web/lib/nearest.ts';
import {
  mayHaveMore,
  momentOf,
  nearestQuestion,
  offersNearest,
  similarQuestion,
  usualCategory,
} from '../../../../web/lib/similar-question.ts';

const shop = (count: number, pendingCount = 0) =>
  ({ categories: [{ category: 'SKIRT', count }], pendingCount }) as unknown as Shop;
const none = new URLSearchParams();

describe('usualCategory', () => {
  it('is the garment’s own where six items or more have it', () => {
    expect(usualCategory(shop(6), 'SKIRT')).toBe('SKIRT');
    expect(usualCategory(shop(5), 'SKIRT')).toBeNull();
    expect(usualCategory(shop(6), 'VEST')).toBeNull();
  });

  it('is the garment’s own while the shop is not known', () => {
    expect(usualCategory(undefined, 'SKIRT')).toBe('SKIRT');
  });
});

describe('mayHaveMore', () => {
  it('goes on behind distant matches in another order than that of closeness', () => {
    expect(mayHaveMore(true, 0, 'CLOSEST')).toBe(false);
    expect(mayHaveMore(true, 1, 'CLOSEST')).toBe(true);
    expect(mayHaveMore(true, 0, 'PRICE_RISING')).toBe(true);
    expect(mayHaveMore(false, 1, 'PRICE_RISING')).toBe(false);
  });
});

describe('similarQuestion', () => {
  it('reads filter and refinement out of the address', () => {
    const parameters = new URLSearchParams('color=red&say=+in+blue+&more=a&less=b&weaker=1&sort=-price');
    expect(similarQuestion({ itemId: 'x' }, 'SKIRT', parameters)).toEqual({
      to: { itemId: 'x' },
      filter: { colors: ['red'] },
      refine: {
        words: 'in blue',
        within: ['SKIRT'],
        moreLike: [{ itemId: 'a' }],
        lessLike: [{ itemId: 'b' }],
      },
      minScore: null,
      sort: 'PRICE_FALLING',
    });
    expect(similarQuestion({ itemId: 'x' }, null, none)).toEqual({
      to: { itemId: 'x' },
      filter: {},
      refine: null,
      minScore: null,
      sort: 'CLOSEST',
    });
  });
});

describe('the category, where words refine the search', () => {
  const asked = (address: string) => similarQuestion({ itemId: 'x' }, 'SKIRT', new URLSearchParams(address));

  it('stays unless the words name another', () => {
    expect(asked('say=cheaper')).toMatchObject({ filter: {}, refine: { within: ['SKIRT'] } });
  });

  it('is the one that was chosen, or none', () => {
    expect(asked('say=cheaper&category=VEST')).toMatchObject({
      filter: { categories: ['VEST'] },
      refine: { words: 'cheaper' },
    });
    expect(asked('say=cheaper&category=any').refine).toEqual({ words: 'cheaper' });
  });
});

describe('momentOf', () => {
  it('changes once the catalogue has been read, and with what is searched with', () => {
    expect(new Set([momentOf(shop(1, 2)), momentOf(shop(1, 0)), momentOf(shop(1, 0), 1)]).size).toBe(3);
    expect(momentOf(shop(1, 2))).toBe(momentOf(shop(1, 1)));
  });
});

describe('the nearest of the other items', () => {
  it('are offered where few are close, unless the visitor chose', () => {
    expect(offersNearest(5, false, null)).toBe(true);
    expect(offersNearest(6, false, null)).toBe(false);
    expect(offersNearest(24, false, true)).toBe(true);
    expect(offersNearest(0, false, false)).toBe(false);
  });

  it('wait until all close ones are listed', () => {
    expect(offersNearest(3, true, true)).toBe(false);
  });

  it('are found by the same search, whatever their score or the order', () => {
    const asked = similarQuestion({ itemId: 'x' }, 'SKIRT', new URLSearchParams('color=red&sort=newest'));
    expect(nearestQuestion(asked)).toEqual({ ...asked, minScore: 0, sort: 'CLOSEST' });
  });

  it('are first what the filters leave, and after it other categories', () => {
    const asked = similarQuestion({ itemId: 'x' }, 'SKIRT', new URLSearchParams('color=red&say=cheaper'));
    const { left, others } = nearestQuestions(asked, 'SKIRT');
    expect(left).toEqual(nearestQuestion(asked));
    expect(others).toMatchObject({ filter: { colors: ['red'] }, refine: { words: 'cheaper', within: null } });
    expect(others?.filter).not.toHaveProperty('categories');
  });

  it('are first of the garment’s own category where all are searched, unless words may name another', () => {
    const asked = (query: string) => similarQuestion({ itemId: 'x' }, null, new URLSearchParams(query));
    const { left, others } = nearestQuestions(asked('color=red'), 'SKIRT');
    expect(left.filter).toEqual({ colors: ['red'], categories: ['SKIRT'] });
    expect(others?.filter).toEqual({ colors: ['red'] });
    expect(nearestQuestions(asked('say=as a dress'), 'SKIRT').left.filter).toEqual({});
    expect(nearestQuestions(asked('color=red'), null).others).toBeNull();
  });
});
