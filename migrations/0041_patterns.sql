-- A garment's pattern as the model sees it, with its calibrated confidence; null where it is not sure enough.
alter table garments
  add column pattern text check (pattern in ('plain', 'striped', 'checked', 'dotted', 'floral', 'print')),
  add column pattern_confidence real check (pattern_confidence between 0 and 1),
  -- What read the pattern; null for garments parsed before, which are read in the background.
  add column attributes_model text,
  add check ((pattern is null) = (pattern_confidence is null));

alter table items
  -- The feed's, by its own column or title: server/catalogue/items/attribute-keys.ts makes them. Null for items that were
  -- imported before.
  add column feed_pattern text,
  add column feed_sleeve text,
  -- Of the item's primary garment, kept by the trigger below.
  add column garment_pattern text;

-- The feed's word stands before the model's. A pattern beyond Armoire's six is the feed's own word.
alter table items
  add column pattern_key text generated always as (
    coalesce(feed_pattern, left(fold_text(attributes ->> 'pattern'), 200), garment_pattern)) stored,
  -- Categories tell sleeves: DeepFashion2's 1 to 6 and 10 to 13.
  add column sleeve_key text generated always as (coalesce(feed_sleeve,
    (array['short', 'long', 'short', 'long', 'sleeveless', 'straps', null, null, null, 'short', 'long', 'sleeveless',
      'straps'])[coalesce(feed_category, garment_category)])) stored;

create index items_by_pattern on items (shop_id, pattern_key);
create index items_by_sleeve on items (shop_id, sleeve_key);

create or replace function copy_garment_facts() returns trigger language plpgsql as $$
declare
  of_shop uuid := coalesce(new.shop_id, old.shop_id);
  of_item text := coalesce(new.item_id, old.item_id);
  facts record;
begin
  select g.category, g.colour, g.pattern into facts from garments g
  where g.shop_id = of_shop and g.item_id = of_item and g.is_primary;
  update items i
  set garment_category = facts.category, garment_colour = facts.colour, garment_pattern = facts.pattern
  where i.shop_id = of_shop and i.id = of_item
    and (i.garment_category, i.garment_colour, i.garment_pattern)
      is distinct from (facts.category, facts.colour, facts.pattern);
  return null;
end
$$;
drop trigger copy_garment_facts_updated on garments;
create trigger copy_garment_facts_updated after update of is_primary, category, colour, pattern on garments
  for each row when (old.is_primary or new.is_primary) execute function copy_garment_facts();

-- Garments that are still to be read are found by the shop.
create index garments_by_attributes_model on garments (shop_id, attributes_model);
