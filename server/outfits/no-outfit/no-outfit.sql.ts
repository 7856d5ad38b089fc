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
  const { where, why } = selection(query, bind);
  const rest = after === undefined ? '' : `and i.id > ${bind(after)}::text`;
  const { rows } = await db.query<NoOutfitRow>(
    `select i.id as "itemId", ${why} as why from items i where ${where} ${rest} order by i.id limit ${bind(limit)}`,
    values,
  );
  return rows;
}

/** Their number, up to `most`. */
export async function countNoOutfit(db: Queryable, query: NoOutfitQuery, most: number): Promise<number> {
  const { bind, values } = parameters();
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (
       select from items i where ${selection(query, bind).where} limit ${bind(most)}) counted`,
    values,
  );
  return rows[0]!.count;
}

export async function countReasons(
  db: Queryable,
  query: NoOutfitQuery,
): Promise<{ why: Why; count: number }[]> {
  const { bind, values } = parameters();
  const shop = bind(query.shopId);
  const why = whyOf(REASONS, query, hasAny, bind);
  const { rows } = await db.query<{ why: Why; count: number }>(
    `select why, count(*)::int as count from (
       select ${why} as why from items i where i.shop_id = ${shop}::uuid) w
     where why is not null group by why order by why`,
    values,
  );
  return rows;
}

/** The reasons that are asked for, over `items i`: the items that they apply to, and which one it is. */
function selection(query: NoOutfitQuery, bind: Bind): { where: string; why: string } {
  const shop = bind(query.shopId);
  // No later reason has to be looked into.
  const last = query.why === null ? -1 : REASONS.indexOf(query.why);
  const reasons = last < 0 ? REASONS : REASONS.slice(0, last + 1);
  // A page of a common reason is soon full; for a rare one, all items are looked at.
  const isRare = query.why !== null && query.why !== 'IN_NO_LOOK';
  const why = whyOf(reasons, query, isRare ? hasAny : hasOne, bind);
  const wanted = query.why === null ? 'is not null' : `= ${bind(query.why)}::text`;
  return { where: `i.shop_id = ${shop}::uuid and ${why} ${wanted}`, why };
}

const REASONS: readonly Why[] = [
  'NOT_READY',
  'NO_GARMENT',
  'NO_SLOT',
  'OUT_OF_STOCK',
  'EXCLUDED',
  'IN_NO_LOOK',
];

/** Whether there is a row. Postgres reads all rows of the shop first, which pays where all items are looked at. */
const hasAny = (from: string) => `exists (select from ${from})`;
/** The same, looked up for each item. */
const hasOne = (from: string) => `(select true from ${from} limit 1) is true`;

/** The first of these reasons that applies to an item, whose shop is `$1`; null if none does. */
function whyOf(reasons: readonly Why[], { allowed }: NoOutfitQuery, has: typeof hasAny, bind: Bind): string {
  // A value that no statement uses must not be bound.
  const permitted = reasons.includes('EXCLUDED') ? allowed(bind).join(' and ') : '';
  const conditions: Record<Why, string> = {
    NOT_READY: `i.state <> 'ready'`,
    NO_GARMENT: `not ${has('garments g where g.shop_id = $1::uuid and g.item_id = i.id and g.is_primary')}`,
    NO_SLOT: 'i.slot is null',
    OUT_OF_STOCK: `i.availability = 'out_of_stock'`,
    EXCLUDED: `not (${permitted || 'true'})`,
    IN_NO_LOOK: `not ${has('look_items x where x.shop_id = $1::uuid and x.item_id = i.id')}`,
  };
  return `(case ${reasons.map((reason) => `when ${conditions[reason]} then '${reason}'`).join(' ')} end)`;
}
