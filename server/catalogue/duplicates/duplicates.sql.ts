import type { Queryable } from '../../db/database.ts';
import { type Fingerprint, nearbyQuarters } from '../../vision/fingerprint.ts';

/**
 * Bits in which the hashes of one picture may differ: within this distance, probing the neighbours of each quarter is
 * certain to find it.
 */
const MOST_BITS = 7;
/** Candidates compared for each picture. */
const MOST_CANDIDATES = 50;

export interface UncomparedImage {
  readonly shopId: string;
  readonly itemId: string;
  readonly sha256: string;
}

/** Where `listUncompared` begins. */
export const FIRST_UNCOMPARED = { shopId: '00000000-0000-0000-0000-000000000000', itemId: '' };

/** First images without a fingerprint after this item's, of any shop. Runs as the owner. */
export async function listUncompared(
  db: Queryable,
  { after, limit }: { after: { shopId: string; itemId: string }; limit: number },
): Promise<UncomparedImage[]> {
  const { rows } = await db.query<UncomparedImage>(
    `select shop_id as "shopId", item_id as "itemId", sha256 from item_images
     where position = 0 and perceptual_hash is null and (shop_id, item_id) > ($2::uuid, $3::text)
     order by shop_id, item_id limit $1`,
    [limit, after.shopId, after.itemId],
  );
  return rows;
}

/** An image that cannot be read gets a hash alone, so that it is not tried again and matches nothing. */
export async function setFingerprints(
  db: Queryable,
  shopId: string,
  images: readonly { sha256: string; print: Fingerprint | null }[],
): Promise<void> {
  const rows = images.map(({ sha256, print }) => ({
    sha256,
    hash: BigInt.asIntN(64, print?.hash ?? 0n).toString(),
    thumbnail: print && Buffer.from(print.thumbnail).toString('hex'),
  }));
  await db.query(
    `update item_images m set perceptual_hash = r.hash, thumbnail = decode(r.thumbnail, 'hex')
     from jsonb_to_recordset($2::jsonb) as r (sha256 text, hash bigint, thumbnail text)
     where m.shop_id = $1 and m.sha256 = r.sha256 and m.position = 0 and m.perceptual_hash is null`,
    [shopId, JSON.stringify(rows)],
  );
}

export interface Candidate {
  readonly sha256: string;
  readonly other: string;
  readonly thumbnail: Buffer;
}

/**
 * Images of the shop whose hash is near those of these images, nearest first. Looked up by quarters of the hash, so
 * that few are read.
 */
export async function listCandidates(
  db: Queryable,
  shopId: string,
  images: readonly { sha256: string; print: Fingerprint }[],
): Promise<Candidate[]> {
  const probes = images.flatMap(({ sha256, print }) =>
    nearbyQuarters(print.hash).map((values, quarter) => ({
      sha256,
      hash: BigInt.asIntN(64, print.hash).toString(),
      quarter,
      values,
    })),
  );
  const inQuarter = (quarter: number, shift: number) =>
    `select p.sha256, p.hash, m.sha256 as other, m.perceptual_hash, m.thumbnail
     from probes p join item_images m on m.shop_id = $1 and m.position = 0
       and ${shift === 0 ? '(m.perceptual_hash & 65535)' : `((m.perceptual_hash >> ${shift}) & 65535)`} = p.value
     where p.quarter = ${quarter}`;
  const { rows } = await db.query<Candidate>(
    `with probes as (
       select r.sha256, r.hash, r.quarter, v.value::bigint as value
       from jsonb_to_recordset($2::jsonb) as r (sha256 text, hash bigint, quarter integer, values jsonb),
         jsonb_array_elements_text(r.values) as v (value)),
     found as (
       select distinct on (sha256, other) sha256, other, thumbnail,
         bit_count((hash # perceptual_hash)::bit(64)) as bits
       from (${inQuarter(0, 0)} union all ${inQuarter(1, 16)} union all ${inQuarter(2, 32)} union all
         ${inQuarter(3, 48)}) near
       where other <> sha256 and thumbnail is not null and bit_count((hash # perceptual_hash)::bit(64)) <= ${MOST_BITS}),
     ranked as (select *, row_number() over (partition by sha256 order by bits, other) as place from found)
     select sha256, other, thumbnail from ranked where place <= ${MOST_CANDIDATES}`,
    [shopId, JSON.stringify(probes)],
  );
  return rows;
}

