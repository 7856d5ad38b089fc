-- Duplicates are kept by image instead of by item: a picture that a thousand items share is one image.
drop table item_duplicates;

-- Two pictures of a shop that look the same though their bytes differ, in both directions.
create table image_pairs (
  shop_id uuid not null references shops (id) on delete cascade,
  sha256 text not null,
  other_sha256 text not null check (other_sha256 <> sha256),
  primary key (shop_id, sha256, other_sha256)
);
alter table image_pairs enable row level security;
create policy own_shop on image_pairs using (shop_id = current_shop()) with check (shop_id = current_shop());
grant select, insert, update, delete on image_pairs to armoire_shop;

-- What is still to be compared.
create index item_images_uncompared on item_images (shop_id, item_id) where position = 0 and perceptual_hash is null;
