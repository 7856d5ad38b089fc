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
  `select create_distributed_function('items_with_terms(tsquery, integer)');
   select create_distributed_function('items_with_ids(text, text)')`,
  `select create_distributed_function('set_in_shop(uuid, text[], text[])', 'of_shop', colocate_with := 'shops',
     force_delegation := true)`,
];
