-- Merchandising rules. A row is one version of a rule, in force from began_at until ended_at: what a rule said is
-- never overwritten, so that a listing that was begun under it can be read to its end, and a removed rule restored.
create table rules (
  shop_id uuid not null references shops (id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  kind text not null check (kind in ('pin', 'boost', 'bury', 'exclude')),
  -- What it applies to: exactly one of an item, a category, a brand and an attribute.
  item_id text,
  category smallint check (category between 1 and 13),
  brand text,
  attribute_name text,
  attribute_value text,
  -- The categories of garment whose searches it applies to; null for all searches.
  search_categories smallint[],
  position smallint check (position between 1 and 24),
  strength text check (strength in ('weak', 'normal', 'strong')),
  even_out_of_stock boolean not null default false,
  starts_at timestamptz,
  ends_at timestamptz,
  note text,
  created_at timestamptz not null default now(),
  began_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (shop_id, id, version),
  check (num_nonnulls(item_id, category, brand, attribute_name) = 1),
  check ((attribute_name is null) = (attribute_value is null)),
  check ((kind = 'pin') = (position is not null)),
  check ((kind in ('boost', 'bury')) = (strength is not null)),
  check (starts_at < ends_at)
);
create unique index rules_in_force on rules (shop_id, id) where ended_at is null;

grant select, insert, update, delete on rules to armoire_shop;
alter table rules enable row level security;
create policy own_shop on rules using (shop_id = current_shop()) with check (shop_id = current_shop());

-- What a merchandiser put right by hand, beside what the parser and the feed say, so that it can be taken back.
alter table garments
  add column corrected_category smallint check (corrected_category between 1 and 13),
  -- Chosen by hand as the garment of its item that searches match against.
  add column chosen boolean not null default false,
  -- Would be the primary garment, had not another been chosen by hand.
  add column displaced boolean not null default false;
