import { registerEnumType } from 'type-graphql';

/** Google Merchant's values, which are also what the database keeps. */
export enum Availability {
  IN_STOCK = 'in_stock',
  OUT_OF_STOCK = 'out_of_stock',
  PREORDER = 'preorder',
  BACKORDER = 'backorder',
}

registerEnumType(Availability, { name: 'Availability' });
