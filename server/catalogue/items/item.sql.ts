import type { Queryable, ShopQueryable } from '../../db/database.ts';
import { readTogether, type Statement } from '../../db/statement.ts';
import { SHOWN } from '../../shops/shown-items.sql.ts';
import type { SleeveName } from '../../vocabulary/taxonomy.ts';
import { filterConditions, hasTerms, type ItemFilter, termsQuery } from './filter.ts';
import { ON_SALE } from './price-now.ts';

export interface ItemRow {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly link: string | null;
  readonly priceMinor: number | null;
  /** Null unless the item is on sale now. */
  readonly salePriceMinor: number | null;
  readonly currency: string | null;
  readonly availability: 'in_stock' | 'out_of_stock' | 'preorder' | 'backorder';
  readonly brand: string | null;
  readonly color: string | null;
  readonly size: string | null;
  readonly gender: string | null;
  readonly ageGroup: string | null;
  readonly itemGroupId: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** The feed's, or else that of the primary garment. */
  readonly category: number | null;
  /** The feed's, or else that of the primary garment: one of the six, or the feed's own word. */
  readonly pattern: string | null;
  readonly sleeve: SleeveName | null;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly failure: string | null;
  /** Whether shoppers can see it; if not, only the shop's staff can. */
  readonly shown: boolean;
  /** Whether the item is one of the demo's drawings. */
  readonly isDrawn: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ItemImageRow {
  readonly itemId: string;
  readonly position: number;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** The feed's claim that nothing of it can be matched no longer holds once a merchandiser has chosen a garment. */
const FAILURE = `case when i.state <> 'ready' or i.failure is null or not exists (select from garments c
  where c.shop_id = $1::uuid and c.item_id = i.id and c.chosen) then i.failure end`;

const columnsWith = (
  failure: string,
  shown: string,
) => `i.id, i.title, i.description, i.link, i.price_minor as "priceMinor",
  case when ${ON_SALE} then i.sale_price_minor end as "salePriceMinor", i.currency, i.availability, i.brand, i.color, i.size, i.gender,
  i.age_group as "ageGroup", i.item_group_id as "itemGroupId", i.attributes, i.category, i.pattern_key as pattern, i.sleeve_key as sleeve, i.state, ${failure} as failure, ${shown} as shown,
  i.is_drawn as "isDrawn",
  i.created_at as "createdAt",
  i.updated_at as "updatedAt"`;

/** The columns of an ItemRow, of `items i`, whose shop is `$1`. */
export const ITEM_COLUMNS = columnsWith(FAILURE, SHOWN);
/** The same of items that are ready without a failure, of whose garments nothing needs to be known. */
const READY_COLUMNS = columnsWith('null', 'true');

export async function listItems(db: ShopQueryable, ids: readonly string[]): Promise<ItemRow[]> {
  const { rows } = await db.query<ItemRow>(
    `select ${READY_COLUMNS} from items i
     where i.shop_id = $1 and i.id = any($2::text[]) and i.state = 'ready' and i.failure is null`,
    [db.shopId, ids],
    'ready items',
  );
  const found = new Set(rows.map(({ id }) => id));
  const left = ids.filter((id) => !found.has(id));
  if (left.length === 0) return rows;
  const { text, values } = itemsStatement(db.shopId, left);
  return [...rows, ...(await db.query<ItemRow>(text, values)).rows];
}

function itemsStatement(shopId: string, ids: readonly string[]): Statement<ItemRow> {
  return {
    text: `select ${ITEM_COLUMNS} from items i where i.shop_id = $1 and i.id = any($2::text[])`,
    values: [shopId, ids],
  };
}

/** The images of these items, each item's first image first. */
export async function listImagesOfItems(
  db: ShopQueryable,
  itemIds: readonly string[],
): Promise<ItemImageRow[]> {
  const { text, values, name } = imagesStatement(db.shopId, itemIds);
  return (await db.query<ItemImageRow>(text, values, name)).rows;
}

function imagesStatement(
  shopId: string,
  itemIds: readonly string[],
): Statement<ItemImageRow> & { readonly name: string } {
  return {
    text: `select item_id as "itemId", position, sha256, width, height from item_images
     where shop_id = $1 and item_id = any($2::text[]) order by item_id, position`,
    values: [shopId, itemIds],
    name: 'images of items',
  };
}

/** Items with their images: what listItems and listImagesOfItems find. */
export async function listItemsWithImages(
  db: ShopQueryable,
  ids: readonly string[],
): Promise<{ items: ItemRow[]; images: ItemImageRow[] }> {
  if (!db.isDistributed) {
    return { items: await listItems(db, ids), images: await listImagesOfItems(db, ids) };
  }
  const [items, images] = await readTogether(db, [
    itemsStatement(db.shopId, ids),
    imagesStatement(db.shopId, ids),
  ]);
  const asDate = (time: Date | string) => new Date(time);
  return {
    items: items.map((row) => ({
      ...row,
      createdAt: asDate(row.createdAt),
      updatedAt: asDate(row.updatedAt),
    })),
    images,
  };
}

/** What the feed says of an item's category. */
export interface FeedWordsRow {
  readonly id: string;
  readonly productType: string | null;
  readonly googleProductCategory: string | null;
}

export async function listFeedWords(db: ShopQueryable, ids: readonly string[]): Promise<FeedWordsRow[]> {
  const { rows } = await db.query<FeedWordsRow>(
    `select id, product_type as "productType", google_product_category as "googleProductCategory"
     from items where shop_id = $1 and id = any($2::text[])`,
    [db.shopId, ids],
  );
  return rows;
}

/** For items in a group: the number of ready items in it. */
export async function countVariants(
  db: ShopQueryable,
  itemIds: readonly string[],
): Promise<{ itemId: string; count: number }[]> {
  const { rows } = await db.query<{ itemId: string; count: number }>(
    // Each group is counted once, however many of its items are asked about.
    `with asked as (
       select id, item_group_id from items where shop_id = $1 and id = any($2::text[]) and item_group_id is not null),
     counted as materialized (
       select v.item_group_id, count(*)::int as count from items v
       where v.shop_id = $1 and v.state = 'ready' and v.item_group_id in (select item_group_id from asked)
       group by v.item_group_id)
     select a.id as "itemId", c.count from asked a join counted c on c.item_group_id = a.item_group_id`,
    [db.shopId, itemIds],
  );
  return rows;
}

/** Of each group, at most this many variants are listed. */
export const MAX_VARIANTS = 100;

/** The items of these groups that shoppers can see, by id. */
export async function listVariants(
  db: ShopQueryable,
  groupIds: readonly string[],
): Promise<(ItemRow & { itemGroupId: string })[]> {
  const { rows } = await db.query<ItemRow & { itemGroupId: string }>(
    `select ${ITEM_COLUMNS} from (
       select id, row_number() over (partition by item_group_id order by id) as place from items i
       where i.shop_id = $1 and i.item_group_id = any($2::text[]) and ${SHOWN}) v
     join items i on i.shop_id = $1 and i.id = v.id where v.place <= ${MAX_VARIANTS} order by i.id`,
    [db.shopId, groupIds],
  );
  return rows;
}

export interface MatchingItems {
  readonly shopId: string;
  readonly shopCurrency: string;
  readonly filter: ItemFilter;
  /** Also items hidden from shoppers. */
  readonly all: boolean;
}

export interface ItemPage extends MatchingItems {
  readonly limit: number;
  /** Where the previous page ended; the time is as Postgres writes it, to the microsecond. */
  readonly after?: { readonly createdAt: string; readonly id: string } | undefined;
}

/** The newest items first. Pass `cursorTime` as `after` to continue. */
export async function pageItems(
  db: Queryable,
  page: ItemPage,
): Promise<(ItemRow & { cursorTime: string })[]> {
  const { from, bind, values } = matchingItems(page);
  const after = page.after
    ? `and (i.created_at, i.id) < (${bind(page.after.createdAt)}::timestamptz, ${bind(page.after.id)}::text)`
    : '';
  const { rows } = await db.query<ItemRow & { cursorTime: string }>(
    `select ${ITEM_COLUMNS}, to_char(i.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorTime"
     ${from} ${after} order by i.created_at desc, i.id desc limit ${bind(page.limit)}`,
    values,
  );
  return rows;
}

/** The number of matching items, up to `most`. */
export async function countMatchingItems(db: Queryable, page: MatchingItems, most: number): Promise<number> {
  const { words: _, attributes: __, ...others } = page.filter;
  const { from, bind, values } = matchingItems(page);
  // If terms are the only filter, the items themselves need not be read.
  const termsAlone =
    page.all && hasTerms(page.filter) && filterConditions(others, page.shopCurrency, () => '').length === 0;
  const counted = termsAlone ? matchingTerms(page, most) : { from, bind, values };
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (select ${counted.from} limit ${counted.bind(most)}) counted`,
    counted.values,
  );
  return rows[0]!.count;
}

function matchingTerms({ shopId, filter }: MatchingItems, most: number) {
  const { bind, values } = parameters();
  // The shop is named, so that a distributed database calls the function on the shop's node.
  const from = `from shops s cross join lateral items_with_terms(${termsQuery(filter, bind)}, ${bind(most)}::integer)
    where s.id = ${bind(shopId)}::uuid`;
  return { from, bind, values };
}

function parameters() {
  const values: unknown[] = [];
  return { values, bind: (value: unknown) => `$${values.push(value)}` };
}

/** SQL for the items, over `items i`. */
export function matchingItems({ shopId, shopCurrency, filter, all }: MatchingItems) {
  const { bind, values } = parameters();
  const conditions = [
    `i.shop_id = ${bind(shopId)}::uuid`,
    ...(all ? [] : [SHOWN]),
    ...filterConditions(filter, shopCurrency, bind),
  ];
  return { conditions, from: `from items i where ${conditions.join(' and ')}`, bind, values };
}
