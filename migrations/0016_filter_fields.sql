-- Sizes and genders can be filtered by (server/catalogue/items/filter-fields.ts). Stored, since row-level security keeps
-- an index over an expression from being used.
alter table items
  add column size_key text generated always as (lower(size)) stored,
  add column gender_key text generated always as (lower(gender)) stored;

create index items_by_size on items (shop_id, size_key);
create index items_by_gender on items (shop_id, gender_key);
