-- Staff look items up by the beginning of an id, whatever its case. As in 0011_search.sql, a function of the owner looks
-- into the index: under row-level security no other can.
create index items_by_folded_id on items (shop_id, fold_text(id) text_pattern_ops);

-- The current shop's items whose folded ids are from `lowest` to `highest`, byte by byte.
create function items_with_ids(lowest text, highest text) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id from items i
  where i.shop_id = current_shop() and fold_text(i.id) ~>=~ lowest and fold_text(i.id) ~<=~ highest
$$;
revoke execute on function items_with_ids from public;
grant execute on function items_with_ids to armoire_shop;
