-- Pictures are asked for again at their addresses. What the server said of the version that is stored, the SHA-256 of
-- the bytes that it sent, and when it was last asked; null for files of a feed, and until an older picture is asked for.
alter table item_images
  add column etag text,
  add column last_modified text,
  add column source_hash text check (source_hash ~ '^[0-9a-f]{64}$'),
  add column asked_at timestamptz;
-- Variants share pictures. An address can be longer than an index entry may be.
create index item_images_by_source on item_images (shop_id, md5(source));

alter table import_jobs
  drop constraint import_jobs_kind_check,
  add constraint import_jobs_kind_check check (kind in ('feed', 'slots', 'images')),
  -- The items whose pictures are to be asked for; null for all.
  add column wanted_items text[];

-- The item's pictures were asked for and are as before.
alter table import_items add column unchanged boolean not null default false;
