-- What a shop's own systems are told of. An event is noted in the transaction in which it happened, and only if an
-- endpoint wants it; a moment later it becomes one delivery for each such endpoint.
create table outbox (
  shop_id uuid not null references shops (id) on delete cascade,
  number bigint generated always as identity,
  type text not null,
  import_id uuid,
  item_id text,
  data jsonb not null,
  noted_at timestamptz not null default now(),
  primary key (shop_id, number)
);

create table webhook_endpoints (
  shop_id uuid not null references shops (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  url text not null,
  label text not null,
  events text[] not null,
  created_at timestamptz not null default now(),
  -- Failed attempts since the last delivery, and when the first of them was.
  failures integer not null default 0,
  failing_since timestamptz,
  -- When its deliveries are looked at next; null while none waits.
  due_at timestamptz,
  disabled_at timestamptz,
  disabled_reason text check (disabled_reason in ('by_hand', 'failing', 'gone', 'backlog')),
  primary key (shop_id, id),
  check ((disabled_at is null) = (disabled_reason is null))
);

-- A secret has to be kept as it is to sign with. Requests can write it and never read it: the owner alone does, to sign.
create table webhook_secrets (
  shop_id uuid not null,
  endpoint_id uuid not null,
  id uuid not null default gen_random_uuid(),
  secret bytea not null,
  created_at timestamptz not null default now(),
  -- Set when another has taken its place: until then, deliveries are signed with both.
  expires_at timestamptz,
  primary key (shop_id, endpoint_id, id),
  foreign key (shop_id, endpoint_id) references webhook_endpoints (shop_id, id) on delete cascade
);

create table webhook_deliveries (
  shop_id uuid not null,
  endpoint_id uuid not null,
  id uuid not null default gen_random_uuid(),
  -- The order in which the deliveries of an endpoint were made.
  number bigint generated always as identity,
  type text not null,
  import_id uuid,
  -- How many items it tells of.
  items smallint not null default 0,
  -- Of what it tells, such as 'item:ID': it waits for earlier deliveries of the endpoint that have one of these.
  keys text[] not null default '{}',
  body text not null,
  is_test boolean not null default false,
  -- Sent by hand: goes before the others.
  is_urgent boolean not null default false,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  tries integer not null default 0,
  created_at timestamptz not null default now(),
  first_tried_at timestamptz,
  -- Null once it has ended.
  next_at timestamptz default now(),
  ended_at timestamptz,
  -- Of the last attempt.
  tried_at timestamptz,
  status smallint,
  answer text,
  error text,
  took_ms integer,
  primary key (shop_id, id),
  foreign key (shop_id, endpoint_id) references webhook_endpoints (shop_id, id) on delete cascade
);
create index webhook_deliveries_by_number on webhook_deliveries (shop_id, endpoint_id, number);
create index webhook_deliveries_waiting on webhook_deliveries (shop_id, endpoint_id, number) where state = 'waiting';
create index webhook_deliveries_urgent on webhook_deliveries (shop_id, endpoint_id, number) where is_urgent and state = 'waiting';
create index webhook_deliveries_by_import on webhook_deliveries (shop_id, endpoint_id, import_id) where items > 0;

grant select, insert, delete on outbox to armoire_shop;
grant select, insert, update, delete on webhook_endpoints, webhook_deliveries to armoire_shop;
grant insert, delete, select (shop_id, endpoint_id, id, created_at, expires_at), update (expires_at)
  on webhook_secrets to armoire_shop;
do $$
declare
  t text;
begin
  foreach t in array array['outbox', 'webhook_endpoints', 'webhook_secrets', 'webhook_deliveries']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_shop on %I using (shop_id = current_shop()) with check (shop_id = current_shop())', t);
  end loop;
end
$$;
