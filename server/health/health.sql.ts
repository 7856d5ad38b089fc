import { IMPORT_QUEUES } from '../catalogue/queue/queue.ts';
import type { Queryable } from '../db/database.ts';
import { garmentsFrom, type VectorSource } from '../garments/vector-source.ts';

/** Makes this transaction read-only, with a timeout for each of its statements. */
export async function limitReads(db: Queryable, milliseconds: number): Promise<void> {
  await db.query(
    `select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', $1, true)`,
    [String(milliseconds)],
  );
}

export interface IndexRow {
  readonly bytes: number;
  readonly isValid: boolean;
  readonly deadRows: number | null;
  readonly vacuumedAt: Date | null;
}

/** The HNSW index of the partition that a shop's searches read; null where there is none. */
export async function describeIndex(
  db: Queryable,
  shopId: string,
  vectors: VectorSource | null,
): Promise<IndexRow | null> {
  const hex = (id: string) => id.replaceAll('-', '');
  const partition = vectors ? `model_vectors_m${hex(vectors.modelId)}` : `garments_${hex(shopId)}`;
  const { rows } = await db.query<IndexRow>(
    `select pg_relation_size(c.oid) as bytes, i.indisvalid and i.indisready as "isValid",
       s.n_dead_tup as "deadRows", greatest(s.last_vacuum, s.last_autovacuum) as "vacuumedAt"
     from pg_index i join pg_class c on c.oid = i.indexrelid
     join pg_am a on a.oid = c.relam and a.amname = 'hnsw'
     left join pg_stat_all_tables s on s.relid = i.indrelid
     where i.indrelid = to_regclass($1)`,
    [partition],
  );
  return rows[0] ?? null;
}

export interface VectorCount {
  readonly vectors: number;
  readonly latestAt: Date | null;
  /** When the partition, and its index, was made. */
  readonly builtAt: Date;
}

export async function countVectors(
  db: Queryable,
  shopId: string,
  source: VectorSource | null,
): Promise<VectorCount> {
  const values: unknown[] = [shopId, source?.modelId ?? null];
  const { rows } = await db.query<VectorCount>(
    `select count(*)::int as vectors, max(g.created_at) as "latestAt", coalesce(
         (select created_at from shop_models where shop_id = $1::uuid and id = $2::uuid),
         (select created_at from shops where id = $1::uuid)) as "builtAt"
     from ${garmentsFrom(source, (value) => `$${values.push(value)}`)}
     where g.shop_id = $1::uuid and g.is_primary`,
    values,
  );
  return rows[0]!;
}

export interface ItemCounts {
  readonly ready: number;
  readonly pending: number;
  readonly failed: number;
}

export async function countItemStates(db: Queryable, shopId: string): Promise<ItemCounts> {
  const { rows } = await db.query<ItemCounts>(
    `select (count(*) filter (where state = 'ready'))::int as ready,
       (count(*) filter (where state = 'pending'))::int as pending,
       (count(*) filter (where state = 'failed'))::int as failed
     from items where shop_id = $1::uuid`,
    [shopId],
  );
  return rows[0]!;
}

export interface QueueRow {
  readonly waiting: number;
  readonly running: number;
  readonly oldestSeconds: number | null;
}

/** This shop's tasks in the queues of the import, which pg-boss keeps. Runs as the owner. */
export async function describeQueue(db: Queryable, shopId: string): Promise<QueueRow> {
  const { rows } = await db.query<QueueRow>(
    `select (count(*) filter (where state in ('created', 'retry')))::int as waiting,
       (count(*) filter (where state = 'active'))::int as running,
       extract(epoch from now() - min(created_on) filter (where state in ('created', 'retry')))::float8 as "oldestSeconds"
     from pgboss.job where name = any($2::text[]) and state in ('created', 'retry', 'active') and data ->> 'shopId' = $1`,
    [shopId, IMPORT_QUEUES],
  );
  return rows[0]!;
}
