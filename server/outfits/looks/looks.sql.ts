import type { Queryable } from '../../db/database.ts';
import { parameters } from '../../retrieval/nearest/conditions.ts';
import type { Bind, Where } from '../../retrieval/nearest/query.ts';
import { asText } from '../../retrieval/ranking/active-rules.sql.ts';
import { SHOWN } from '../../shops/shown-items.sql.ts';
import { foldText } from '../../vocabulary/fold.ts';

export interface LookRow {
  readonly id: string;
  readonly name: string | null;
  readonly source: 'api' | 'feed' | 'studio';
  /** How many items it was given. */
  readonly itemCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `l.id, l.name, l.source, l.item_count as "itemCount", l.created_at as "createdAt",
  l.updated_at as "updatedAt"`;

/** Which looks are listed. */
export interface LookQuery {
  readonly shopId: string;
  /** Exclusions of the shop's rules. */
  readonly allowed: Where;
  /** Also those of which shoppers see nothing. */
  readonly all: boolean;
  readonly words: readonly string[];
}

/** The newest looks first; `cursorTime` is passed back in `after`. */
export async function pageLooks(
  db: Queryable,
  query: LookQuery,
  page: { limit: number; after?: { createdAt: string; id: string } | undefined },
): Promise<(LookRow & { cursorTime: string })[]> {
  const { bind, values } = parameters();
  const where = conditions(query, bind);
  const after = page.after
    ? `and (l.created_at, l.id) < (${bind(page.after.createdAt)}::timestamptz, ${bind(page.after.id)}::text)`
    : '';
  const { rows } = await db.query<LookRow & { cursorTime: string }>(
    `select ${COLUMNS}, ${asText('l.created_at')} as "cursorTime" from looks l
     where ${where} ${after} order by l.created_at desc, l.id desc limit ${bind(page.limit)}`,
    values,
  );
  return rows;
}

/** The number of looks, up to `most`. */
export async function countLooks(db: Queryable, query: LookQuery, most: number): Promise<number> {
  const { bind, values } = parameters();
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (
       select from looks l where ${conditions(query, bind)} limit ${bind(most)}) counted`,
    values,
  );
  return rows[0]!.count;
}

export async function findLook(db: Queryable, query: LookQuery, id: string): Promise<LookRow | null> {
  const { bind, values } = parameters();
  const { rows } = await db.query<LookRow>(
    `select ${COLUMNS} from looks l where ${conditions(query, bind)} and l.id = ${bind(id)}::text`,
    values,
  );
  return rows[0] ?? null;
}

/** An item in a look, and whether it can be shown in it. */
export interface LookItemRow {
  readonly lookId: string;
  readonly itemId: string;
  /** Whether shoppers see the item at all. */
  readonly shown: boolean;
  readonly inStock: boolean;
  /** False if a rule excludes it from all searches. */
  readonly allowed: boolean;
}

/** The items of these looks, each look's in order. */
export async function listLookItems(
  db: Queryable,
  { shopId, allowed }: Pick<LookQuery, 'shopId' | 'allowed'>,
  lookIds: readonly string[],
): Promise<LookItemRow[]> {
  const { bind, values } = parameters();
  const shop = bind(shopId);
  const permitted = allowed(bind).join(' and ') || 'true';
  const { rows } = await db.query<LookItemRow>(
    `select x.look_id as "lookId", x.item_id as "itemId", ${SHOWN} as shown, ${IN_STOCK} as "inStock",
       ${permitted} as allowed
     from look_items x join items i on i.shop_id = x.shop_id and i.id = x.item_id
     where x.shop_id = ${shop}::uuid and x.look_id = any(${bind(lookIds)}::text[])
     order by x.look_id, x.position, x.item_id`,
    values,
  );
  return rows;
}

/** The newest looks of each of these items, at most `most`. */
export async function listLooksOfItems(
  db: Queryable,
  query: LookQuery,
  itemIds: readonly string[],
  most: number,
): Promise<(LookRow & { itemId: string })[]> {
  const { bind, values } = parameters();
  const where = conditions(query, bind);
  const { rows } = await db.query<LookRow & { itemId: string }>(
    `select of."itemId", of.id, of.name, of.source, of."itemCount", of."createdAt", of."updatedAt" from (
       select ${COLUMNS}, x.item_id as "itemId",
         row_number() over (partition by x.item_id order by l.created_at desc, l.id desc) as place
       from look_items x join looks l on l.shop_id = x.shop_id and l.id = x.look_id
       where x.item_id = any(${bind(itemIds)}::text[]) and ${where}) of
     where of.place <= ${bind(most)} order by of."itemId", of.place`,
    values,
  );
  return rows;
}

/** Over `items i`. */
const IN_STOCK = `i.availability <> 'out_of_stock'`;

/** Over `looks l`. To be bound first: `$1` is the shop. */
function conditions({ shopId, allowed, all, words }: LookQuery, bind: Bind): string {
  const shop = bind(shopId);
  const usable = () => [SHOWN, IN_STOCK, ...allowed(bind)].join(' and ');
  const named = words.length > 0 ? containsAll(words, bind) : 'true';
  const seen = all ? 'true' : `(select count(*) from (${itemsOf(usable())} limit 2) two) = 2`;
  // Words rule out more looks than the state of their items does, and are looked for first.
  return `l.shop_id = ${shop}::uuid and l.removed_at is null
    and case when ${named} then ${seen} else false end`;
}

const itemsOf = (condition: string, what = '') =>
  `select ${what} from look_items o join items i on i.shop_id = o.shop_id and i.id = o.item_id
   where o.shop_id = $1::uuid and o.look_id = l.id and ${condition}`;

/**
 * Whether each of the words is in the look's name, its id or the title of one of its items. These are folded once for all
 * words, which `offset 0` sees to: words have no spaces, so that none is found across two titles.
 */
function containsAll(words: readonly string[], bind: Bind): string {
  const forms = bind([...new Set(words.map(foldText))]);
  const titles = itemsOf('true', `string_agg(i.title, chr(10))`);
  return `(select bool_and(strpos(t.said, w.form) > 0) from unnest(${forms}::text[]) as w (form), (
    select fold_text(concat_ws(chr(10), l.name, l.id, (${titles}))) as said offset 0) t)`;
}
