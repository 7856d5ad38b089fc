import type { Queryable } from '../db/database.ts';
import type { SeenAttributes } from '../vision/contract.ts';
import { GARMENTS, type UnembeddedImage } from './reembed.sql.ts';

const UNREAD = 'not g.whole and g.attributes_model is distinct from';

/** Those of these shops with garments of items that this attributes model has not read. Runs as the owner. */
export async function listShopsToRead(
  db: Queryable,
  model: string,
  shopIds: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select s.id from shops s where s.id = any($2::uuid[]) and exists (
       select from garments g
       where g.shop_id = s.id and g.shop_id = any($2::uuid[]) and g.item_id is not null and ${UNREAD} $1)
     order by s.created_at, s.id`,
    [model, shopIds],
  );
  return rows.map(({ id }) => id);
}

/** The shop's images of items after `after` that have garments which the model has not read. */
export async function pageUnreadImages(
  db: Queryable,
  shopId: string,
  model: string,
  [item, position]: readonly [string, number],
  limit: number,
): Promise<UnembeddedImage[]> {
  const { rows } = await db.query<UnembeddedImage>(
    `select i.sha256, i.width, i.height, json_build_array(i.item_id, i.position) as key, ${GARMENTS} as garments
     from item_images i join garments g
       on g.shop_id = i.shop_id and g.item_id = i.item_id and g.image_position = i.position
     where i.shop_id = $1::uuid and (i.item_id, i.position) > ($2::text, $3::integer) and ${UNREAD} $4
     group by i.shop_id, i.item_id, i.position order by i.item_id, i.position limit $5`,
    [shopId, item, position, model, limit],
  );
  return rows;
}

export async function fillAttributes(
  db: Queryable,
  shopId: string,
  read: readonly (SeenAttributes & { readonly id: string })[],
): Promise<void> {
  await db.query(
    `update garments g
     set attributes_model = r.model, pattern = r.pattern, pattern_confidence = r.confidence
     from unnest($2::uuid[], $3::text[], $4::text[], $5::real[]) as r (id, model, pattern, confidence)
     where g.shop_id = $1::uuid and g.id = r.id`,
    [
      shopId,
      read.map(({ id }) => id),
      read.map(({ model }) => model),
      read.map(({ pattern }) => pattern?.name ?? null),
      read.map(({ pattern }) => pattern?.confidence ?? null),
    ],
  );
}
