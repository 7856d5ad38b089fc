import { describe, expect, it } from 'vitest';
import type { Shop } from '../../../../web/lib/api/shapes.ts';
import { momentOf, similarQuestion, usualCategory } from '../../../../web/lib/similar-question.ts';

const shop = (count: number, pendingCount = 0) =>
  ({ categories: [{ category: 'SKIRT', count }], pendingCount }) as unknown as Shop;
const none = new URLSearchParams();

describe('usualCategory', () => {
  it('is the garment’s own where six items or more have it', () => {
    expect(usualCategory(shop(6), 'SKIRT', none)).toBe('SKIRT');
    expect(usualCategory(shop(5), 'SKIRT', none)).toBeNull();
    expect(usualCategory(shop(6), 'VEST', none)).toBeNull();
  });

  it('is the garment’s own while the shop is not known', () => {
    expect(usualCategory(undefined, 'SKIRT', none)).toBe('SKIRT');
  });

  it('is none where words refine the search: “as a skirt”', () => {
    expect(usualCategory(shop(6), 'SKIRT', new URLSearchParams('say=as+a+vest'))).toBeNull();
  });
});

describe('similarQuestion', () => {
  it('reads filter and refinement out of the address', () => {
    const parameters = new URLSearchParams('color=red&say=+in+blue+&more=a&less=b&weaker=1');
    expect(similarQuestion({ itemId: 'x' }, 'SKIRT', parameters)).toEqual({
      to: { itemId: 'x' },
      filter: { categories: ['SKIRT'], colors: ['red'] },
      refine: { words: 'in blue', moreLike: [{ itemId: 'a' }], lessLike: [{ itemId: 'b' }] },
      minScore: 0,
    });
    expect(similarQuestion({ itemId: 'x' }, null, none)).toEqual({
      to: { itemId: 'x' },
      filter: {},
      refine: null,
      minScore: null,
    });
  });
});

describe('momentOf', () => {
  it('changes once the catalogue has been read, and with what is searched with', () => {
    expect(new Set([momentOf(shop(1, 2)), momentOf(shop(1, 0)), momentOf(shop(1, 0), 1)]).size).toBe(3);
    expect(momentOf(shop(1, 2))).toBe(momentOf(shop(1, 1)));
  });
});
