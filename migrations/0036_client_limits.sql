-- What clients without a key have left of their limits, where several servers count them (server/access/shared-buckets.ts).
-- A client is the hash of its address. Rows go after two minutes, when the limit is whole again, and nothing is lost
-- with the table: hence unlogged.
create unlogged table client_limits (
  client bytea not null,
  kind text not null check (kind in ('parse', 'search', 'event', 'cost')),
  remaining double precision not null,
  counted_at timestamptz not null,
  primary key (client, kind)
);
create index client_limits_by_time on client_limits (counted_at);
