-- What a database that Citus distributes needs (docs/operations.md); it is the same on one PostgreSQL.

-- A transaction enters a shop by SET, and not by set_config(): Citus takes to its workers what SET says within the
-- transaction, and set_config() is to it a SELECT like others.
create function enter_shop(of_shop uuid, timeout text) returns void language plpgsql as $$
begin
  perform set_config('citus.propagate_set_commands', 'local', true);
  execute format('set local statement_timeout = %L', timeout);
  execute format('set local armoire.shop_id = %L', of_shop);
  set local role armoire_shop;
end
$$;

-- Settings for what follows in the transaction, where the shop's rows are: Citus runs this on their node. Null is the
-- default.
create function set_in_shop(of_shop uuid, names text[], new_values text[]) returns void language plpgsql as $$
begin
  for i in 1 .. cardinality(names) loop
    perform set_config(names[i], new_values[i], true);
  end loop;
end
$$;

-- Whether shops have partitions of their own in this table. They have none once it is distributed.
create function has_partitions(of_table regclass) returns boolean language sql stable as
  $$ select relkind = 'p' from pg_class where oid = of_table $$;

create or replace function create_shop(shop_name text, shop_currency text, demo boolean) returns uuid
language plpgsql as $$
declare
  new_id uuid := gen_random_uuid();
begin
  if has_partitions('garments') then
    -- A partition of garments locks these tables too: in the order of those who write, or each would wait for the other.
    lock table item_images, photos in share row exclusive mode;
  end if;
  insert into shops (id, name, currency, is_demo) values (new_id, shop_name, shop_currency, demo);
  if has_partitions('garments') then
    execute format('create table %I partition of garments for values in (%L)', 'garments_' || replace(new_id::text, '-', ''), new_id);
  end if;
  return new_id;
end
$$;

create or replace function open_model(of_shop uuid, named text) returns uuid
language plpgsql as $$
declare
  of_model uuid;
  by_shop text := 'model_vectors_' || replace(of_shop::text, '-', '');
begin
  -- Servers that start at once open one model between them. As lockModels in server/models/models.sql.ts.
  perform pg_advisory_xact_lock(hashtextextended('armoire.models.' || of_shop::text, 0));
  select id into of_model from shop_models where shop_id = of_shop and model = named and state <> 'dropped';
  if found then return of_model; end if;
  delete from shop_models where shop_id = of_shop and model = named;
  of_model := gen_random_uuid();
  insert into shop_models (shop_id, id, model) values (of_shop, of_model, named);
  if has_partitions('model_vectors') then
    execute format('create table if not exists %I partition of model_vectors for values in (%L) partition by list (model_id)',
      by_shop, of_shop);
    execute format('create table %I partition of %I for values in (%L)',
      'model_vectors_m' || replace(of_model::text, '-', ''), by_shop, of_model);
  end if;
  return of_model;
end
$$;

create or replace function drop_model(of_shop uuid, of_model uuid) returns void
language plpgsql as $$
begin
  update shop_model_in_use set previous_id = null where shop_id = of_shop and previous_id = of_model;
  update shop_models set state = 'dropped', worker = null, leased_until = null where shop_id = of_shop and id = of_model;
  if has_partitions('model_vectors') then
    execute format('drop table if exists %I', 'model_vectors_m' || replace(of_model::text, '-', ''));
  else
    delete from model_vectors where shop_id = of_shop and model_id = of_model;
  end if;
end
$$;

-- What is left of turning this database into a distributed one (server/db/distribution/): empty unless that was begun.
create table distribution_steps (
  number integer primary key,
  statement text not null,
  done_at timestamptz
);
