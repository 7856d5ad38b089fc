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
import { countMatchingItems, type ItemRow, type MatchingItems, pageItems } from './item.sql.ts';
import { type ItemConnection, toItem } from './item.type.ts';
import type { ItemSort } from './item-sort.type.ts';
import type { ItemPageArgs } from './page.args.ts';
import { isPriceKey, pageItemsByPrice, priceKey } from './price-order.ts';

/**
 * One page of the items that the viewer can see, and their number. Each is only read when first asked
 * for. Throws InvalidInputError.
 */
export async function listItemPage(
  { db, shopId, limiter, viewer }: CatalogueContext,
  page: ItemPageArgs & { readonly sort?: ItemSort | undefined },
): Promise<ItemConnection> {
  const sort = page.sort ?? 'newest';
  const first = checkFirst(page.first);
  const filter = checkFilter(page.filter);
  const scope = cursorScope('items', shopId, filterKey(filter), ...(sort === 'newest' ? [] : [sort]));
  const readRows = orderedRows(sort, { scope, limit: first + 1, cursor: page.after });
  const asksPrice = sort !== 'newest' || typeof (filter.minPrice ?? filter.maxPrice) === 'number';
  await limiter.check('search', viewer);
  const all = hasRole(viewer, 'merchandiser');
  const read = <T>(work: (tx: Queryable, of: MatchingItems) => Promise<T>) =>
    once(() =>
      db.inShop(shopId, async (tx) => {
        // Prices are only compared in this currency.
        const shopCurrency = asksPrice ? ((await findShop(tx, shopId))?.currency ?? '') : '';
        return work(tx, { shopId, shopCurrency, filter, all });
      }),
    );
  const rows = read(readRows);
  const connection = once(async () => {
    const edges = (await rows()).map(({ key, row }) => ({
      cursor: encodeCursor(scope, key),
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

type ReadRows = (
  tx: Queryable,
  of: MatchingItems,
) => Promise<{ readonly key: readonly (string | number)[]; readonly row: ItemRow }[]>;

/** Reads the cursor at once, so that a bad one is refused before anything else is read. */
function orderedRows(
  sort: ItemSort,
  { scope, limit, cursor }: { scope: string; limit: number; cursor: string | null | undefined },
): ReadRows {
  if (sort !== 'newest') {
    const after = cursor ? decodeCursor(scope, cursor, isPriceKey) : undefined;
    return async (tx, of) => {
      const rows = await pageItemsByPrice(tx, { ...of, sort, limit, after });
      return rows.map(({ cursorPrice, ...row }) => ({ key: priceKey(cursorPrice, row.id), row }));
    };
  }
  const [createdAt, id] = cursor ? decodeCursor(scope, cursor, isKey) : [];
  const after = createdAt !== undefined && id !== undefined ? { createdAt, id } : undefined;
  return async (tx, of) => {
    const rows = await pageItems(tx, { ...of, limit, after });
    return rows.map(({ cursorTime, ...row }) => ({ key: [cursorTime, row.id], row }));
  };
}

function isKey(key: readonly unknown[]): key is readonly [string, string] {
  return key.length === 2 && isTime(key[0]) && typeof key[1] === 'string';
}
