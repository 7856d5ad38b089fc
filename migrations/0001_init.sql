-- Every row belongs to a shop and every key starts with it, so that a distributed Postgres takes the tables as
-- they are. Garments are partitioned by shop because an HNSW index has one column only.
-- Row-level security: each transaction takes role armoire_shop and names its shop in the setting armoire.shop_id.

create extension if not exists vector;

do $$
begin
  if not exists (select from pg_roles where rolname = 'armoire_shop') then
    create role armoire_shop nologin;
  end if;
end
$$;

create table shops (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table access_keys (
  shop_id uuid not null references shops (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  role text not null check (role in ('admin', 'merchandiser', 'widget')),
  hash bytea not null unique check (length(hash) = 32),
  hint text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (shop_id, id)
);

create table items (
  shop_id uuid not null references shops (id) on delete cascade,
  id text not null,
  title text not null,
  description text,
  link text,
  price_minor bigint,
  sale_price_minor bigint,
  currency text,
  availability text not null default 'in_stock' check (availability in ('in_stock', 'out_of_stock', 'preorder', 'backorder')),
  brand text,
  color text,
  size text,
  gender text,
  age_group text,
  item_group_id text,
  google_product_category text,
  -- Category that the feed claims, 1 to 13 in DeepFashion2's order; null where it names none of them.
  feed_category smallint check (feed_category between 1 and 13),
  -- Hash of the feed's row, then hash of what its parsing depends on (image bytes or URLs, category, model): an
  -- unchanged row is not touched, and one whose price alone changed is not parsed again.
  content_hash bytea not null,
  state text not null default 'pending' check (state in ('pending', 'ready', 'failed')),
  failure text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (shop_id, id)
);
create index items_by_age on items (shop_id, created_at, id);
create index items_by_state on items (shop_id, state);

-- An image's bytes lie in the image store, named by the SHA-256 of its upright, stripped form.
create table item_images (
  shop_id uuid not null,
  item_id text not null,
  position smallint not null,
  source text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  primary key (shop_id, item_id, position),
  foreign key (shop_id, item_id) references items (shop_id, id) on delete cascade
);

create table photos (
  shop_id uuid not null references shops (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (shop_id, id)
);
create index photos_by_expiry on photos (shop_id, expires_at);

-- A garment of an item's image or of a shopper's photo. Boxes are x1, y1, x2, y2 in pixels of the upright image;
-- masks are COCO's compressed run lengths at the image's size.
create table garments (
  shop_id uuid not null,
  id uuid not null default gen_random_uuid(),
  item_id text,
  image_position smallint,
  photo_id uuid,
  category smallint check (category between 1 and 13),
  score real not null check (score between 0 and 1),
  box real[] not null check (cardinality(box) = 4),
  mask text not null,
  area integer not null check (area >= 0),
  -- True where no garment was found and the image was embedded whole.
  whole boolean not null default false,
  -- True for the one garment of an item that searches match against.
  is_primary boolean not null default false,
  embedding vector(256) not null,
  embedding_model text not null,
  created_at timestamptz not null default now(),
  primary key (shop_id, id),
  check ((item_id is null) <> (photo_id is null)),
  check (item_id is not null or not is_primary),
  foreign key (shop_id, item_id, image_position) references item_images (shop_id, item_id, position) on delete cascade,
  foreign key (shop_id, photo_id) references photos (shop_id, id) on delete cascade
) partition by list (shop_id);
create unique index garments_one_primary on garments (shop_id, item_id) where is_primary;
create index garments_by_item on garments (shop_id, item_id) where item_id is not null;
create index garments_by_photo on garments (shop_id, photo_id) where photo_id is not null;
create index garments_nearest on garments using hnsw (embedding vector_cosine_ops) where is_primary;

create table import_jobs (
  shop_id uuid not null references shops (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  failure text,
  rows_total integer not null default 0,
  rows_rejected integer not null default 0,
  rows_unchanged integer not null default 0,
  created_at timestamptz not null default now(),
  -- When the last row of the feed had been read; items may still be pending then.
  read_at timestamptz,
  finished_at timestamptz,
  primary key (shop_id, id)
);

-- One row for each item that a job accepted: what is left of the job's work, and how it ended.
create table import_items (
  shop_id uuid not null,
  job_id uuid not null,
  item_id text not null,
  state text not null default 'pending' check (state in ('pending', 'ready', 'failed')),
  primary key (shop_id, job_id, item_id),
  foreign key (shop_id, job_id) references import_jobs (shop_id, id) on delete cascade
);
create index import_items_by_state on import_items (shop_id, job_id, state);

create table import_errors (
  shop_id uuid not null,
  job_id uuid not null,
  row_number integer not null,
  item_id text,
  code text not null,
  reason text not null,
  primary key (shop_id, job_id, row_number),
  foreign key (shop_id, job_id) references import_jobs (shop_id, id) on delete cascade
);

-- Makes a shop with its own partition of garments. Runs as the owner of the tables.
create function create_shop(shop_name text, shop_currency text, demo boolean) returns uuid
language plpgsql as $$
declare
  new_id uuid := gen_random_uuid();
begin
  insert into shops (id, name, currency, is_demo) values (new_id, shop_name, shop_currency, demo);
  execute format('create table %I partition of garments for values in (%L)', 'garments_' || replace(new_id::text, '-', ''), new_id);
  return new_id;
end
$$;

grant usage on schema public to armoire_shop;
grant select on shops to armoire_shop;
grant select, insert, update, delete
  on access_keys, items, item_images, photos, garments, import_jobs, import_items, import_errors to armoire_shop;

create function current_shop() returns uuid language sql stable as
  $$ select nullif(current_setting('armoire.shop_id', true), '')::uuid $$;

do $$
declare
  t text;
begin
  alter table shops enable row level security;
  create policy own_shop on shops using (id = current_shop());
  foreach t in array array['access_keys', 'items', 'item_images', 'photos', 'garments', 'import_jobs', 'import_items', 'import_errors']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_shop on %I using (shop_id = current_shop()) with check (shop_id = current_shop())', t);
  end loop;
end
$$;
