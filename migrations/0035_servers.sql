-- The servers that use this database now. Each renews its row every few seconds (server/db/servers.ts).
create table servers (
  id uuid primary key,
  -- The name of the store that has its files: servers with the same one share them.
  store text not null,
  seen_at timestamptz not null default now()
);

-- The store that has the photo's file. Only a server that uses it can delete it; null for photos from before.
alter table photos add column stored_in text;
