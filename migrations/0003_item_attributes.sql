-- What a shop says of an item beyond the columns that we know: {name: text}, names in lower case.
alter table items add column attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object');

-- Items of one group are variants of one another.
create index items_by_group on items (shop_id, item_group_id, id) where item_group_id is not null;
