import { registerEnumType } from 'type-graphql';

/** The enum's values are the words that the server uses itself: nothing is mapped. */
export const ItemSort = {
  NEWEST: 'newest',
  PRICE_RISING: 'price rising',
  PRICE_FALLING: 'price falling',
} as const;

export type ItemSort = (typeof ItemSort)[keyof typeof ItemSort];

registerEnumType(ItemSort, {
  name: 'ItemSort',
  description: 'Order of a list of items.',
  valuesConfig: {
    NEWEST: { description: 'The most recently imported first.' },
    PRICE_RISING: { description: "The cheapest first; those without a price in the shop's currency last." },
    PRICE_FALLING: { description: "The dearest first; those without a price in the shop's currency last." },
  },
});
