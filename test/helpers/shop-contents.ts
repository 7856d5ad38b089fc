import sharp from 'sharp';
import type { Database } from '../../server/db/database.ts';
import { encodeOutfit } from '../../server/outfits/outfit-id.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { makeGarment, makeItem } from './factories.ts';
import { CANDIDATE_MODEL } from './fake-vision.ts';
import { drawPicture } from './pictures.ts';
import type { TestServer } from './server.ts';

/** What names the rows of a shop, for tests that try to reach them from elsewhere. */
export interface ShopContents {
  readonly shopId: string;
  readonly key: string;
  readonly keyId: string;
  readonly itemId: string;
  /** Of an item that was deleted, and can be brought back. */
  readonly deletedItemId: string;
  readonly itemGarmentId: string;
  /** Of the shop's second item, whose id ends with 2. */
  readonly secondGarmentId: string;
  readonly photoId: string;
  readonly garmentId: string;
  readonly drawnId: string;
  readonly runningJobId: string;
  readonly doneJobId: string;
  readonly previewToken: string;
  readonly ruleId: string;
  readonly removedRuleId: string;
  readonly modelId: string;
  /** Of an outfit of the first item alone, a skirt, with which two tops of the shop go. */
  readonly outfitId: string;
  /** One of these tops. */
  readonly topId: string;
  readonly lookId: string;
  readonly slotName: string;
  readonly webhookId: string;
  readonly deliveryId: string;
  readonly imagePath: string;
  readonly photoPath: string;
  readonly cropPath: string;
  readonly errorsPath: string;
}

