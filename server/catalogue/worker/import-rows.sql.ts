import type { Queryable } from '../../db/database.ts';
import type { FeedRow } from '../feed/row.ts';
import { HAS_ADDRESS, IS_DUE } from './refresh-item.sql.ts';

/** What the database knows about an id before its row is imported. */
export interface KnownItem {
  readonly id: string;
  /** `content_hash` in hex; null if the shop has no such item. */
  readonly hash: string | null;
  readonly state: 'pending' | 'ready' | 'failed' | null;
  readonly ownSlot: string | null;
  readonly wholePicture: boolean | null;
  /** Whether one of its pictures is to be asked for again. */
  readonly isStale: boolean;
  /** Number of its pictures that are from addresses. */
  readonly addressed: number;
  /** Whether an import that was accepted after this one has listed it, or has replaced the shop without it. */
  readonly isListedLater: boolean;
  /** Its state in this job; null if the job has not imported it yet. */
  readonly importState: 'pending' | 'ready' | 'failed' | 'cancelled' | null;
}

export interface ItemToWrite extends Omit<FeedRow, 'images'> {
  /** Of its row in the feed. */
  readonly rowNumber: number;
  readonly hash: string;
  /** Null if feed and title leave more than one category open. */
  readonly feedCategory: number | null;
  readonly feedColours?: readonly string[] | undefined;
  readonly feedPattern: string | null;
  readonly feedSleeve: string | null;
  /** The shop's slot that it is in. */
  readonly ownSlot: string | null;
  /** Whether its images need parsing; otherwise only texts and prices change. */
  readonly parse: boolean;
  /** Whether its pictures are asked for again, since they need no parsing. */
  readonly refresh: boolean;
}

/** One row for each of `ids`, in any order. */
export async function listKnownItems(
  db: Queryable,
  { shopId, jobId, ids }: { shopId: string; jobId: string; ids: readonly string[] },
): Promise<KnownItem[]> {
  const { rows } = await db.query<KnownItem>(
    `select w.id, encode(i.content_hash, 'hex') as hash, i.state, j.state as "importState",
       i.own_slot as "ownSlot", i.whole_picture as "wholePicture",
       coalesce(i.state = 'ready', false) and exists (select from item_images m
         join import_jobs j on j.shop_id = m.shop_id and j.id = $2
         where m.shop_id = $1 and m.item_id = w.id and ${IS_DUE}) as "isStale",
       (select count(*)::int from item_images m
         where m.shop_id = $1 and m.item_id = w.id and ${HAS_ADDRESS}) as addressed,
       case when i.id is null then (select j.attempt > 1 and exists (select from import_jobs r
           where r.shop_id = $1 and r.mode = 'replace' and r.read_at is not null and r.number > j.number)
         from import_jobs j where j.shop_id = $1 and j.id = $2)
       else i.last_job > (select number from import_jobs where shop_id = $1 and id = $2) end as "isListedLater"
     from unnest($3::text[]) as w (id)
     left join items i on i.shop_id = $1 and i.id = w.id
     left join import_items j on j.shop_id = $1 and j.job_id = $2 and j.item_id = w.id`,
    [shopId, jobId, ids],
  );
  return rows;
}

