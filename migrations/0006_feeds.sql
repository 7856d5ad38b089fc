-- Feeds at scale: imports that replace a shop's items, that are cancelled and tried again, whose speed is told while
-- they run; and items that show the same picture.

alter table import_jobs
  drop constraint import_jobs_state_check,
  add constraint import_jobs_state_check check (state in ('running', 'done', 'failed', 'cancelled')),
  -- Whether items that the feed no longer names go, and whether more than half of them may.
  add column mode text not null default 'upsert' check (mode in ('upsert', 'replace')),
  add column force boolean not null default false,
  -- Raised when the import is tried again: a reader that was made for an earlier attempt lands no more rows.
  add column attempt integer not null default 1,
  add column items_deleted integer not null default 0;
create index import_jobs_by_age on import_jobs (shop_id, created_at, id);

alter table import_items
  drop constraint import_items_state_check,
  add constraint import_items_state_check check (state in ('pending', 'ready', 'failed', 'cancelled')),
  add column garments smallint not null default 0,
  add column settled_at timestamptz;
-- Which jobs wait for an item that is deleted.
create index import_items_by_item on import_items (shop_id, item_id) where state = 'pending';

alter table item_images
  -- 64 bits of the picture's coarse light and dark (a discrete cosine transform); null until it has been looked at.
  add column perceptual_hash bigint,
  -- The picture at 8 by 8 pixels, RGB.
  add column thumbnail bytea check (length(thumbnail) = 192);

-- Of an item only its first image is compared: further ones are often shared, such as a table of sizes. Hashes that
-- differ in up to 7 bits differ in at most one bit within one of their four quarters, which an index finds.
create index item_images_same on item_images (shop_id, sha256) where position = 0;
create index item_images_quarter_1 on item_images (shop_id, (perceptual_hash & 65535)) where position = 0;
create index item_images_quarter_2 on item_images (shop_id, ((perceptual_hash >> 16) & 65535)) where position = 0;
create index item_images_quarter_3 on item_images (shop_id, ((perceptual_hash >> 32) & 65535)) where position = 0;
create index item_images_quarter_4 on item_images (shop_id, ((perceptual_hash >> 48) & 65535)) where position = 0;

-- Two items that show the same picture, in both directions; found when the second of them lands.
create table item_duplicates (
  shop_id uuid not null,
  item_id text not null,
  other_id text not null check (other_id <> item_id),
  kind text not null check (kind in ('exact', 'perceptual')),
  primary key (shop_id, item_id, other_id),
  foreign key (shop_id, item_id) references items (shop_id, id) on delete cascade,
  foreign key (shop_id, other_id) references items (shop_id, id) on delete cascade
);
create index item_duplicates_by_other on item_duplicates (shop_id, other_id);
alter table item_duplicates enable row level security;
create policy own_shop on item_duplicates using (shop_id = current_shop()) with check (shop_id = current_shop());
grant select, insert, update, delete on item_duplicates to armoire_shop;
