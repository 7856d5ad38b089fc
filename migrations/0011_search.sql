-- What searches filter by stands in one row and in columns of its own. Under row-level security Postgres looks into an
-- index only by operators that are marked leakproof, as = and < are and lower(), @> and @@ are not: so lower case is
-- stored beside the text, and words and attributes are looked up by a function of the owner.

alter table items
  -- Of the item's primary garment, kept by the trigger below.
  add column garment_category smallint,
  add column garment_colour text;

update items i set garment_category = g.category, garment_colour = g.colour
from garments g where g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary;

-- The lexemes of the shop, of the title's words and of the attributes: those that begin with a space, which no word
-- does, are not of the title. The shop's comes first in a search, so that it meets no other shop's items.
create function search_terms(shop_id uuid, title text, attributes jsonb) returns tsvector
language sql immutable parallel safe as $$
  select to_tsvector('simple', title) || array_to_tsvector(array(
    select ' shop=' || shop_id::text
    union all select lower(' ' || a.key || '=' || a.value) from jsonb_each_text(attributes) as a (key, value)))
$$;

alter table items
  -- The feed's word stands before the model's.
  add column category smallint generated always as (coalesce(feed_category, garment_category)) stored,
  add column color_key text generated always as (lower(coalesce(color, garment_colour))) stored,
  add column brand_key text generated always as (lower(brand)) stored,
  -- What the item costs now.
  add column price_now_minor bigint generated always as (coalesce(sale_price_minor, price_minor)) stored,
  add column terms tsvector generated always as (search_terms(shop_id, title, attributes)) stored;

create index items_by_category on items (shop_id, category, color_key);
create index items_by_color on items (shop_id, color_key);
create index items_by_brand on items (shop_id, brand_key);
create index items_by_price on items (shop_id, price_now_minor);
create index items_by_availability on items (shop_id, availability);
create index items_by_terms on items using gin (terms);

-- The current shop's items with these terms, up to so many; as the owner of the tables, hence the shop's name.
create function items_with_terms(query tsquery, most integer) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id from items i
  where i.shop_id = current_shop()
    and i.terms @@ (query && format('%L', ' shop=' || current_shop())::tsquery)
  limit most
$$;
revoke execute on function items_with_terms from public;
grant execute on function items_with_terms to armoire_shop;

create function copy_garment_facts() returns trigger language plpgsql as $$
declare
  of_shop uuid := coalesce(new.shop_id, old.shop_id);
  of_item text := coalesce(new.item_id, old.item_id);
  facts record;
begin
  select g.category, g.colour into facts from garments g
  where g.shop_id = of_shop and g.item_id = of_item and g.is_primary;
  update items i set garment_category = facts.category, garment_colour = facts.colour
  where i.shop_id = of_shop and i.id = of_item
    and (i.garment_category, i.garment_colour) is distinct from (facts.category, facts.colour);
  return null;
end
$$;
create trigger copy_garment_facts_inserted after insert on garments
  for each row when (new.is_primary) execute function copy_garment_facts();
create trigger copy_garment_facts_updated after update of is_primary, category, colour on garments
  for each row when (old.is_primary or new.is_primary) execute function copy_garment_facts();
create trigger copy_garment_facts_deleted after delete on garments
  for each row when (old.is_primary) execute function copy_garment_facts();
