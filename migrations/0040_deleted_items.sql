-- Items that were deleted by hand, for as long as that can be undone (server/catalogue/items/kept-items.sql.ts): the rows of
-- each table that went with the item. They lie outside of the tables, so that no count, search or import meets them.
create table deleted_items (
  shop_id uuid not null references shops (id) on delete cascade,
  id text not null,
  deleted_at timestamptz not null default now(),
  -- Of its images, whose files are kept as long.
  images text[] not null,
  -- {"items": [row], "item_images": [row, ...], ...}
  kept jsonb not null,
  primary key (shop_id, id)
);
create index deleted_items_by_age on deleted_items (deleted_at);
create index deleted_items_by_image on deleted_items using gin (images);
grant select, insert, update, delete on deleted_items to armoire_shop;
alter table deleted_items enable row level security;
create policy own_shop on deleted_items using (shop_id = current_shop()) with check (shop_id = current_shop());

-- Inserts rows that were kept as JSON. A column that is newer than they are takes its default.
create function put_back(of_table regclass, kept jsonb) returns void language plpgsql as $$
declare
  columns text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
  where attrelid = of_table and attnum > 0 and not attisdropped and attgenerated = '' and kept -> 0 ? attname;
  if columns is null then return; end if;
  execute format('insert into %s (%s) select %s from jsonb_populate_recordset(null::%s, $1) on conflict do nothing',
    of_table, columns, columns, of_table) using kept;
end
$$;
