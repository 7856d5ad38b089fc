-- How often what shoppers see of a shop has changed: widgets' answers are cached by it. A shop's version is the sum of its
-- rows. Each connection counts in a row of its own, so that no two transactions wait for each other. There is no foreign
-- key to shops: a shop that is being deleted deletes its items after itself.
create table catalogue_versions (
  shop_id uuid not null,
  backend integer not null,
  version bigint not null,
  primary key (shop_id, backend)
);
grant select, insert, update, delete on catalogue_versions to armoire_shop;
alter table catalogue_versions enable row level security;
create policy own_shop on catalogue_versions using (shop_id = current_shop()) with check (shop_id = current_shop());

create function note_catalogue_change() returns trigger language plpgsql as $$
begin
  insert into catalogue_versions as v (shop_id, backend, version)
  select distinct c.shop_id, pg_backend_pid(), 1 from changed c join shops s on s.id = c.shop_id
  on conflict (shop_id, backend) do update set version = v.version + 1;
  return null;
end
$$;

-- What is read off a picture ends up in items, so garments need none.
do $$
declare
  t text;
begin
  foreach t in array array['items', 'looks', 'look_items', 'rules', 'slots', 'shop_model_in_use']
  loop
    execute format('create trigger note_insert after insert on %I referencing new table as changed
      for each statement execute function note_catalogue_change()', t);
    execute format('create trigger note_update after update on %I referencing new table as changed
      for each statement execute function note_catalogue_change()', t);
    execute format('create trigger note_delete after delete on %I referencing old table as changed
      for each statement execute function note_catalogue_change()', t);
  end loop;
end
$$;