/** Makes or changes items. Those to be parsed become pending and keep their garments until then. */
export async function writeItems(
  db: Queryable,
  { shopId, jobId, drawn }: { shopId: string; jobId: string; drawn: boolean },
  rows: readonly ItemToWrite[],
): Promise<void> {
  const jobs = await db.query<{ number: number }>(
    'select number from import_jobs where shop_id = $1 and id = $2',
    [shopId, jobId],
  );
  if (!jobs.rows[0]) return;
  await db.query(
    `insert into items as i (shop_id, id, title, description, link, price_minor, sale_price_minor, sale_from, sale_until,
       currency, availability, brand, color, size, gender, age_group, item_group_id, google_product_category, product_type,
       own_slot, feed_category, feed_colours, feed_pattern, feed_sleeve, attributes, content_hash, state, is_drawn, first_job, last_job)
     select $1::uuid, r.id, r.title, r.description, r.link, r."priceMinor", r."salePriceMinor", r."saleFrom", r."saleUntil",
       r.currency, r.availability, r.brand, r.color, r.size, r.gender, r."ageGroup", r."itemGroupId",
       r."googleProductCategory", r."productType", r."ownSlot", r."feedCategory", r."feedColours", r."feedPattern", r."feedSleeve",
       coalesce(r.attributes, '{}'), decode(r.hash, 'hex'), case when r.parse then 'pending' else 'ready' end, $3::boolean,
       $4::bigint, $4::bigint
     from jsonb_to_recordset($2::jsonb) as r (id text, title text, description text, link text, "priceMinor" bigint,
       "salePriceMinor" bigint, "saleFrom" timestamptz, "saleUntil" timestamptz, currency text, availability text,
       brand text, color text, size text, gender text, "ageGroup" text, "itemGroupId" text, "googleProductCategory" text,
       "productType" text, "ownSlot" text, "feedCategory" smallint, "feedColours" text[], "feedPattern" text, "feedSleeve" text,
       attributes jsonb, hash text, parse boolean)
     order by r.id
     on conflict (shop_id, id) do update set
       title = excluded.title, description = excluded.description, link = excluded.link,
       price_minor = excluded.price_minor, sale_price_minor = excluded.sale_price_minor,
       sale_from = excluded.sale_from, sale_until = excluded.sale_until,
       currency = excluded.currency, availability = excluded.availability, brand = excluded.brand,
       color = excluded.color, feed_colours = excluded.feed_colours, feed_pattern = excluded.feed_pattern,
       feed_sleeve = excluded.feed_sleeve, size = excluded.size, gender = excluded.gender, age_group = excluded.age_group,
       item_group_id = excluded.item_group_id, google_product_category = excluded.google_product_category,
       product_type = excluded.product_type, own_slot = excluded.own_slot,
       feed_category = case when not i.corrected then excluded.feed_category end,
       said_category = case when i.corrected then excluded.feed_category end, attributes = excluded.attributes, content_hash = excluded.content_hash,
       is_drawn = excluded.is_drawn,
       first_job = least(i.first_job, excluded.first_job), last_job = greatest(i.last_job, excluded.last_job),
       state = case when excluded.state = 'pending' then 'pending' else i.state end,
       failure = case when excluded.state = 'pending' then null else i.failure end, updated_at = excluded.updated_at`,
    [shopId, JSON.stringify(rows), drawn, jobs.rows[0].number],
  );
}

/** Notes that a job lists these items, though it does not change them. */
export async function noteListed(
  db: Queryable,
  { shopId, jobId, ids }: { shopId: string; jobId: string; ids: readonly string[] },
): Promise<void> {
  await db.query(
    `update items i set first_job = least(i.first_job, j.number), last_job = greatest(i.last_job, j.number)
     from import_jobs j
     where i.shop_id = $1 and i.id = any($3::text[]) and j.shop_id = $1 and j.id = $2`,
    [shopId, jobId, ids],
  );
}

/** Puts items on the job's list unless they are on it: as pending if there is something to do. Returns the ids that are new. */
export async function addImportItems(
  db: Queryable,
  { shopId, jobId }: { shopId: string; jobId: string },
  items: readonly { id: string; pending: boolean }[],
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into import_items (shop_id, job_id, item_id, state)
     select $1, $2, r.id, case when r.pending then 'pending' else 'ready' end
     from jsonb_to_recordset($3::jsonb) as r (id text, pending boolean)
     order by r.id
     on conflict do nothing returning item_id as id`,
    [shopId, jobId, JSON.stringify(items.map(({ id, pending }) => ({ id, pending })))],
  );
  return rows.map(({ id }) => id);
}

export async function findCurrency(db: Queryable, shopId: string): Promise<string> {
  const { rows } = await db.query<{ currency: string }>('select currency from shops where id = $1', [shopId]);
  return rows[0]?.currency ?? 'EUR';
}