/** Saves pairs of images, in both directions. */
export async function insertPairs(
  db: Queryable,
  shopId: string,
  pairs: readonly { sha256: string; other: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await db.query(
    `insert into image_pairs (shop_id, sha256, other_sha256)
     select $1::uuid, r.sha256, r.other from jsonb_to_recordset($2::jsonb) as r (sha256 text, other text)
     union select $1::uuid, r.other, r.sha256 from jsonb_to_recordset($2::jsonb) as r (sha256 text, other text)
     order by 2, 3 on conflict do nothing`,
    [shopId, JSON.stringify(pairs)],
  );
}

/**
 * Items after `after`, by id, that may lead a group: the first item of a picture that several products share, or that
 * looks like a picture whose first item comes later. Counts pictures, so one that all items share costs no more than
 * any other.
 */
export async function listLeaders(
  db: Queryable,
  { shopId, after, limit }: { shopId: string; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `with pictures as materialized (
       select m.sha256, min(m.item_id) as first, count(distinct p.name) as products, min(p.name) as product
       from item_images m join items i on i.shop_id = m.shop_id and i.id = m.item_id
         -- Variants of one product share their picture by right.
         cross join lateral (select case when i.item_group_id is null then 'item ' || i.id
           else 'group ' || i.item_group_id end as name) p
       where m.shop_id = $1 and m.position = 0 group by m.sha256),
     alike as materialized (
       select p.sha256, min(o.first) as first from image_pairs p join pictures o on o.sha256 = p.other_sha256
         join pictures s on s.sha256 = p.sha256
       where p.shop_id = $1 and (s.products > 1 or o.products > 1 or s.product <> o.product) group by p.sha256)
     select p.first as id from pictures p left join alike a on a.sha256 = p.sha256
     where p.first > $2 and (p.products > 1 or a.first is not null) and (a.first is null or p.first < a.first)
     order by p.first limit $3`,
    [shopId, after, limit],
  );
  return rows.map(({ id }) => id);
}

export interface GroupMember {
  readonly leader: string;
  readonly itemId: string;
  readonly sha256: string;
}

/** Most steps from one picture to the next: the ends of a longer chain look too different. */
const MOST_STEPS = 3;

/** The items with a leader's picture, including the leader; of a product's variants only the first. */
export async function listGroups(
  db: Queryable,
  shopId: string,
  leaders: readonly string[],
): Promise<GroupMember[]> {
  const { rows } = await db.query<GroupMember>(
    `with recursive near (leader, sha256, step) as (
       select m.item_id, m.sha256, 0 from item_images m
       where m.shop_id = $1 and m.item_id = any($2::text[]) and m.position = 0
       union
       select n.leader, p.other_sha256, n.step + 1 from near n
       join image_pairs p on p.shop_id = $1 and p.sha256 = n.sha256
       where n.step < ${MOST_STEPS}),
     pictures as (select distinct leader, sha256 from near),
     members as (
       select distinct on (n.leader, coalesce(i.item_group_id, ''), case when i.item_group_id is null then i.id end)
         n.leader, i.id, m.sha256
       from pictures n
       join item_images m on m.shop_id = $1 and m.sha256 = n.sha256 and m.position = 0
       join items i on i.shop_id = m.shop_id and i.id = m.item_id
       order by n.leader, coalesce(i.item_group_id, ''), case when i.item_group_id is null then i.id end, i.id)
     select leader, id as "itemId", sha256 from members order by leader, id`,
    [shopId, leaders],
  );
  return rows;
}
