/** The conditions on what may fill a slot. */

import type { ItemFilter } from '../catalogue/items/filter.ts';
import type { Where } from '../retrieval/nearest/query.ts';
import type { Piece } from './piece.ts';
import type { Setting } from './setting.ts';
import type { StockQuery } from './stock.sql.ts';

export interface StockAsk {
  readonly fixed: readonly Piece[];
  readonly excluded: readonly string[];
  readonly filter: ItemFilter;
  readonly budgetMinor: number | null;
}

/** Items that pass the filter, are in stock unless the filter says otherwise, and are no variant of what is fixed. */
export function stockQuery(
  { source, rules }: Setting,
  { fixed, excluded, filter, budgetMinor }: StockAsk,
): StockQuery {
  const { shopId, shopCurrency } = source;
  const ids = [...new Set([...excluded, ...fixed.flatMap(({ itemId }) => itemId ?? [])])];
  const groups = fixed.flatMap(({ groupId }) => groupId ?? []);
  const where: Where = (bind) => [
    ...((filter.availability ?? []).length > 0 ? [] : [`i.availability <> 'out_of_stock'`]),
    ...(ids.length > 0 ? [`i.id <> all(${bind(ids)}::text[])`] : []),
    ...(groups.length > 0 ? [`(i.item_group_id = any(${bind(groups)}::text[])) is not true`] : []),
    ...(budgetMinor === null
      ? []
      : [
          'i.price_now_minor is not null',
          `coalesce(i.currency, ${bind(shopCurrency)}) = ${bind(shopCurrency)}`,
        ]),
    `not ${rules.isExcluded(bind)}`,
  ];
  return { shopId, shopCurrency, filter, where };
}
