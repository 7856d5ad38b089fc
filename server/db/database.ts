import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import pg from 'pg';
import type { Config } from '../config.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import { inSpan } from '../tracing/spans.ts';
import { againIfOvertaken } from './again.ts';
import { areOnShards, isCitusLoaded } from './citus.sql.ts';
import { makeEmbedded, openEmbedded } from './embedded.ts';
import { type FairQueue, makeFairQueue, type Requester } from './fair-queue.ts';
import { migrate } from './migrate.ts';
import { openServerPool } from './pool.ts';
import { isWorthAskingAgain, openReplica, type Replica } from './replica.ts';

/** What SQL modules take as `db`: the client of one transaction. */
export interface Queryable {
  /**
   * `name` keeps the statement prepared on its connection, which saves the time of planning it: for short ones that are
   * asked all the time, always with the same text, and planned alike whatever their values. Never over tables that shops
   * have partitions of. Not on a replica, nor where Citus is loaded, which plans them anew each time, and slower than others.
   */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    name?: string,
  ): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** The client of a transaction of one shop, which its statements name: a distributed database finds their node by it. */
export interface ShopQueryable extends Queryable {
  readonly shopId: string;
  /** Each statement is sent on to the shop's node: several that belong together are better asked as one. */
  readonly isDistributed: boolean;
}

export interface Database {
  readonly kind: 'embedded' | 'server';
  /** For libraries that bring their own SQL. Never use it inside one of our transactions. */
  readonly pool: pg.Pool;
  /**
   * A transaction that sees and changes this shop's rows only. `work` runs again if others got in its way, or a distributed
   * database moved the shop meanwhile, so it changes nothing but them.
   */
  inShop<T>(shopId: string, work: (tx: ShopQueryable) => Promise<T>): Promise<T>;
  /**
   * The same for reads that may be a few seconds late: on the read replica, if there is one that follows. `work` runs again
   * on the database itself if it throws NotFoundError, since what it looks for may be new, or if the replica fails.
   */
  readInShop<T>(shopId: string, work: (tx: ShopQueryable) => Promise<T>): Promise<T>;
  /** A transaction over all shops: for start-up, keys and sweeps. */
  asOwner<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** The same for a single statement that only reads: without a transaction around it, one round trip instead of three. */
  askAsOwner<T>(ask: (db: Queryable) => Promise<T>): Promise<T>;
  /** The same database, with its transactions queued under this client's name instead of as the server's own work. */
  as(client: string): Database;
  /** Writes a zip of the embedded database while it stays in use. For PostgreSQL, use pg_dump. */
  readonly copy?: ((out: Writable) => Promise<void>) | undefined;
  /** The read replica, if there is one. */
  readonly replica?: Pick<Replica, 'isUsable'> | undefined;
  close(): Promise<void>;
}

type Place = Pick<Config, 'databaseUrl' | 'databaseReadUrl' | 'databasePool' | 'dataDir'>;

/**
 * Creates the embedded database if one is needed and missing, as `openDatabase` would. This takes 0.6 GiB for three
 * seconds, so call it before loading anything large.
 */
export async function prepareDatabase({ databaseUrl, dataDir }: Place): Promise<void> {
  if (!databaseUrl) await makeEmbedded(embeddedFolder(dataDir));
}

/** Opens PostgreSQL if `databaseUrl` is set, else the embedded database under `dataDir`, and migrates it. */
export async function openDatabase(config: Place): Promise<Database> {
  const kind = config.databaseUrl ? 'server' : 'embedded';
  const opened: Opened = config.databaseUrl
    ? openServer(config.databaseUrl, config.databasePool)
    : await openEmbedded(embeddedFolder(config.dataDir));
  let isCitus: boolean;
  let isDistributed: boolean;
  try {
    await migrate(opened.pool, kind);
    isCitus = await isCitusLoaded(opened.pool);
    isDistributed = isCitus && (await areOnShards(opened.pool));
  } catch (error) {
    await opened.close();
    throw error;
  }
  const places = kind === 'embedded' ? 1 : config.databasePool;
  const reading = config.databaseReadUrl
    ? await openReplica(config.databaseReadUrl, config.databasePool)
    : undefined;
  const close = async () => {
    await reading?.close();
    await opened.close();
  };
  const parts = {
    kind,
    isDistributed,
    keepsPlans: !isCitus,
    ...opened,
    close,
    turns: makeFairQueue(places),
    open: new AsyncLocalStorage<{ running: boolean }>(),
  } as const;
  const replica = reading && { ...reading, turns: makeFairQueue(places), keepsPlans: false };
  return makeDatabase({ ...parts, replica }, null);
}

type Opened = Pick<Database, 'pool' | 'copy' | 'close'>;

/** Where the transactions of shops run. */
export type ShopDatabase = Pick<Database, 'inShop'>;

/** Its transactions read, and may be a few seconds late. */
export function replicated(db: Pick<Database, 'readInShop'>): ShopDatabase {
  return { inShop: (shopId, work) => db.readInShop(shopId, work) };
}

