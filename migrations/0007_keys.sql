-- Keys that their owners can tell apart, and widget keys: publishable, good on the listed sites alone.
alter table access_keys add column label text not null default '';
alter table access_keys add column domains text[] not null default '{}';
-- To the hour: enough to see which keys are in use.
alter table access_keys add column last_used_at timestamptz;
create index access_keys_by_domain on access_keys using gin (domains) where role = 'widget' and revoked_at is null;

-- What a widget's key has used in a minute, over all servers and restarts. A server takes it in small blocks.
create table key_usage (
  shop_id uuid not null,
  key_id uuid not null,
  kind text not null check (kind in ('parse', 'search')),
  minute timestamptz not null,
  used integer not null check (used >= 0),
  primary key (shop_id, key_id, kind, minute),
  foreign key (shop_id, key_id) references access_keys (shop_id, id) on delete cascade
);
grant select, insert, update, delete on key_usage to armoire_shop;
alter table key_usage enable row level security;
create policy own_shop on key_usage using (shop_id = current_shop()) with check (shop_id = current_shop());

-- Of the installation, not of a shop: its owner alone reads it. Signs the links to images of the other shops.
create table secrets (
  name text primary key,
  value bytea not null
);
insert into secrets (name, value)
values ('links', uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
alter table secrets enable row level security;
