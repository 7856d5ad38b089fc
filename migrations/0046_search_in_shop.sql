-- Several statements of a shop as one call. A distributed database makes it on the shop's node, where a statement costs what it
-- costs on one PostgreSQL: each that is sent there by itself is planned twice, and is a round trip more.

-- The statement as it is asked where the shop's rows are, and which of these places it is. They are what they are unless
-- the database is distributed (server/db/distribution/).
create function on_shards(of_shop uuid, statement text) returns text language sql immutable as 'select statement';
create function shard_of(of_shop uuid) returns bigint language sql immutable as 'select 0::bigint';

-- The rows of each of these statements, which only read, with these lists of values. They are kept prepared, by their texts, so
-- that they should be planned alike whatever their values.
create function read_in_shop(of_shop uuid, statements text[], given text[]) returns setof json language plpgsql
set plan_cache_mode = force_generic_plan as $$
declare
  kept text;
  answer json;
begin
  for i in 1 .. cardinality(statements) loop
    kept := md5(shard_of(of_shop) || ' ' || statements[i]);
    begin
      execute format('execute %I(%s)', kept, given[i]) into answer;
    exception when invalid_sql_statement_name then
      execute format('prepare %I as select coalesce(json_agg(r), ''[]'') from (%s) as r', kept, on_shards(of_shop, statements[i]));
      execute format('execute %I(%s)', kept, given[i]) into answer;
    end;
    return next answer;
  end loop;
end
$$;

-- How many items the planner expects of a statement, or of each half of `all union all passing`; and the rows of another,
-- unless more than `most` are expected to pass. Either may be null. The planner's settings end with the call.
create function search_in_shop(
  of_shop uuid, names text[], new_values text[], estimated text, most float8, statement text
) returns table (of_all float8, passing float8, answer json) language plpgsql
set enable_sort = off set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  plan json;
begin
  for i in 1 .. cardinality(names) loop
    perform set_config(names[i], new_values[i], true);
  end loop;
  if estimated is not null then
    execute format('explain (format json) %s', on_shards(of_shop, estimated)) into plan;
    of_all := plan #>> '{0,Plan,Plan Rows}';
    passing := of_all;
    if plan #>> '{0,Plan,Node Type}' = 'Append' then
      of_all := plan #>> '{0,Plan,Plans,0,Plan Rows}';
      passing := plan #>> '{0,Plan,Plans,1,Plan Rows}';
    end if;
  end if;
  if statement is not null and (passing is null or passing <= most) then
    execute format('select coalesce(json_agg(r), ''[]'') from (%s) as r', on_shards(of_shop, statement)) into answer;
  end if;
  return next;
end
$$;