/** A shop with rows in every table, their texts marked with `mark`. */
export async function fillShop(server: TestServer, shopId: string, mark: string): Promise<ShopContents> {
  const { db, services } = server;
  const key = await server.makeKey('admin', shopId);
  const id = mark.toLowerCase();
  const ask = async (text: string) => {
    const { data, errors } = await server.query(text, {}, { key });
    if (errors) throw new Error(`${text}: ${errors[0]!.message}`);
    return data;
  };
  const { rows: models } = await db.asOwner((tx) =>
    tx.query<{ id: string }>('select open_model($1::uuid, $2) as id', [shopId, CANDIDATE_MODEL]),
  );
  const photographed = await drawPicture({ width: 120 + mark.length, height: 160 });
  const [worn] = await services.vision.parse(await services.vision.decode(photographed));
  const { embedding } = worn!;
  for (const [item, color, category] of [
    [`${id}-1`, 'crimson', Category.SKIRT],
    [`${id}-2`, 'navy', Category.SKIRT],
    [`${id}-3`, 'teal', Category.SKIRT],
    [`${id}-4`, 'gold', Category.SKIRT],
    [`${id}-5`, 'olive', Category.SLING],
    [`${id}-6`, 'orchid', Category.SLING],
    [`${id}-8`, 'maroon', Category.SHORTS],
  ] as const) {
    // Of this shop alone: not even its picture is anyone else's.
    const picture = await sharp(await drawPicture({ color, width: 60 + mark.length, height: 80 }))
      .webp()
      .toBuffer();
    const sha256 = await services.images.put(Buffer.concat([picture, Buffer.from(mark)]));
    await makeItem(db, shopId, {
      id: item,
      title: `${mark} title`,
      brand: `${mark} brand`,
      color: `${mark} color`,
      sha256,
      // Those that look alike go together.
      garments: [makeGarment({ category, embedding, further: { model: CANDIDATE_MODEL, embedding } })],
    });
  }
  await ask(`mutation { deleteItems(ids: ["${id}-8"], keep: true) }`);
  await fillByHand(db, shopId, id, mark);
  const { data } = await server.upload(
    'mutation ($file: Upload!) { parsePhoto(image: $file) { id width imageUrl garments { id } } }',
    photographed,
    { key },
  );
  const photo = data.parsePhoto;
  await db.asOwner((tx) =>
    tx.query(
      `insert into missed_searches (shop_id, garment_id, source, day, narrowed)
       select shop_id, id, 'pages', current_date, false from garments where shop_id = $1 and photo_id is not null`,
      [shopId],
    ),
  );
  const drawn = await ask(
    `mutation { addRegion(photoId: "${photo.id}", box: { x1: 2, y1: 2, x2: 30, y2: 30 }) { id } }`,
  );
  const feed = Buffer.from(`id,title,image_link\n${id}-9,${mark},https://shop.example/9.jpg\n`);
  const job = await server.upload('mutation ($file: Upload!) { importCatalogue(feed: $file) { id } }', feed, {
    key,
    name: `${mark}.csv`,
  });
  const preview = await server.upload(
    'mutation ($file: Upload!) { previewFeed(feed: $file) { token } }',
    feed,
    { key, name: `${mark}.csv` },
  );
  const rule = () =>
    ask(
      `mutation { setRule(rule: { kind: BOOST, target: { brand: "${mark} brand" }, note: "${mark} note" }) { id } }`,
    );
  await rule();
  const [kept, removed] = [(await rule()).setRule.id, (await rule()).setRule.id];
  await ask(`mutation { removeRule(id: "${removed}") { id } }`);
  const webhook = await ask(`mutation { createWebhook(webhook: {
    url: "https://hooks.example/${mark}", label: "${mark} label", events: [IMPORT_FINISHED, MODEL_PROMOTED] }) { endpoint { id } } }`);
  const webhookId: string = webhook.createWebhook.endpoint.id;
  await ask(`mutation { sendWebhookTest(endpointId: "${webhookId}") { id } }`);
  const tested = await ask(`mutation { sendWebhookTest(endpointId: "${webhookId}") { id } }`);
  const created = await ask(
    `mutation { createKey(role: MERCHANDISER, label: "${mark} label") { details { id } } }`,
  );
  const { rows: jobs } = await db.inShop(shopId, (tx) =>
    tx.query<{ id: string }>(`select id from import_jobs where state = 'done'`),
  );
  const doneJobId = jobs[0]!.id;
  const seen = await ask(`{ item(id: "${id}-1") { imageUrl primaryGarment { id cropUrl } }
    second: item(id: "${id}-2") { primaryGarment { id } }
    importJob(id: "${doneJobId}") { errorsUrl } }`);
  return {
    shopId,
    key,
    keyId: created.createKey.details.id,
    itemId: `${id}-1`,
    deletedItemId: `${id}-8`,
    itemGarmentId: seen.item.primaryGarment.id,
    secondGarmentId: seen.second.primaryGarment.id,
    photoId: photo.id,
    garmentId: photo.garments[0].id,
    drawnId: drawn.addRegion.id,
    runningJobId: job.data.importCatalogue.id,
    doneJobId,
    previewToken: preview.data.previewFeed.token,
    ruleId: kept,
    removedRuleId: removed,
    modelId: models[0]!.id,
    outfitId: encodeOutfit({
      pieces: [{ kind: 'item', id: `${id}-1`, slot: 'bottom', isGiven: true }],
      lookId: null,
    }),
    topId: `${id}-5`,
    lookId: `${id}-look`,
    slotName: `${id}-slot`,
    webhookId,
    deliveryId: tested.sendWebhookTest.id,
    imagePath: seen.item.imageUrl,
    photoPath: photo.imageUrl,
    cropPath: seen.item.primaryGarment.cropUrl,
    errorsPath: seen.importJob.errorsUrl,
  };
}

