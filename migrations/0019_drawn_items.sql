-- Which items are the demo's drawings: a shop is the demo only as long as it has no others, and they can be removed at
-- once. Earlier versions told them by their ids.
alter table items add column is_drawn boolean not null default false;
update items i set is_drawn = true from shops s where s.id = i.shop_id and s.is_demo and i.id ~ '^ARM-[0-9]{4}$';
create index items_drawn on items (shop_id) where is_drawn;
