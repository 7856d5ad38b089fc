import type { Queryable } from '../db/database.ts';
import { SHOWN } from '../shops/shown-items.sql.ts';
import type { ArmName, CountKind } from './kinds.ts';
import type { Period } from './period.ts';

type OfShop = Period & { readonly shopId: string };

/** `$1` is the shop, `$2` and `$3` the first and the last day, `$4` the source or null. */
const IN_PERIOD = `c.shop_id = $1::uuid and c.day between $2::date and $3::date
  and ($4::text is null or c.source = $4)`;
const valuesOf = ({ shopId, from, to, source }: OfShop) => [shopId, from, to, source];

/** A sum over the period. What it is not grouped by is null. */
export interface SumRow {
  readonly kind: CountKind;
  readonly day: string | null;
  readonly subject: string | null;
  readonly source: string | null;
  readonly arm: ArmName | '' | null;
  readonly count: number;
}

/** By day, by subject, and by source and arm, in one pass. */
export async function sumCounts(db: Queryable, period: OfShop): Promise<SumRow[]> {
  const { rows } = await db.query<SumRow>(
    `select c.kind, c.day::text as day, c.subject, c.source, c.arm, sum(c.count::float8) as count
     from insight_counts c where ${IN_PERIOD}
     group by grouping sets ((c.kind, c.day), (c.kind, c.subject), (c.kind, c.source, c.arm))`,
    valuesOf(period),
  );
  return rows;
}

export interface ItemSumRow {
  readonly itemId: string;
  readonly shown: number;
  readonly opened: number;
  readonly clickedOut: number;
  readonly added: number;
}

const ITEM_SUMS = `c.item_id as "itemId", sum(c.shown)::float8 as shown, sum(c.opened)::float8 as opened,
  sum(c.clicked_out)::float8 as "clickedOut", sum(c.added)::float8 as added`;
const BEST_FIRST = 'sum(c.opened + c.clicked_out + c.added) desc, sum(c.shown) desc, c.item_id';

/** Items that were opened, clicked and added most, then those that were shown most. */
export async function listTopItems(db: Queryable, period: OfShop & { limit: number }): Promise<ItemSumRow[]> {
  const { rows } = await db.query<ItemSumRow>(
    `select ${ITEM_SUMS} from insight_items c where ${IN_PERIOD}
     group by c.item_id order by ${BEST_FIRST} limit $5`,
    [...valuesOf(period), period.limit],
  );
  return rows;
}

export interface MissRow {
  readonly garmentId: string;
  readonly source: string;
  readonly category: number | null;
  readonly best: number | null;
  readonly isNarrowed: boolean;
  readonly notedAt: Date;
  readonly expiresAt: Date;
}

/** The newest first, without those whose photo has expired. */
export async function listMisses(db: Queryable, period: OfShop & { limit: number }): Promise<MissRow[]> {
  const { rows } = await db.query<MissRow>(
    `select c.garment_id as "garmentId", c.source, c.category, c.best, c.narrowed as "isNarrowed",
       c.noted_at as "notedAt", p.expires_at as "expiresAt"
     from missed_searches c
       join garments g on g.shop_id = c.shop_id and g.id = c.garment_id
       join photos p on p.shop_id = g.shop_id and p.id = g.photo_id and p.expires_at > now()
     where ${IN_PERIOD}
     order by c.noted_at desc, c.garment_id limit $5`,
    [...valuesOf(period), period.limit],
  );
  return rows;
}

const NEVER_FOUND = `from items i left join found_items f on f.shop_id = i.shop_id and f.item_id = i.id
  where i.shop_id = $1::uuid and ${SHOWN} and (f.day is null or f.day < $2::date)`;

/** Items that shoppers may see and that no search has found since `from`, the oldest first. */
export async function listNeverFound(
  db: Queryable,
  of: { shopId: string; from: string; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select i.id ${NEVER_FOUND} order by i.created_at, i.id limit $3`,
    [of.shopId, of.from, of.limit],
  );
  return rows.map(({ id }) => id);
}

/** Their number, up to `most`. */
export async function countNeverFound(
  db: Queryable,
  of: { shopId: string; from: string; most: number },
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from (select ${NEVER_FOUND} limit $3) as counted`,
    [of.shopId, of.from, of.most],
  );
  return rows[0]!.count;
}

/** What keys are called, for their ids; of revoked keys too. */
export async function listKeyNames(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string; holdOut: number }[]> {
  const { rows } = await db.query<{ id: string; name: string; holdOut: number }>(
    `select id::text, coalesce(nullif(label, ''), hint) as name, hold_out as "holdOut"
     from access_keys where shop_id = $1::uuid and id::text = any($2::text[])`,
    [shopId, ids],
  );
  return rows;
}

export interface CsvCountRow {
  readonly day: string;
  readonly source: string;
  readonly arm: string;
  readonly kind: CountKind;
  readonly subject: string;
  readonly count: number;
}

export async function listCounts(db: Queryable, period: OfShop): Promise<CsvCountRow[]> {
  const { rows } = await db.query<CsvCountRow>(
    `select c.day::text, c.source, c.arm, c.kind, c.subject, c.count::float8 as count
     from insight_counts c where ${IN_PERIOD}
     order by c.day, c.source, c.arm, c.kind, c.subject`,
    valuesOf(period),
  );
  return rows;
}

export async function listItemCounts(
  db: Queryable,
  period: OfShop,
): Promise<(ItemSumRow & { day: string; source: string })[]> {
  const { rows } = await db.query<ItemSumRow & { day: string; source: string }>(
    `select c.day::text, c.source, c.item_id as "itemId", c.shown::float8, c.opened::float8,
       c.clicked_out::float8 as "clickedOut", c.added::float8
     from insight_items c where ${IN_PERIOD} order by c.day, c.source, c.item_id`,
    valuesOf(period),
  );
  return rows;
}
