import { registerEnumType } from 'type-graphql';
import type { Sort } from './sorted.sql.ts';

/** The enum's values are the words that the server uses itself: nothing is mapped. */
export const SimilarSort = {
  CLOSEST: 'closest',
  PRICE_RISING: 'price rising',
  PRICE_FALLING: 'price falling',
  NEWEST: 'newest',
} as const satisfies Record<string, Sort | 'closest'>;

export type SimilarSort = (typeof SimilarSort)[keyof typeof SimilarSort];

registerEnumType(SimilarSort, {
  name: 'SimilarSort',
  description: 'Order of similar items. Any but CLOSEST sorts the 1,000 nearest matches above the cutoff.',
  valuesConfig: {
    CLOSEST: { description: 'The most similar first, as merchandising rules arrange them.' },
    PRICE_RISING: { description: "The cheapest first; those without a price in the shop's currency last." },
    PRICE_FALLING: { description: "The dearest first; those without a price in the shop's currency last." },
    NEWEST: { description: 'The most recently imported first.' },
  },
});
