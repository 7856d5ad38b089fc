import { hasRole } from '../../access/viewer.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  isTime,
  toConnection,
} from '../../graphql/connection.ts';
import { findShop } from '../../shops/shops.sql.ts';
import type { CatalogueContext } from '../context.ts';
import { checkFilter, filterKey } from './filter.ts';
import { countMatchingItems, pageItems } from './item.sql.ts';
import { type ItemConnection, toItem } from './item.type.ts';
import type { ItemPageArgs } from './page.args.ts';

/** One page of the items that the viewer may see, the newest first, and how many there are. Throws InvalidInputError. */
export async function listItemPage(
  { db, shopId, limiter, viewer }: CatalogueContext,
  page: ItemPageArgs,
): Promise<ItemConnection> {
  const first = checkFirst(page.first);
  const filter = checkFilter(page.filter);
  const scope = cursorScope('items', shopId, filterKey(filter));
  const after = page.after ? decodeCursor(scope, page.after, isKey) : undefined;
  // It counts all that match.
  await limiter.check('search', viewer);
  const all = hasRole(viewer, 'merchandiser');
  return db.inShop(shopId, async (tx) => {
    const shopCurrency = (await findShop(tx, shopId))?.currency ?? '';
    const rows = await pageItems(tx, {
      shopId,
      shopCurrency,
      filter,
      all,
      limit: first + 1,
      after: after && { createdAt: after[0], id: after[1] },
    });
    const edges = rows.map(({ cursorTime, ...row }) => ({
      cursor: encodeCursor(scope, [cursorTime, row.id]),
      node: toItem(row),
    }));
    const totalCount = await countMatchingItems(tx, { shopId, shopCurrency, filter, all });
    return { ...toConnection(edges, first, page.after), totalCount };
  });
}

function isKey(key: readonly unknown[]): key is readonly [string, string] {
  return key.length === 2 && isTime(key[0]) && typeof key[1] === 'string';
}
