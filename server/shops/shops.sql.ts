import type { Queryable } from '../db/database.ts';
import type { LanguageTag } from '../vocabulary/language.ts';
import { SHOWN } from './shown-items.sql.ts';

export interface ShopRow {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** Made as the demo shop, and without any item of its own. */
  readonly isDemo: boolean;
  /** Null for the browser's own. */
  readonly language: LanguageTag | null;
}

const columnsOf = (shop: string) => `id, name, currency, language, is_demo and not exists (
  select from items i where i.shop_id = ${shop} and not i.is_drawn) as "isDemo"`;
const COLUMNS = columnsOf('shops.id');

export async function findShop(db: Queryable, id: string): Promise<ShopRow | null> {
  const { rows } = await db.query<ShopRow>(`select ${columnsOf('$1')} from shops where id = $1`, [id]);
  return rows[0] ?? null;
}

/** The default shop is the first that was made. */
export async function findFirstShop(db: Queryable): Promise<ShopRow | null> {
  const { rows } = await db.query<ShopRow>(`select ${COLUMNS} from shops order by created_at, id limit 1`);
  return rows[0] ?? null;
}

/** The shops of this name, or the one of this id; the oldest first. */
export async function findShopsNamed(db: Queryable, nameOrId: string): Promise<ShopRow[]> {
  const { rows } = await db.query<ShopRow>(
    `select ${COLUMNS} from shops where lower(name) = lower($1) or id::text = lower($1) order by created_at, id`,
    [nameOrId],
  );
  return rows;
}

/** The oldest first. */
export async function listShops(db: Queryable, limit: number): Promise<ShopRow[]> {
  const { rows } = await db.query<ShopRow>(`select ${COLUMNS} from shops order by created_at, id limit $1`, [
    limit,
  ]);
  return rows;
}

export async function listShopIds(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select id from shops order by id');
  return rows.map(({ id }) => id);
}

/** False if there is no such shop. */
export async function renameShop(db: Queryable, id: string, name: string): Promise<boolean> {
  const { rowCount } = await db.query('update shops set name = $2 where id = $1', [id, name]);
  return rowCount === 1;
}

/** False if there is no such shop. */
export async function setLanguage(db: Queryable, id: string, language: LanguageTag | null): Promise<boolean> {
  const { rowCount } = await db.query('update shops set language = $2 where id = $1', [id, language]);
  return rowCount === 1;
}

/** Whether the shop was made as the demo and its drawn items were not removed, whatever else it has. */
export async function wasMadeAsDemo(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query('select from shops where id = $1 and is_demo', [id]);
  return rows.length > 0;
}

/** The shop is never taken for the demo again, also when it is empty. */
export async function endDemo(db: Queryable, id: string): Promise<void> {
  await db.query('update shops set is_demo = false where id = $1', [id]);
}

export async function countDrawnItems(db: Queryable, shopId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from items where shop_id = $1 and is_drawn',
    [shopId],
  );
  return rows[0]!.count;
}

/** Waits until no other server is making a shop; holds until the transaction ends. */
export async function lockShops(db: Queryable): Promise<void> {
  await db.query('lock table shops in share row exclusive mode');
}

export async function createShop(
  db: Queryable,
  shop: { name: string; currency: string; isDemo: boolean },
): Promise<string> {
  const { rows } = await db.query<{ id: string }>('select create_shop($1, $2, $3) as id', [
    shop.name,
    shop.currency,
    shop.isDemo,
  ]);
  return rows[0]!.id;
}

/** Those that shoppers see or will see; all of them for the shop's people. */
export async function countItems(
  db: Queryable,
  shopId: string,
  all: boolean,
): Promise<{ itemCount: number; pendingCount: number }> {
  const { rows } = await db.query<{ itemCount: number; pendingCount: number }>(
    `select count(*)${all ? '' : ` filter (where i.state = 'pending' or ${SHOWN})`} as "itemCount",
       count(*) filter (where i.state = 'pending') as "pendingCount"
     from items i where i.shop_id = $1`,
    [shopId],
  );
  return rows[0]!;
}

/** Ready items by category (the feed's word before the parser's), in the categories' order; empty ones are left out. */
export async function countCategories(
  db: Queryable,
  shopId: string,
): Promise<{ category: number; count: number }[]> {
  const { rows } = await db.query<{ category: number; count: number }>(
    `select coalesce(i.feed_category, g.category) as category, count(*) as count
     from garments g join items i on i.shop_id = g.shop_id and i.id = g.item_id
     where g.shop_id = $1 and g.is_primary and coalesce(i.feed_category, g.category) is not null and i.state = 'ready'
     group by 1 order by 1`,
    [shopId],
  );
  return rows;
}

/** The commonest colours or brands as the feed writes them, once for each spelling that differs in more than case. */
export async function listValues(
  db: Queryable,
  shopId: string,
  column: 'color' | 'brand',
  { all, limit }: { all: boolean; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ value: string }>(
    `select min(value) as value
     from (select ${column} as value from items i where i.shop_id = $1 ${all ? '' : `and ${SHOWN}`}) as listed
     where value <> '' group by lower(value) order by count(*) desc, lower(value) limit $2`,
    [shopId, limit],
  );
  return rows.map(({ value }) => value);
}
