import type { Queryable } from '../../db/database.ts';
import { parameters } from '../../retrieval/nearest/conditions.ts';
import type { Bind, Where } from '../../retrieval/nearest/query.ts';

export type Why = 'NOT_READY' | 'NO_GARMENT' | 'NO_SLOT' | 'OUT_OF_STOCK' | 'EXCLUDED' | 'IN_NO_LOOK';

export interface NoOutfitQuery {
  readonly shopId: string;
  /** Exclusions of the shop's rules. */
  readonly allowed: Where;
  /** Null for all. */
  readonly why: Why | null;
}

export interface NoOutfitRow {
  readonly itemId: string;
  readonly why: Why;
}

/** The items after `after`, by id. */
export async function pageNoOutfit(
  db: Queryable,
  query: NoOutfitQuery,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<NoOutfitRow[]> {
  const { bind, values } = parameters();
  const rest = after === undefined ? '' : `and i.id > ${bind(after)}::text`;
  const { rows } = await db.query<NoOutfitRow>(
    `select i.id as "itemId", ${whyOf(query, bind)} as why from items i
     where ${conditions(query, bind)} ${rest} order by i.id limit ${bind(limit)}`,
    values,
  );
  return rows;
}

/** Their number, up to `most`. */
export async function countNoOutfit(db: Queryable, query: NoOutfitQuery, most: number): Promise<number> {
  const { bind, values } = parameters();
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (
       select from items i where ${conditions(query, bind)} limit ${bind(most)}) counted`,
    values,
  );
  return rows[0]!.count;
}

export async function countReasons(
  db: Queryable,
  query: NoOutfitQuery,
): Promise<{ why: Why; count: number }[]> {
  const { bind, values } = parameters();
  const { rows } = await db.query<{ why: Why; count: number }>(
    `select why, count(*)::int as count from (
       select ${whyOf(query, bind)} as why from items i where i.shop_id = ${bind(query.shopId)}::uuid) w
     where why is not null group by why order by why`,
    values,
  );
  return rows;
}

function conditions(query: NoOutfitQuery, bind: Bind): string {
  const why = whyOf(query, bind);
  const wanted = query.why === null ? 'is not null' : `= ${bind(query.why)}::text`;
  return `i.shop_id = ${bind(query.shopId)}::uuid and ${why} ${wanted}`;
}

/** The first reason that applies to an item `i`; null if none does. */
function whyOf({ allowed }: NoOutfitQuery, bind: Bind): string {
  const excluded = allowed(bind).map((condition) => `when not (${condition}) then 'EXCLUDED'`);
  return `(case when i.state <> 'ready' then 'NOT_READY'
    when not exists (select from garments g where g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary) then 'NO_GARMENT'
    when i.slot is null then 'NO_SLOT'
    when i.availability = 'out_of_stock' then 'OUT_OF_STOCK'
    ${excluded.join(' ')}
    when not exists (select from look_items x where x.shop_id = i.shop_id and x.item_id = i.id) then 'IN_NO_LOOK' end)`;
}
