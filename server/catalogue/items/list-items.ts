import { hasRole } from '../../access/viewer.ts';
import type { Queryable } from '../../db/database.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  isTime,
  lazily,
  MAX_COUNT,
  once,
  toConnection,
} from '../../graphql/connection.ts';
import { findShop } from '../../shops/shops.sql.ts';
import type { CatalogueContext } from '../context.ts';
import { checkFilter, filterKey } from './filter.ts';
import { countMatchingItems, type ItemPage, pageItems } from './item.sql.ts';
import { type ItemConnection, toItem } from './item.type.ts';
import type { ItemPageArgs } from './page.args.ts';

/**
 * One page of the items that the viewer can see, newest first, and their number. Each is only read when first asked
 * for. Throws InvalidInputError.
 */
export async function listItemPage(
  { db, shopId, limiter, viewer }: CatalogueContext,
  page: ItemPageArgs,
): Promise<ItemConnection> {
  const first = checkFirst(page.first);
  const filter = checkFilter(page.filter);
  const scope = cursorScope('items', shopId, filterKey(filter));
  const after = page.after ? decodeCursor(scope, page.after, isKey) : undefined;
  const asksPrice = typeof (filter.minPrice ?? filter.maxPrice) === 'number';
  await limiter.check('search', viewer);
  const all = hasRole(viewer, 'merchandiser');
  const read = <T>(work: (tx: Queryable, of: Wanted) => Promise<T>) =>
    once(() =>
      db.inShop(shopId, async (tx) => {
        // Prices are only compared in this currency.
        const shopCurrency = asksPrice ? ((await findShop(tx, shopId))?.currency ?? '') : '';
        return work(tx, { shopId, shopCurrency, filter, all });
      }),
    );
  const rows = read((tx, of) =>
    pageItems(tx, { ...of, limit: first + 1, after: after && { createdAt: after[0], id: after[1] } }),
  );
  const connection = once(async () => {
    const edges = (await rows()).map(({ cursorTime, ...row }) => ({
      cursor: encodeCursor(scope, [cursorTime, row.id]),
      node: toItem(row),
    }));
    return toConnection(edges, first, page.after);
  });
  const count = read((tx, of) => countMatchingItems(tx, of, MAX_COUNT + 1));
  return lazily<ItemConnection>({
    edges: async () => (await connection()).edges,
    pageInfo: async () => (await connection()).pageInfo,
    totalCount: async () => Math.min(await count(), MAX_COUNT),
    isTotalExact: async () => (await count()) <= MAX_COUNT,
  });
}

type Wanted = Pick<ItemPage, 'shopId' | 'shopCurrency' | 'filter' | 'all'>;

function isKey(key: readonly unknown[]): key is readonly [string, string] {
  return key.length === 2 && isTime(key[0]) && typeof key[1] === 'string';
}
