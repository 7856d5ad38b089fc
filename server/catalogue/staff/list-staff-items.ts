import type { Queryable } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  lazily,
  MAX_COUNT,
  once,
  toConnection,
} from '../../graphql/connection.ts';
import { findShop } from '../../shops/shops.sql.ts';
import type { CatalogueContext } from '../context.ts';
import { type ItemConnection, toItem } from '../items/item.type.ts';
import { staffFilterKey } from './staff-filter.ts';
import type { StaffFilter } from './staff-filter.type.ts';
import { countStaffItems, listStaffItemIds, pageStaffItems, type StaffSelection } from './staff-items.sql.ts';
import { isOrderKey, ORDERS, type StaffOrder } from './staff-order.ts';

type Shop = Pick<CatalogueContext, 'db' | 'shopId'>;

/** One page of these items and their number, each read when it is first asked for. Throws InvalidInputError. */
export function listStaffItems(
  shop: Shop,
  filter: StaffFilter,
  page: { order: StaffOrder; first: number; after: string | null },
): ItemConnection {
  const first = checkFirst(page.first);
  const order = ORDERS[page.order];
  const scope = cursorScope('staff items', shop.shopId, staffFilterKey(filter), page.order);
  const isKey = (key: readonly unknown[]): key is readonly [string, string] =>
    key.length === 2 && isOrderKey(order, key[0]) && typeof key[1] === 'string';
  const after = page.after ? decodeCursor(scope, page.after, isKey) : undefined;
  const connection = once(() =>
    inSelection(shop, filter, async (tx, selection) => {
      const place = after && { key: after[0], id: after[1] };
      const rows = await pageStaffItems(tx, selection, { order, limit: first + 1, after: place });
      const edges = rows.map(({ orderKey, ...row }) => ({
        cursor: encodeCursor(scope, [orderKey, row.id]),
        node: toItem(row),
      }));
      return toConnection(edges, first, page.after);
    }),
  );
  const count = once(() =>
    inSelection(shop, filter, (tx, selection) => countStaffItems(tx, selection, MAX_COUNT + 1)),
  );
  return lazily<ItemConnection>({
    edges: async () => (await connection()).edges,
    pageInfo: async () => (await connection()).pageInfo,
    totalCount: async () => Math.min(await count(), MAX_COUNT),
    isTotalExact: async () => (await count()) <= MAX_COUNT,
  });
}

export const MAX_IDS = 1000;

/** The ids of these items, by id. Throws InvalidInputError. */
export async function listStaffIds(
  shop: Shop,
  filter: StaffFilter,
  { first, after }: { first: number; after: string | null },
): Promise<string[]> {
  if (!Number.isInteger(first) || first < 1 || first > MAX_IDS) {
    throw new InvalidInputError(`first must be from 1 to ${MAX_IDS}.`, { field: 'first' });
  }
  return inSelection(shop, filter, (tx, selection) =>
    listStaffItemIds(tx, selection, { after: after ?? '', limit: first }),
  );
}

/** One read of a shop's items by a filter of its staff. */
export function inSelection<T>(
  { db, shopId }: Shop,
  filter: StaffFilter,
  work: (tx: Queryable, selection: StaffSelection) => Promise<T>,
): Promise<T> {
  return db.inShop(shopId, async (tx) => {
    const asksPrice = typeof (filter.minPrice ?? filter.maxPrice) === 'number';
    // Prices are only compared in this currency.
    const shopCurrency = asksPrice ? ((await findShop(tx, shopId))?.currency ?? '') : '';
    return work(tx, { shopId, shopCurrency, filter });
  });
}