/** Where the embedded database is within a data folder. */
export const embeddedFolder = (dataDir: string) => join(dataDir, 'pg');

function openServer(url: string, connections: number) {
  const pool = openServerPool(url, connections);
  return { pool, close: () => pool.end() };
}

/**
 * A statement that is planned once for all shops locks every shop's partition and its indexes, and a thousand shops have
 * more of these than PostgreSQL keeps locks. So each is planned for its shop: triggers and foreign keys too, whose statements
 * are kept from the sixth on.
 */
const BEGIN = 'begin; set local plan_cache_mode = force_custom_plan';
/** Nothing fires where nothing is written, and what is kept prepared (see `Queryable`) reads no partition. */
const BEGIN_READING = 'begin';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

interface Parts extends Opened {
  readonly kind: Database['kind'];
  readonly isDistributed: boolean;
  /** Whether named statements are kept prepared. A replica's may be behind a pooler, whose connections change. */
  readonly keepsPlans: boolean;
  readonly turns: FairQueue;
  /** With a single connection, a nested transaction would wait for itself for ever, so it throws instead. */
  readonly open: AsyncLocalStorage<{ running: boolean }>;
  readonly replica?: (Replica & Pick<Parts, 'turns' | 'keepsPlans'>) | undefined;
}

function makeDatabase(parts: Parts, requester: Requester): Database {
  const { kind, isDistributed, pool, open, copy, close, replica } = parts;
  async function transaction<T>(
    begin: string | null,
    work: (tx: Queryable) => Promise<T>,
    shopId?: string,
    { pool, turns, keepsPlans }: Pick<Parts, 'pool' | 'turns' | 'keepsPlans'> = parts,
  ): Promise<T> {
    if (open.getStore()?.running) throw new Error('A transaction is open already: pass its tx on.');
    await inSpan('wait for the database', {}, () => turns.take(requester, shopId));
    const client = await pool.connect().catch((error: unknown) => {
      turns.give();
      throw error;
    });
    const state = { running: true };
    let broken: Error | undefined;
    try {
      if (begin !== null) await client.query(begin);
      const result = await open.run(state, () => work(queryable(client, keepsPlans)));
      if (begin !== null) await client.query('commit');
      return result;
    } catch (error) {
      if (begin === null) throw error;
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      state.running = false;
      client.release(broken);
      turns.give();
    }
  }

  // The embedded database ignores it.
  const timeout = kind === 'server' ? '30s' : '0';
  const beginIn = (shopId: string, begin: string) => {
    if (!isUuid(shopId)) throw new Error('A shop id is a UUID.');
    // One message saves a round trip, but cannot carry parameters: hence the check above.
    return `${begin}; select enter_shop('${shopId}', '${timeout}')`;
  };
  const ofShop =
    <T>(shopId: string, work: (tx: ShopQueryable) => Promise<T>) =>
    (tx: Queryable) =>
      work({ ...tx, shopId, isDistributed });
  const inOwnTransaction = <T>(shopId: string, begin: string, work: (tx: ShopQueryable) => Promise<T>) => {
    const first = beginIn(shopId, begin);
    const run = () => transaction(first, ofShop(shopId, work), shopId);
    return inSpan('transaction', {}, () => againIfOvertaken(run));
  };
  return {
    kind,
    pool,
    copy,
    close,
    replica,
    inShop: (shopId, work) => inOwnTransaction(shopId, BEGIN, work),
    async readInShop(shopId, work) {
      if (!replica?.isUsable()) return inOwnTransaction(shopId, BEGIN_READING, work);
      try {
        return await inSpan('transaction', { replica: true }, () =>
          transaction(beginIn(shopId, `${BEGIN_READING} read only`), ofShop(shopId, work), shopId, replica),
        );
      } catch (error) {
        if (!isWorthAskingAgain(error)) throw error;
        if (!(error instanceof NotFoundError)) replica.doubt();
        return inOwnTransaction(shopId, BEGIN_READING, work);
      }
    },
    asOwner: (work) => inSpan('transaction', { owner: true }, () => transaction(BEGIN, work)),
    askAsOwner: (ask) =>
      inSpan('statement', { owner: true }, () => againIfOvertaken(() => transaction(null, ask))),
    as: (client) => makeDatabase(parts, client),
  };
}

function queryable(client: pg.PoolClient, keepsPlans: boolean): Queryable {
  return {
    query: (text, values, name) =>
      client
        .query({ text, ...(values && { values: [...values] }), ...(keepsPlans && name && { name }) })
        .catch(explain),
  };
}

/** PostgreSQL's error code for text with a NUL character, which it cannot store. Only client input contains one. */
const CHARACTER_NOT_IN_REPERTOIRE = '22021';

function explain(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === CHARACTER_NOT_IN_REPERTOIRE) {
    throw new InvalidInputError('Text must not contain the NUL character.', { cause: error });
  }
  throw error;
}
