import { registerEnumType } from 'type-graphql';

/** Google Merchant's values, which are also what the database keeps. */
export enum Availability {
  IN_STOCK = 'in_stock',
  OUT_OF_STOCK = 'out_of_stock',
  PREORDER = 'preorder',
  BACKORDER = 'backorder',
}

registerEnumType(Availability, {
  name: 'Availability',
  description: 'Whether an item can be bought.',
  valuesConfig: {
    PREORDER: { description: 'Can be ordered before it is released.' },
    BACKORDER: { description: 'Can be ordered, and is delivered once it is in stock again.' },
  },
});
