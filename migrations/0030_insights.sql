-- What shoppers do with what searches find, as counts by day (UTC). Nothing here says who they are: there are no
-- addresses, no sessions and no times of day. docs/insights.md says how long each table is kept.

-- `source` is the id of a key, or 'pages' for requests without one. `subject` is what the kind is counted by: the
-- category of a garment, the tenth of a confidence; mostly empty.
create table insight_counts (
  shop_id uuid not null references shops (id) on delete cascade,
  day date not null,
  source text not null,
  arm text not null check (arm in ('', 'shown', 'held_out')),
  kind text not null,
  subject text not null,
  count bigint not null check (count >= 0),
  primary key (shop_id, day, source, arm, kind, subject)
);

-- Of a past day, only the leading items are kept (server/insights/keep.ts).
create table insight_items (
  shop_id uuid not null,
  day date not null,
  source text not null,
  item_id text not null,
  shown integer not null,
  opened integer not null,
  clicked_out integer not null,
  added integer not null,
  primary key (shop_id, day, source, item_id),
  foreign key (shop_id, item_id) references items (shop_id, id) on delete cascade
);
create index insight_items_by_item on insight_items (shop_id, item_id);

-- The last day on which a search found the item.
create table found_items (
  shop_id uuid not null,
  item_id text not null,
  day date not null,
  primary key (shop_id, item_id),
  foreign key (shop_id, item_id) references items (shop_id, id) on delete cascade
);

-- Searches with a shopper's garment that found nothing, or nothing close. They go when the photo does.
create table missed_searches (
  shop_id uuid not null,
  garment_id uuid not null,
  source text not null,
  day date not null,
  category smallint check (category between 1 and 13),
  -- The highest score; null if nothing was found.
  best real,
  -- Whether the shopper had narrowed the search by filters or words.
  narrowed boolean not null,
  noted_at timestamptz not null default now(),
  primary key (shop_id, garment_id),
  foreign key (shop_id, garment_id) references garments (shop_id, id) on delete cascade
);

-- The share of visitors who see no recommendations, so that the shop can compare (docs/insights.md).
alter table access_keys add column hold_out real not null default 0 check (hold_out between 0 and 0.5);

-- Events have a limit of their own.
alter table key_usage drop constraint key_usage_kind_check;
alter table key_usage add constraint key_usage_kind_check check (kind in ('parse', 'search', 'event'));

grant select, insert, update, delete on insight_counts, insight_items, found_items, missed_searches to armoire_shop;
do $$
declare
  t text;
begin
  foreach t in array array['insight_counts', 'insight_items', 'found_items', 'missed_searches']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_shop on %I using (shop_id = current_shop()) with check (shop_id = current_shop())', t);
  end loop;
end
$$;
