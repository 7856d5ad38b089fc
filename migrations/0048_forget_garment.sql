-- What belongs to a garment goes with it by a trigger, and no longer by foreign keys. Of a key that refers to garments,
-- PostgreSQL makes one for each shop's partition and counts up until it finds a free name: the more shops, the longer it took
-- to make one. Whoever writes such a row locks its garment first, so that none is left behind.
create function forget_garment() returns trigger language plpgsql as $$
begin
  delete from model_vectors where shop_id = old.shop_id and garment_id = old.id;
  delete from missed_searches where shop_id = old.shop_id and garment_id = old.id;
  return null;
end
$$;
alter table model_vectors drop constraint model_vectors_shop_id_garment_id_fkey;
alter table missed_searches drop constraint missed_searches_shop_id_garment_id_fkey;
create trigger forget_garment after delete on garments for each row execute function forget_garment();
