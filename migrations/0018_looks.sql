-- Looks: items that a shop shows together. `source` is who has the say: the feed's looks follow the feed's column
-- look_id, and one that was saved through the API or in the studio no longer does.
create table looks (
  shop_id uuid not null references shops (id) on delete cascade,
  id text not null check (length(id) between 1 and 100),
  name text,
  source text not null check (source in ('api', 'feed', 'studio')),
  -- How many items it was given; it has fewer once one is deleted.
  item_count smallint not null,
  -- Removed by hand while items of the feed still name it: kept so that the feed does not bring it back.
  removed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (shop_id, id)
);
create index looks_by_age on looks (shop_id, created_at, id) where removed_at is null;

create table look_items (
  shop_id uuid not null,
  look_id text not null,
  item_id text not null,
  position smallint not null,
  primary key (shop_id, look_id, item_id),
  foreign key (shop_id, look_id) references looks (shop_id, id) on delete cascade,
  foreign key (shop_id, item_id) references items (shop_id, id) on delete cascade
);
create index look_items_by_item on look_items (shop_id, item_id, look_id);

-- What the feed's column look_id says of each item, whatever the look was made since.
create table feed_looks (
  shop_id uuid not null,
  item_id text not null,
  look_id text not null,
  primary key (shop_id, item_id, look_id),
  foreign key (shop_id, item_id) references items (shop_id, id) on delete cascade
);
create index feed_looks_by_look on feed_looks (shop_id, look_id, item_id);

-- Slots of an outfit that a shop adds to top, outerwear, bottom and dress: goods outside the 13 categories, which the
-- shop's own category words name.
create table slots (
  shop_id uuid not null references shops (id) on delete cascade,
  name text not null check (length(name) between 1 and 30),
  label text not null,
  product_types text[] not null check (cardinality(product_types) > 0),
  created_at timestamptz not null default now(),
  primary key (shop_id, name)
);

alter table items
  add column product_type text,
  -- The shop's slot whose words name it (server/catalogue/slots/); kept by imports and when a slot changes.
  add column own_slot text,
  -- In a slot of the shop and none of the 13 categories: searches compare the whole picture, and only with its like.
  add column whole_picture boolean not null default false;
alter table items
  add column slot text generated always as (coalesce(own_slot, case
    when coalesce(feed_category, garment_category) in (3, 4) then 'outerwear'
    when coalesce(feed_category, garment_category) in (1, 2, 5, 6) then 'top'
    when coalesce(feed_category, garment_category) in (7, 8, 9) then 'bottom'
    when coalesce(feed_category, garment_category) between 10 and 13 then 'dress' end)) stored;
create index items_by_slot on items (shop_id, slot);

-- A change of slots has the items that it concerns looked at again, as a job beside the feeds'.
alter table import_jobs add column kind text not null default 'feed' check (kind in ('feed', 'slots'));

grant select, insert, update, delete on looks, look_items, feed_looks, slots to armoire_shop;
do $$
declare
  t text;
begin
  foreach t in array array['looks', 'look_items', 'feed_looks', 'slots']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_shop on %I using (shop_id = current_shop()) with check (shop_id = current_shop())', t);
  end loop;
end
$$;
