import type { Queryable } from '../database.ts';
import type { Node } from './nodes.ts';

export interface ShopPlace extends Node {
  /** Of `shops`; the shards of the other tables are on the same node. */
  readonly shard: number;
  /** Whether no other shop's rows are in it. */
  readonly isAlone: boolean;
}

/** Where a shop's rows are. The database is distributed. */
export async function findPlace(db: Queryable, shopId: string): Promise<ShopPlace> {
  const { rows } = await db.query<ShopPlace>(
    `select s.shardid as shard, p.nodename as host, p.nodeport as port,
       s.shardminvalue = s.shardmaxvalue as "isAlone"
     from pg_dist_shard s
       join pg_dist_placement l on l.shardid = s.shardid
       join pg_dist_node p on p.groupid = l.groupid and p.noderole = 'primary'
     where s.shardid = get_shard_id_for_distribution_column('shops', $1::uuid)`,
    [shopId],
  );
  return rows[0]!;
}

/** The nodes that shops can be on. */
export async function listNodes(db: Queryable): Promise<Node[]> {
  const { rows } = await db.query<Node>(
    `select nodename as host, nodeport as port from pg_dist_node
     where noderole = 'primary' and isactive and shouldhaveshards order by nodename, nodeport`,
  );
  return rows;
}

/** 'logical' where the server's setting allows it: then the shop's rows can be written meanwhile. */
async function readMode(db: Queryable): Promise<'force_logical' | 'block_writes'> {
  const { rows } = await db.query<{ level: string }>(`select current_setting('wal_level') as level`);
  return rows[0]!.level === 'logical' ? 'force_logical' : 'block_writes';
}

/**
 * Gives the shop shards of its own, and so indexes of its own. Not within a transaction. Writes to the shops that shared
 * them wait meanwhile: by logical transfer, Citus 14.0.1 gives the new shards their keys only when it has begun to note
 * what changes, and an update in between stops it for good ("publisher did not send replica identity column").
 */
export async function isolate(db: Queryable, shopId: string): Promise<void> {
  await db.query(
    `select isolate_tenant_to_new_shard('shops', $1::uuid, 'CASCADE', shard_transfer_mode := 'block_writes')`,
    [shopId],
  );
}

/** Moves the shards that the shop is in, other shops' rows included. Not within a transaction. */
export async function move(db: Queryable, { shard, host, port }: ShopPlace, to: Node): Promise<void> {
  await db.query(
    `select citus_move_shard_placement($1::bigint, $2::text, $3::integer, $4::text, $5::integer,
       shard_transfer_mode := $6::citus.shard_transfer_mode)`,
    [shard, host, port, to.host, to.port, await readMode(db)],
  );
}
