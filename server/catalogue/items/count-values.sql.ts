import type { Queryable } from '../../db/database.ts';
import { SHOWN } from '../../shops/shown-items.sql.ts';
import { FILTER_FIELDS, type FilterField, type FilterName } from './filter-fields.ts';

/** The number of items with a value. `name` is the attribute's name, if `field` is 'attribute'. */
export interface ValueRow {
  readonly field: FilterName | 'attribute';
  readonly name: string | null;
  readonly value: string;
  readonly count: number;
}

/**
 * Which items are counted: these ones, or the newest that shoppers can see. `perGroup`: variants with one value count once
 * together.
 */
export type CountedItems =
  | { readonly ids: readonly string[]; readonly perGroup?: boolean | undefined }
  | { readonly newest: number };

const GROUP = `case when i.item_group_id is null then 'item ' || i.id else 'group ' || i.item_group_id end`;

const OF_FIELDS = (FILTER_FIELDS as readonly FilterField[])
  .flatMap(({ name, keys, shown }) =>
    keys.map(
      (key) =>
        `select '${name}' as field, null::text as name, (${key})::text as key, ${shown(key)} as value, i.of_group from counted i`,
    ),
  )
  .join(' union all ');

/** Counting more of a shop would make others wait, without telling a shopper anything new. */
export const COUNTED_ITEMS = 20_000;

/** Values that differ only in case and accents are one value, in its most frequent spelling. */
export async function countValues(db: Queryable, shopId: string, items: CountedItems): Promise<ValueRow[]> {
  const counted =
    'ids' in items ? 'i.id = any($2::text[])' : `${SHOWN} order by i.created_at desc, i.id desc limit $2`;
  const count = 'ids' in items && items.perGroup ? 'distinct of_group' : '*';
  const { rows } = await db.query<ValueRow>(
    `with counted as materialized (select i.*, ${GROUP} as of_group from items i where i.shop_id = $1::uuid and ${counted}),
     had as (
       ${OF_FIELDS}
       union all select 'attribute', a.key, fold_text(a.value), a.value, i.of_group
         from counted i cross join lateral jsonb_each_text(i.attributes) as a (key, value))
     select field, name, mode() within group (order by value) as value, count(${count})::int as count
     from had where key is not null group by field, name, key`,
    [shopId, 'ids' in items ? items.ids : items.newest],
  );
  return rows;
}
