/** The tables that statements of searches read. */
const SEARCHED = [
  ...['shops', 'shop_models', 'shop_model_in_use', 'garments', 'model_vectors', 'photos'],
  ...['items', 'item_images', 'rules', 'look_items'],
];
const SEARCH = 'search_in_shop(uuid, text[], text[], text, float8, text)';

/**
 * Statements that give functions the form that they have in a distributed database. They are called within statements
 * of one shop, which run on the shop's node, where a function may read no distributed table, but may read its shard.
 */
export const ON_SHARDS: readonly string[] = [
  `create or replace function items_with_terms(query tsquery, most integer) returns setof text
   language plpgsql stable security definer set search_path = public, pg_temp as $$
   begin
     return query execute format('select i.id from %I i where i.shop_id = $1 and i.terms @@ $2 limit $3',
       'items_' || get_shard_id_for_distribution_column('items', current_shop()))
       using current_shop(), query && format('%L', ' shop=' || current_shop())::tsquery, most;
   end
   $$`,
  `create or replace function items_with_ids(lowest text, highest text) returns setof text
   language plpgsql stable security definer set search_path = public, pg_temp as $$
   begin
     return query execute format('select i.id from %I i
       where i.shop_id = $1 and fold_text(i.id) ~>=~ $2 and fold_text(i.id) ~<=~ $3',
       'items_' || get_shard_id_for_distribution_column('items', current_shop()))
       using current_shop(), lowest, highest;
   end
   $$`,
  // Changes of one statement are of one shard, whose shops all have their rows on the same node.
  `create or replace function note_catalogue_change() returns trigger language plpgsql as $$
   declare
     any_shop uuid;
   begin
     select c.shop_id into any_shop from changed c limit 1;
     if any_shop is null then return null; end if;
     execute format('insert into %I as v (shop_id, backend, version)
       select distinct c.shop_id, pg_backend_pid(), 1 from changed c join %I s on s.id = c.shop_id
       on conflict (shop_id, backend) do update set version = v.version + 1',
       'catalogue_versions_' || get_shard_id_for_distribution_column('catalogue_versions', any_shop),
       'shops_' || get_shard_id_for_distribution_column('shops', any_shop));
     return null;
   end
   $$`,
  // A table's name means its shard. Whether it is named is judged by the text alone: one too many costs little.
  `create or replace function on_shards(of_shop uuid, statement text) returns text language plpgsql stable as $$
   declare
     shards text;
   begin
     select string_agg(format('%s as not materialized (table %s_%s)', t.name, t.name,
       get_shard_id_for_distribution_column(t.name::regclass, of_shop)), ', ') into shards
     from unnest('{${SEARCHED}}'::text[]) as t (name) where position(t.name in statement) > 0;
     return case when shards is null then statement else format('with %s select * from (%s) as asked', shards, statement) end;
   end
   $$;
   create or replace function shard_of(of_shop uuid) returns bigint language sql stable as
     $$ select get_shard_id_for_distribution_column('shops', of_shop) $$`,
  `select create_distributed_function('items_with_terms(tsquery, integer)');
   select create_distributed_function('items_with_ids(text, text)');
   select create_distributed_function('on_shards(uuid, text)');
   select create_distributed_function('shard_of(uuid)')`,
  // EXPLAIN ends local execution for the transaction, and without it triggers may not read their shop's other tables.
  `alter function ${SEARCH} set citus.enable_local_execution = on`,
  ...['set_in_shop(uuid, text[], text[])', 'read_in_shop(uuid, text[], text[])', SEARCH].map(
    (signature) =>
      `select create_distributed_function('${signature}', 'of_shop', colocate_with := 'shops', force_delegation := true)`,
  ),
];
