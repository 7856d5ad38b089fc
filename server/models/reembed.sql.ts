import type { Queryable } from '../db/database.ts';
import type { Shade } from '../vision/contract.ts';
import type { CategoryId, ColourName } from '../vocabulary/taxonomy.ts';

/** A further model of a shop that a process works on. */
export interface ModelTask {
  readonly shopId: string;
  readonly id: string;
  readonly model: string;
  readonly state: 'embedding' | 'ready' | 'moving';
}

export interface UnembeddedGarment {
  readonly id: string;
  /** COCO's compressed RLE. */
  readonly mask: string;
  readonly category: CategoryId | null;
  readonly whole: boolean;
}

/** An image with those of its garments that have no vector of the model yet. */
export interface UnembeddedImage {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly garments: readonly UnembeddedGarment[];
  /** Where the page after this one begins. */
  readonly key: readonly [owner: string, position: number];
}

/** Opens this model, as a candidate, in each of these shops that does not have it. Runs as the owner. */
export async function openModel(db: Queryable, shopId: string, model: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>('select open_model($1::uuid, $2) as id', [shopId, model]);
  return rows[0]!.id;
}

/**
 * Shops that have not opened this model, though they have garments of items that another one embedded; one that was
 * dropped counts as opened unless `again`. Of these shops. Runs as the owner.
 */
export async function listShopsWithout(
  db: Queryable,
  model: string,
  again: boolean,
  shopIds: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select s.id from shops s where s.id = any($3::uuid[]) and not exists (
       select from shop_models m where m.shop_id = s.id and m.model = $1 and (m.state <> 'dropped' or not $2))
     and exists (select from garments g
       where g.shop_id = s.id and g.shop_id = any($3::uuid[]) and g.is_primary and g.embedding_model <> $1)
     order by s.created_at, s.id`,
    [model, again, shopIds],
  );
  return rows.map(({ id }) => id);
}

/**
 * Whether the shop's searches can be answered for a new photo: the model in use is one of these. Vectors that were put in the
 * place of the garments' own answer them, whatever could not be embedded then and has another model's still.
 */
export async function isInUse(db: Queryable, shopId: string, models: readonly string[]): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>(
    `select case when u.model_id is null
       then not exists (select from garments g where g.shop_id = $1 and g.is_primary and g.embedding_model <> all ($2::text[]))
         or exists (select from shop_models d where d.shop_id = $1 and d.state = 'dropped' and d.model = any ($2::text[])
           and d.model = (select mode() within group (order by g.embedding_model) from garments g
             where g.shop_id = $1 and g.is_primary))
       else m.model = any ($2::text[]) end as known
     from shops s left join shop_model_in_use u on u.shop_id = s.id
     left join shop_models m on m.shop_id = s.id and m.id = u.model_id
     where s.id = $1`,
    [shopId, models],
  );
  return rows[0]?.known ?? true;
}

/** Those of these models that are to be worked on, of all shops; with `all`, also those that were whole. */
export async function listModelTasks(
  db: Queryable,
  models: readonly string[],
  all: boolean,
): Promise<ModelTask[]> {
  const { rows } = await db.query<ModelTask>(
    `select shop_id as "shopId", id, model, state from shop_models
     where model = any($1::text[]) and (state in ('embedding', 'moving') or ($2 and state = 'ready'))
     order by created_at, id`,
    [models, all],
  );
  return rows;
}

/** Takes or keeps a model for a minute; false where another process that is alive has it, or it was dropped. */
export async function leaseModel(
  db: Queryable,
  task: ModelTask,
  worker: string,
  force: boolean,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update shop_models set worker = $3, leased_until = now() + interval '60 s'
     where shop_id = $1 and id = $2 and state <> 'dropped' and
       (worker is null or worker = $3 or leased_until < now() or $4)`,
    [task.shopId, task.id, worker, force],
  );
  return rowCount === 1;
}

/** Does nothing where another worker has it by now. */
export async function releaseModel(db: Queryable, task: ModelTask, worker: string): Promise<void> {
  await db.query(
    'update shop_models set worker = null, leased_until = null where shop_id = $1 and id = $2 and worker = $3',
    [task.shopId, task.id, worker],
  );
}

/** Those of a group, in their order. */
export const GARMENTS = `json_agg(json_build_object('id', g.id, 'mask', g.mask, 'category', g.category, 'whole', g.whole) order by g.id)`;
const MISSING = `not exists (select from model_vectors v
  where v.shop_id = g.shop_id and v.garment_id = g.id and v.model_id = $2::uuid)`;

