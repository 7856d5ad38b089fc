/** Items in the order of what they cost at the time of the query. */
import type { Queryable } from '../../db/database.ts';
import { ITEM_COLUMNS, type ItemRow, type MatchingItems, matchingItems } from './item.sql.ts';
import { PRICE_NOW } from './price-now.ts';

export interface PricePage extends MatchingItems {
  readonly sort: 'price rising' | 'price falling';
  readonly limit: number;
}

export type PricedRow = ItemRow & { readonly cursorPrice: number | null };

/**
 * Items with a price in the shop's currency, after that price and id. Most have no dated sale, and come in the order of
 * the index over their one price; the others are sorted.
 */
export async function pagePricedItems(
  db: Queryable,
  page: PricePage & { readonly after?: { readonly price: number; readonly id: string } | undefined },
): Promise<PricedRow[]> {
  const { conditions, bind, values } = matchingItems(page);
  const isRising = page.sort === 'price rising';
  const direction = isRising ? 'asc' : 'desc';
  const [currency, limit] = [bind(page.shopCurrency), bind(page.limit)];
  const after = page.after && { price: bind(page.after.price), id: bind(page.after.id) };
  const branch = (price: string, kind: string) => {
    const begin =
      after &&
      `(${price} ${isRising ? '>' : '<'} ${after.price}::bigint or ${price} = ${after.price}::bigint and i.id > ${after.id}::text)`;
    const all = [
      ...conditions,
      kind,
      `${price} is not null`,
      `coalesce(i.currency, ${currency}::text) = ${currency}::text`,
      ...(begin ? [begin] : []),
    ];
    return `(select i.id, ${price} as price from items i where ${all.join(' and ')}
      order by ${price} ${direction}, i.id limit ${limit})`;
  };
  const { rows } = await db.query<PricedRow>(
    `select ${ITEM_COLUMNS}, p.price::float8 as "cursorPrice"
     from (${branch('i.steady_price_minor', 'not i.sale_is_dated')} union all ${branch(PRICE_NOW, 'i.sale_is_dated')}) p
       join items i on i.shop_id = $1::uuid and i.id = p.id
     order by p.price ${direction}, i.id limit ${limit}`,
    values,
  );
  return rows;
}

/** The others, by id. */
export async function pageUnpricedItems(
  db: Queryable,
  page: PricePage & { readonly after?: string | undefined },
): Promise<PricedRow[]> {
  const { conditions, bind, values } = matchingItems(page);
  const currency = bind(page.shopCurrency);
  const after = page.after === undefined ? '' : `and i.id > ${bind(page.after)}::text`;
  const { rows } = await db.query<PricedRow>(
    `select ${ITEM_COLUMNS}, null::float8 as "cursorPrice" from items i where ${conditions.join(' and ')}
       and (${PRICE_NOW} is null or coalesce(i.currency, ${currency}::text) <> ${currency}::text) ${after}
     order by i.id limit ${bind(page.limit)}`,
    values,
  );
  return rows;
}
