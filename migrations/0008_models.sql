-- Changing the embedding model without downtime. A garment keeps the vector that it was parsed with; the vectors of
-- further models lie beside it, each shop's and model's in a partition with an HNSW index of its own, so that the
-- index is whole before searches turn to it and a model that is given up goes with its partition.

create table shop_models (
  shop_id uuid not null references shops (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  model text not null,
  state text not null default 'embedding' check (state in ('embedding', 'ready', 'moving', 'dropped')),
  -- Garments that the last pass could not embed, their images being gone or broken.
  failed integer not null default 0,
  created_at timestamptz not null default now(),
  -- Which process works on it, and until when it counts as alive.
  worker uuid,
  leased_until timestamptz,
  primary key (shop_id, id),
  unique (shop_id, model)
);

-- Which vectors a shop's searches compare: those of a further model, or the garments' own where null or no row.
create table shop_model_in_use (
  shop_id uuid primary key references shops (id) on delete cascade,
  model_id uuid,
  -- Where rolling back leads.
  previous_id uuid,
  switched_at timestamptz not null default now(),
  foreign key (shop_id, model_id) references shop_models (shop_id, id),
  foreign key (shop_id, previous_id) references shop_models (shop_id, id)
);

create table model_vectors (
  shop_id uuid not null,
  model_id uuid not null,
  garment_id uuid not null,
  -- As in garments, kept in step by a trigger: the index holds what searches match against.
  is_primary boolean not null,
  embedding vector(256) not null,
  primary key (shop_id, garment_id, model_id),
  foreign key (shop_id, garment_id) references garments (shop_id, id) on delete cascade
) partition by list (shop_id);
create index model_vectors_nearest on model_vectors using hnsw (embedding vector_cosine_ops) where is_primary;

create function follow_primary() returns trigger language plpgsql as $$
begin
  update model_vectors set is_primary = new.is_primary where shop_id = new.shop_id and garment_id = new.id;
  return null;
end
$$;
create trigger follow_primary after update of is_primary on garments
  for each row when (old.is_primary is distinct from new.is_primary) execute function follow_primary();

-- Opens a further model of a shop, with its partition; one that was dropped begins anew. Runs as the owner.
create function open_model(of_shop uuid, named text) returns uuid
language plpgsql as $$
declare
  of_model uuid;
  by_shop text := 'model_vectors_' || replace(of_shop::text, '-', '');
begin
  -- Servers that start at once open one model between them.
  perform from shops where id = of_shop for update;
  select id into of_model from shop_models where shop_id = of_shop and model = named and state <> 'dropped';
  if found then return of_model; end if;
  delete from shop_models where shop_id = of_shop and model = named;
  insert into shop_models (shop_id, model) values (of_shop, named) returning id into of_model;
  execute format('create table if not exists %I partition of model_vectors for values in (%L) partition by list (model_id)',
    by_shop, of_shop);
  execute format('create table %I partition of %I for values in (%L)',
    'model_vectors_m' || replace(of_model::text, '-', ''), by_shop, of_model);
  return of_model;
end
$$;

-- Gives up a further model and its vectors. Runs as the owner.
create function drop_model(of_shop uuid, of_model uuid) returns void
language plpgsql as $$
begin
  update shop_model_in_use set previous_id = null where shop_id = of_shop and previous_id = of_model;
  update shop_models set state = 'dropped', worker = null, leased_until = null where shop_id = of_shop and id = of_model;
  execute format('drop table if exists %I', 'model_vectors_m' || replace(of_model::text, '-', ''));
end
$$;

grant select on shop_models to armoire_shop;
grant select, insert, update, delete on shop_model_in_use, model_vectors to armoire_shop;
do $$
declare
  t text;
begin
  foreach t in array array['shop_models', 'shop_model_in_use', 'model_vectors']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_shop on %I using (shop_id = current_shop()) with check (shop_id = current_shop())', t);
  end loop;
end
$$;