/** The shop's images of items after `after` that have garments without a vector of the model. */
export async function pageItemImages(
  db: Queryable,
  { shopId, id }: ModelTask,
  [item, position]: readonly [string, number],
  limit: number,
): Promise<UnembeddedImage[]> {
  const { rows } = await db.query<UnembeddedImage>(
    `select i.sha256, i.width, i.height, ${GARMENTS} as garments, json_build_array(i.item_id, i.position) as key
     from item_images i join garments g
       on g.shop_id = i.shop_id and g.item_id = i.item_id and g.image_position = i.position
     where i.shop_id = $1::uuid and (i.item_id, i.position) > ($3::text, $4::integer) and ${MISSING}
     group by i.shop_id, i.item_id, i.position order by i.item_id, i.position limit $5`,
    [shopId, id, item, position, limit],
  );
  return rows;
}

/** As `pageItemImages`, of the photos that have not expired. */
export async function pagePhotos(
  db: Queryable,
  { shopId, id }: ModelTask,
  [photo]: readonly [string, number],
  limit: number,
): Promise<UnembeddedImage[]> {
  const { rows } = await db.query<UnembeddedImage>(
    `select p.sha256, p.width, p.height, ${GARMENTS} as garments, json_build_array(p.id, 0) as key
     from photos p join garments g on g.shop_id = p.shop_id and g.photo_id = p.id
     where p.shop_id = $1::uuid and p.expires_at > now() and ($3::text = '' or p.id > nullif($3, '')::uuid) and ${MISSING}
     group by p.shop_id, p.id order by p.id limit $4`,
    [shopId, id, photo, limit],
  );
  return rows;
}

export interface FoundColours {
  readonly id: string;
  readonly colour: ColourName | null;
  /** Null for a whole picture. */
  readonly shades: readonly Shade[] | null;
}

/** Garments parsed before colours were read from pixels, or by a model that told none, get theirs. */
export async function fillColours(
  db: Queryable,
  shopId: string,
  colours: readonly FoundColours[],
): Promise<void> {
  await db.query(
    `update garments g set colour = c.colour, shades = coalesce(g.shades, c.shades::jsonb)
     from unnest($2::uuid[], $3::text[], $4::text[]) as c (id, colour, shades)
     where g.shop_id = $1 and g.id = c.id and c.colour is not null and g.shades is null
       and (g.colour is null or c.shades is not null)`,
    [
      shopId,
      colours.map(({ id }) => id),
      colours.map(({ colour }) => colour),
      colours.map(({ shades }) => (shades ? JSON.stringify(shades) : null)),
    ],
  );
}

/**
 * A pass has come to its end: what it could not embed is counted. Where more is without a vector, such as what came back
 * behind the pass, another one follows.
 */
export async function finishPass(db: Queryable, task: ModelTask, failed: number): Promise<void> {
  const { rows } = await db.query<{ missing: number }>(
    `select count(*)::int as missing from garments g
     left join item_images i on i.shop_id = g.shop_id and i.item_id = g.item_id and i.position = g.image_position
     left join photos p on p.shop_id = g.shop_id and p.id = g.photo_id and p.expires_at > now()
     where g.shop_id = $1::uuid and (i.shop_id is not null or p.shop_id is not null) and ${MISSING}`,
    [task.shopId, task.id],
  );
  await db.query(
    `update shop_models set state = $4, failed = $3
     where shop_id = $1 and id = $2 and state in ('embedding', 'ready')`,
    [task.shopId, task.id, failed, rows[0]!.missing > failed ? 'embedding' : 'ready'],
  );
}

/**
 * Puts the vectors of the model in the place of the garments' own, for some garments after `after`; returns the last
 * of them, null where there are no more.
 */
export async function moveVectors(
  db: Queryable,
  { shopId, id, model }: ModelTask,
  after: string | null,
  limit: number,
): Promise<string | null> {
  const { rows } = await db.query<{ last: string | null }>(
    `with page as (
       select g.id from garments g where g.shop_id = $1::uuid and ($3::uuid is null or g.id > $3) order by g.id limit $4),
     moved as (
       update garments g set embedding = v.embedding, embedding_model = $5
       from page, model_vectors v
       where g.shop_id = $1::uuid and g.id = page.id and v.shop_id = g.shop_id and v.garment_id = g.id
         and v.model_id = $2::uuid and g.embedding_model <> $5)
     select id as last from page order by id desc limit 1`,
    [shopId, id, after, limit, model],
  );
  return rows[0]?.last ?? null;
}

/** Turns searches back to the garments' own vectors, which are this model's now. */
export async function turnBack(db: Queryable, { shopId }: ModelTask): Promise<void> {
  await db.query(
    `update shop_model_in_use set model_id = null, previous_id = null, switched_at = now() where shop_id = $1`,
    [shopId],
  );
}

/** Ends a move: drops the vectors that lay beside the garments. */
export async function finishMove(db: Queryable, { shopId, id }: ModelTask): Promise<void> {
  await db.query('select drop_model($1::uuid, $2::uuid)', [shopId, id]);
}
