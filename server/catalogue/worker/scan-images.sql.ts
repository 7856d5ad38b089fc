import type { Queryable, ShopQueryable } from '../../db/database.ts';
import { HAS_ADDRESS } from './refresh-item.sql.ts';

export interface ImagesScan {
  readonly shopId: string;
  /** The items that are asked about; null for all. */
  readonly wanted: readonly string[] | null;
}

/** Which items the job asks about; null for all. */
export async function findWanted(db: ShopQueryable, jobId: string): Promise<readonly string[] | null> {
  const { rows } = await db.query<{ wanted: string[] | null }>(
    'select wanted_items as wanted from import_jobs where shop_id = $1 and id = $2',
    [db.shopId, jobId],
  );
  return rows[0]?.wanted ?? null;
}

/** The last item that is on the job's list; '' if there is none. */
export async function findLastListed(
  db: Queryable,
  { shopId, jobId }: { shopId: string; jobId: string },
): Promise<string> {
  const { rows } = await db.query<{ last: string | null }>(
    'select max(item_id) as last from import_items where shop_id = $1 and job_id = $2',
    [shopId, jobId],
  );
  return rows[0]?.last ?? '';
}

const ADDRESSED = `exists (
  select from item_images m where m.shop_id = $1::uuid and m.item_id = i.id and ${HAS_ADDRESS})`;

/** The stored items after `after`, by id, and whether they have a picture with an address. */
export async function pageStored(
  db: Queryable,
  page: ImagesScan & { after: string; limit: number },
): Promise<{ id: string; isAddressed: boolean }[]> {
  const { rows } = await db.query<{ id: string; isAddressed: boolean }>(
    // The page is cut first: in a shop whose pictures came in files, all items would be read for one that has an address.
    `select i.id, ${ADDRESSED} as "isAddressed"
     from (select shop_id, id from items
       where shop_id = $1 and id > $2 and state = 'ready' and ($3::text[] is null or id = any($3))
       order by id limit $4) i
     order by i.id`,
    [page.shopId, page.after, page.wanted, page.limit],
  );
  return rows;
}

/** The number of stored items all of whose pictures came in files. */
export async function countUnaddressed(db: Queryable, { shopId, wanted }: ImagesScan): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from items i
     where i.shop_id = $1 and i.state = 'ready' and ($2::text[] is null or i.id = any($2)) and not ${ADDRESSED}`,
    [shopId, wanted],
  );
  return rows[0]?.count ?? 0;
}

/** Those of these items that are not stored: the shop has none of that id, or its import has not ended well. */
export async function listNotStored(
  db: Queryable,
  shopId: string,
  ids: readonly string[],
): Promise<{ id: string; state: 'pending' | 'failed' | null }[]> {
  const { rows } = await db.query<{ id: string; state: 'pending' | 'failed' | null }>(
    `select w.id, i.state from unnest($2::text[]) as w (id) left join items i on i.shop_id = $1 and i.id = w.id
     where i.state is distinct from 'ready'`,
    [shopId, ids],
  );
  return rows;
}