/** What no field of the API makes at once. */
async function fillByHand(db: Database, shopId: string, id: string, mark: string): Promise<void> {
  const run = (text: string, values: readonly unknown[]) => db.asOwner((tx) => tx.query(text, values));
  await run(
    `update items set description = $2 || ' description', link = 'https://shop.example/' || $2, failure = $2 || ' failure',
       size = $2, gender = $2, age_group = $2, item_group_id = $2 || id, attributes = jsonb_build_object('cut', $2::text)
     where shop_id = $1`,
    [shopId, mark],
  );
  await run(
    `insert into image_pairs (shop_id, sha256, other_sha256)
     select $1, a.sha256, b.sha256 from item_images a join item_images b on b.shop_id = a.shop_id
     where a.shop_id = $1 and (a.item_id, b.item_id) in (
       ($2 || '-1', $2 || '-2'), ($2 || '-2', $2 || '-1'), ($2 || '-3', $2 || '-4'), ($2 || '-4', $2 || '-3'))`,
    [shopId, id],
  );
  await run(
    `with look as (
       insert into looks (shop_id, id, name, source, item_count) values
         ($1, $2 || '-look', $3 || ' look', 'feed', 2), ($1, $2 || '-a-look', $3 || ' second look', 'api', 2)),
     slot as (
       insert into slots (shop_id, name, label, product_types) values ($1, $2 || '-slot', $3 || ' slot', array[$3]))
     insert into feed_looks (shop_id, item_id, look_id)
     select $1, i.id, $2 || '-look' from items i where i.shop_id = $1 and i.id in ($2 || '-1', $2 || '-2')`,
    [shopId, id, mark],
  );
  await run(
    `insert into look_items (shop_id, look_id, item_id, position)
     select l.shop_id, l.id, f.item_id, row_number() over (partition by l.id order by f.item_id)
     from looks l join feed_looks f on f.shop_id = l.shop_id where l.shop_id = $1`,
    [shopId],
  );
  await run(`update shop_models set state = 'ready' where shop_id = $1`, [shopId]);
  await run('insert into shop_model_in_use (shop_id) values ($1)', [shopId]);
  await run(
    `with job as (
       insert into import_jobs (shop_id, name, state, rows_total, read_at, finished_at)
       values ($1, $3 || ' feed', 'done', 2, now(), now()) returning id),
     item as (insert into import_items (shop_id, job_id, item_id, state) select $1, id, $2 || '-2', 'failed' from job)
     insert into import_errors (shop_id, job_id, row_number, item_id, code, reason)
     select $1, id, 2, $2 || '-2', 'PARSE_FAILED', $3 || ' reason' from job`,
    [shopId, id, mark],
  );
  await run(
    `with day as (
       insert into insight_counts (shop_id, day, source, arm, kind, subject, count)
       values ($1, current_date, 'pages', '', 'search', '', 3)),
     found as (insert into found_items (shop_id, item_id, day) values ($1, $2 || '-1', current_date))
     insert into insight_items (shop_id, day, source, item_id, shown, opened, clicked_out, added)
     values ($1, current_date, 'pages', $2 || '-1', 4, 3, 2, 1)`,
    [shopId, id],
  );
  await run(
    `insert into outbox (shop_id, type, item_id, data)
     values ($1, 'item.failed', $2 || '-2', jsonb_build_object('reason', $3 || ' reason'))`,
    [shopId, id, mark],
  );
  await run(
    `insert into key_usage (shop_id, key_id, kind, minute, used)
     select shop_id, id, 'search', now(), 1 from access_keys where shop_id = $1`,
    [shopId],
  );
}

/** Every row of a shop in every table, as text, by table. */
export async function dumpShop(db: Database, shopId: string): Promise<Record<string, string[]>> {
  return db.asOwner(async (tx) => {
    const { rows: tables } = await tx.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id'
       where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    const parts = tables.map(
      ({ name }) => `select '${name}' as of, t::text as row from ${name} t where shop_id = $1::uuid`,
    );
    const { rows } = await tx.query<{ of: string; row: string }>(
      `${parts.join(' union all ')}
       union all select 'shops', t::text from shops t where id = $1::uuid
       union all select 'pgboss.job', t::text from pgboss.job t where data ->> 'shopId' = $1::text
       order by 1, 2`,
      [shopId],
    );
    const names = [...tables.map(({ name }) => name), 'shops', 'pgboss.job'];
    const dump: Record<string, string[]> = Object.fromEntries(names.map((name) => [name, []]));
    for (const { of, row } of rows) dump[of]!.push(row);
    return dump;
  });
}
