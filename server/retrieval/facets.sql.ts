import type { Queryable } from '../db/database.ts';

/** How many of some items have a value: `name` is the attribute's, null for the other facets. */
export interface ValueRow {
  readonly facet: 'category' | 'color' | 'brand' | 'availability' | 'attribute';
  readonly name: string | null;
  readonly value: string;
  readonly count: number;
}

/** Values that differ in case alone are one, in the spelling that most of the items have. */
export async function countValues(
  db: Queryable,
  shopId: string,
  itemIds: readonly string[],
): Promise<ValueRow[]> {
  const { rows } = await db.query<ValueRow>(
    `with counted as materialized (select i.* from items i where i.shop_id = $1::uuid and i.id = any($2::text[])),
     had as (
       select 'category' as facet, null::text as name, c.category::text as key, c.category::text as value from counted c
       union all select 'color', null, c.color_key, coalesce(c.color, c.garment_colour) from counted c
       union all select 'brand', null, c.brand_key, c.brand from counted c
       union all select 'availability', null, c.availability, c.availability from counted c
       union all select 'attribute', a.key, lower(a.value), a.value
         from counted c cross join lateral jsonb_each_text(c.attributes) as a (key, value))
     select facet, name, mode() within group (order by value) as value, count(*)::int as count
     from had where key is not null group by facet, name, key`,
    [shopId, itemIds],
  );
  return rows;
}

/** In minor units; null where none of the items has a price in this currency. */
export async function findPriceRange(
  db: Queryable,
  shopId: string,
  { itemIds, currency }: { itemIds: readonly string[]; currency: string },
): Promise<{ min: number | null; max: number | null }> {
  const { rows } = await db.query<{ min: number | null; max: number | null }>(
    `select min(i.price_now_minor) as min, max(i.price_now_minor) as max from items i
     where i.shop_id = $1::uuid and i.id = any($2::text[]) and coalesce(i.currency, $3) = $3`,
    [shopId, itemIds, currency],
  );
  return rows[0]!;
}
