import { registerEnumType } from 'type-graphql';
import { isTime } from '../../graphql/connection.ts';
import { PRICE_NOW } from '../items/price-now.ts';

export enum StaffOrder {
  NEWEST = 'newest',
  OLDEST = 'oldest',
  CHANGED = 'changed',
  TITLE = 'title',
  ID = 'id',
  CHEAPEST = 'cheapest',
  DEAREST = 'dearest',
  LEAST_SURE = 'least_sure',
}
registerEnumType(StaffOrder, {
  name: 'StaffOrder',
  description: "Order of the items in the staff's list.",
  valuesConfig: {
    NEWEST: { description: 'Imported last first.' },
    OLDEST: { description: 'Imported first first.' },
    CHANGED: { description: 'Changed last first.' },
    TITLE: { description: 'By title.' },
    ID: { description: 'By id.' },
    CHEAPEST: {
      description:
        'Cheapest first, by the number alone whatever the currency. Items without a price come last.',
    },
    DEAREST: {
      description:
        'Dearest first, by the number alone whatever the currency. Items without a price come last.',
    },
    LEAST_SURE: {
      description:
        'The lowest score of the matched garment first, after those that are matched by their whole picture. Items ' +
        'without a matched garment come last.',
    },
  },
});

/** How items are ordered: by a key that is never null, then by id in the same direction. */
export interface OrderedBy {
  /** SQL over `items i` of the shop `$1`. */
  readonly key: string;
  readonly type: 'timestamptz' | 'text' | 'float8';
  readonly descending: boolean;
}

const byTime = (column: string, descending: boolean): OrderedBy => ({
  key: `i.${column}`,
  type: 'timestamptz',
  descending,
});

export const ORDERS: Readonly<Record<StaffOrder, OrderedBy>> = {
  [StaffOrder.NEWEST]: byTime('created_at', true),
  [StaffOrder.OLDEST]: byTime('created_at', false),
  [StaffOrder.CHANGED]: byTime('updated_at', true),
  [StaffOrder.TITLE]: { key: 'left(fold_text(i.title), 200) collate "C"', type: 'text', descending: false },
  [StaffOrder.ID]: { key: 'fold_text(i.id) collate "C"', type: 'text', descending: false },
  [StaffOrder.CHEAPEST]: {
    key: `coalesce(${PRICE_NOW}::float8, 'Infinity')`,
    type: 'float8',
    descending: false,
  },
  [StaffOrder.DEAREST]: { key: `coalesce(${PRICE_NOW}::float8, -1)`, type: 'float8', descending: true },
  [StaffOrder.LEAST_SURE]: {
    key: `coalesce((select p.score::float8 from garments p
      where p.shop_id = $1::uuid and p.item_id = i.id and p.is_primary), 2)`,
    type: 'float8',
    descending: false,
  },
};

/** As the database writes them. */
const NUMBER = /^(?:Infinity|-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]\d{1,2})?)$/;

/** Whether this text is a key of the order, as the database writes it. */
export function isOrderKey({ type }: OrderedBy, key: unknown): key is string {
  if (typeof key !== 'string') return false;
  if (type === 'timestamptz') return isTime(key);
  return type === 'text' || NUMBER.test(key);
}
