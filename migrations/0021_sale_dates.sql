-- A sale price can hold for a while only (Google's sale_price_effective_date). Whether it does is judged by the clock of
-- each query, so what an item costs now cannot be stored for these items.
alter table items add column sale_from timestamptz, add column sale_until timestamptz;

-- A sale of 0, or one that is not below the price, is none.
update items set sale_price_minor = null where sale_price_minor <= 0 or sale_price_minor >= price_minor;

alter table items
  add check (sale_price_minor > 0 and (price_minor is null or sale_price_minor < price_minor)),
  drop column price_now_minor,
  add column sale_is_dated boolean not null
    generated always as (sale_price_minor is not null and (sale_from is not null or sale_until is not null)) stored,
  -- What the item costs, unless a dated sale decides that: then it is null.
  add column steady_price_minor bigint generated always as (
    case when sale_price_minor is null or (sale_from is null and sale_until is null)
      then coalesce(sale_price_minor, price_minor) end) stored;

create index items_by_price on items (shop_id, steady_price_minor);
create index items_by_dated_sale on items (shop_id, id) where sale_is_dated;
