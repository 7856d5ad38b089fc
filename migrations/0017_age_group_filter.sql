-- Age groups can be filtered by.
alter table items add column age_group_key text generated always as (lower(age_group)) stored;
create index items_by_age_group on items (shop_id, age_group_key);
