import { areOnShards } from '../citus.sql.ts';
import type { Queryable } from '../database.ts';
import {
  type ForeignKey,
  listForeignKeys,
  listLocalTables,
  listTriggers,
  readTableParts,
  type ShopTable,
  type TableParts,
  type Trigger,
} from './catalog.sql.ts';
import { ON_SHARDS } from './on-shards.ts';

/** Each is a transaction of its own, so that a distribution which was cut short goes on where it was. */
export async function planDistribution(db: Queryable, shards: number): Promise<string[]> {
  const tables = await listLocalTables(db);
  if (tables.length === 0) return (await areOnShards(db)) ? [] : [...ON_SHARDS];
  const names = new Set(tables.map(({ name }) => name));
  const keys = (await listForeignKeys(db)).filter(({ from, to }) => names.has(from) || names.has(to));
  const triggers = (await listTriggers(db)).filter(({ table }) => names.has(table));
  const parts = new Map<ShopTable, TableParts>();
  for (const table of tables) {
    if (table.isPartitioned) parts.set(table, await readTableParts(db, table.name));
  }
  // Between a table that is distributed and one that is not, Citus refuses keys, and triggers fail: both are made again
  // at the end.
  return [
    ...triggers.map(dropTrigger),
    ...keys.map(({ from, name }) => `alter table ${quote(from)} drop constraint ${quote(name)}`),
    ...[...parts].map(([table, has]) => gather(table, has)),
    ...tables.map((table) => distribute(table, shards)),
    `select truncate_local_data_after_distributing_table(t.name)
     from unnest(array[${tables.map(({ name }) => literal(quote(name))).join(', ')}]::regclass[]) as t (name)`,
    ...(names.has('shops') ? ON_SHARDS : []),
    ...keys.map(addKey),
    ...triggers.map(({ definition }) => definition),
    ...[...parts.values()].flatMap(({ vectorIndexes }) => vectorIndexes),
    'analyze',
  ];
}

/** Makes one table of a partitioned one: a partition for each shop would become as many shards as a table has. */
function gather({ name }: ShopTable, parts: TableParts): string {
  const table = quote(name);
  const gathered = quote(`${name}_gathered`);
  return [
    `create table ${gathered} (like ${table} including defaults including constraints including storage)`,
    `insert into ${gathered} select * from ${table}`,
    `drop table ${table}`,
    `alter table ${gathered} rename to ${table}`,
    parts.key,
    ...parts.indexes,
    `alter table ${table} enable row level security`,
    ...parts.policies,
    ...parts.grants,
  ].join(';\n');
}

const distribute = ({ name, column }: ShopTable, shards: number) =>
  name === 'shops'
    ? `select create_distributed_table('shops', 'id', colocate_with := 'none', shard_count := ${shards})`
    : `select create_distributed_table(${literal(quote(name))}, ${literal(column)}, colocate_with := 'shops')`;

const dropTrigger = ({ name, table }: Trigger) => `drop trigger ${quote(name)} on ${quote(table)}`;

const addKey = ({ from, name, definition }: ForeignKey) =>
  `alter table ${quote(from)} add constraint ${quote(name)} ${definition}`;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
