import type { Queryable } from '../../db/database.ts';
import { ITEM_COLUMNS, type ItemRow } from '../items/item.sql.ts';
import { staffConditions } from './staff-filter.ts';
import type { StaffFilter } from './staff-filter.type.ts';
import type { OrderedBy } from './staff-order.ts';

export interface StaffSelection {
  readonly shopId: string;
  readonly shopCurrency: string;
  readonly filter: StaffFilter;
}

export interface StaffPage {
  readonly order: OrderedBy;
  readonly limit: number;
  /** Where the previous page ended. */
  readonly after?: { readonly key: string; readonly id: string } | undefined;
}

const TYPES: readonly OrderedBy['type'][] = ['timestamptz', 'text', 'float8'];

/** The items in this order. Pass `orderKey` as `after` to continue. */
export async function pageStaffItems(
  db: Queryable,
  selection: StaffSelection,
  { order, limit, after }: StaffPage,
): Promise<(ItemRow & { orderKey: string })[]> {
  const { from, bind, values } = select(selection);
  const [beyond, direction] = order.descending ? ['<', 'desc'] : ['>', 'asc'];
  const type = TYPES.find((known) => known === order.type) ?? 'text';
  const left = after
    ? `and (${order.key}, i.id) ${beyond} (${bind(after.key)}::${type}, ${bind(after.id)}::text)`
    : '';
  const written =
    order.type === 'timestamptz'
      ? `to_char(${order.key} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
      : `(${order.key})::text`;
  const { rows } = await db.query<ItemRow & { orderKey: string }>(
    `select ${ITEM_COLUMNS}, ${written} as "orderKey"
     ${from} ${left} order by ${order.key} ${direction}, i.id ${direction} limit ${bind(limit)}`,
    values,
  );
  return rows;
}

/** Their number, up to `most`. */
export async function countStaffItems(
  db: Queryable,
  selection: StaffSelection,
  most: number,
): Promise<number> {
  const { from, bind, values } = select(selection);
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (select ${from} limit ${bind(most)}) counted`,
    values,
  );
  return rows[0]!.count;
}

/** The ids after this one, in their order. */
export async function listStaffItemIds(
  db: Queryable,
  selection: StaffSelection,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const { from, bind, values } = select(selection);
  const { rows } = await db.query<{ id: string }>(
    `select i.id ${from} and i.id > ${bind(after)}::text order by i.id limit ${bind(limit)}`,
    values,
  );
  return rows.map(({ id }) => id);
}

export interface ExportedRow extends ItemRow {
  /** Of the garment that is matched; null if there is none. */
  readonly score: number | null;
  readonly images: number;
}

/** The items after this id, by id, for a file. */
export async function listExportedItems(
  db: Queryable,
  selection: StaffSelection,
  { after, limit }: { after: string; limit: number },
): Promise<ExportedRow[]> {
  const { from, bind, values } = select(selection);
  const { rows } = await db.query<ExportedRow>(
    `select ${ITEM_COLUMNS},
       (select p.score from garments p where p.shop_id = $1::uuid and p.item_id = i.id and p.is_primary) as score,
       (select count(*)::int from item_images m where m.shop_id = $1::uuid and m.item_id = i.id) as images
     ${from} and i.id > ${bind(after)}::text order by i.id limit ${bind(limit)}`,
    values,
  );
  return rows;
}

function select({ shopId, shopCurrency, filter }: StaffSelection) {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [`i.shop_id = ${bind(shopId)}::uuid`, ...staffConditions(filter, shopCurrency, bind)];
  return { from: `from items i where ${conditions.join(' and ')}`, bind, values };
}
