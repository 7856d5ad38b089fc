/** Recall and speed of searches over a bench's shop: through SQL alone and through GraphQL over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import type { ItemFilter } from '../../../server/catalogue/items/filter.ts';
import { listItemsWithImages } from '../../../server/catalogue/items/item.sql.ts';
import type { Database } from '../../../server/db/database.ts';
import { findNearestItems } from '../../../server/retrieval/nearest/search.ts';
import { readSearch } from '../../../server/retrieval/read-search.ts';
import { quantile } from '../stats.ts';
import { LEVELS, type Level } from './catalogue.ts';
import { BENCH_MODEL } from './load.ts';

/** To PostgreSQL, of either way: twice its cores. */
export const CONNECTIONS = 4;
const RESULTS = 20;
const ROUNDS = 7;
const SEARCHES = 100;
const WARM_UP = 8;
/** Until Node has compiled what a search runs through: a server's first hundreds take half a millisecond more. */
const FIRST_WARM_UP = 500;

export interface Query {
  readonly shopId: string;
  /** With which the server is asked; none for the first shop. */
  readonly key: string | undefined;
  readonly garmentId: string;
  readonly vector: string;
}

export interface Recall {
  readonly level: Level;
  readonly recall: number;
  readonly queries: number;
}

export interface Speed {
  readonly level: Level;
  readonly concurrency: number;
  readonly sql: Times;
  readonly graphql: Times;
  /** Of the machine, when it was measured. */
  readonly load: number;
}

/** Milliseconds: medians over the rounds. */
export interface Times {
  readonly p50: number;
  readonly p95: number;
}

export interface Bench {
  readonly db: Database;
  readonly queries: readonly Query[];
}

/** SQL of the levels, for the exact answer, which is found without the code that is measured. */
const CONDITIONS: Readonly<Record<Level, string>> = {
  none: 'true',
  '50 %': `i.availability = 'in_stock'`,
  '5 %': `lower(i.color) = 'colour 7'`,
  '0.1 %': `lower(i.brand) = 'brand 77'`,
};

/** The share of the exact search's 20 nearest that are found, or others just as near. */
export async function measureRecall({ db, queries }: Bench, level: Level): Promise<Recall> {
  let found = 0;
  let wanted = 0;
  for (const { shopId, vector } of queries) {
    const exact = await db.inShop(shopId, async (tx) => {
      await tx.query(`select set_in_shop('${shopId}', '{enable_indexscan,work_mem}', '{off,256MB}')`);
      const { rows } = await tx.query<{ distance: number }>(
        `select g.embedding <=> $2::vector as distance from garments g
         ${level === 'none' ? '' : 'join items i on i.shop_id = g.shop_id and i.id = g.item_id'}
         where g.shop_id = $1::uuid and g.is_primary and g.embedding_model = $3 and ${CONDITIONS[level]}
         order by distance limit ${RESULTS}`,
        [shopId, vector, BENCH_MODEL],
      );
      return rows;
    });
    const items = await db.inShop(shopId, (tx) => findNearestItems(tx, search(shopId, vector, level)));
    const farthest = exact.at(-1)?.distance ?? 0;
    wanted += exact.length;
    found += items.filter(({ distance }) => distance <= farthest + 1e-6).length;
  }
  return { level, recall: found / wanted, queries: queries.length };
}

function search(shopId: string, embedding: string, level: Level) {
  return {
    shopId,
    shopCurrency: 'EUR',
    embedding,
    embeddingModel: BENCH_MODEL,
    filter: LEVELS[level] as unknown as ItemFilter,
    limit: RESULTS,
  };
}

function waysOf(bench: Bench, level: Level, server: string) {
  return { sql: bySql(bench, level), graphql: byGraphql(bench, server, level) };
}

/** Before the first measurement. */
export async function warmUp(bench: Bench, server: string): Promise<void> {
  const { sql, graphql } = waysOf(bench, 'none', server);
  await run(sql, FIRST_WARM_UP, 1);
  await run(graphql, FIRST_WARM_UP, 1);
}

/** Both ways in turn within each round, so that the machine's other work meets both alike. */
export async function measureSpeed(
  bench: Bench,
  { level, concurrency }: { level: Level; concurrency: number },
  server: string,
): Promise<Speed> {
  const ways = waysOf(bench, level, server);
  const rounds: Record<keyof typeof ways, Times[]> = { sql: [], graphql: [] };
  const load = loadavg()[0]!;
  for (let round = -1; round < ROUNDS; round++) {
    for (const way of ['sql', 'graphql'] as const) {
      const count = round < 0 ? WARM_UP : Math.max(SEARCHES, 3 * concurrency);
      const times = await run(ways[way], count, concurrency);
      if (round >= 0) rounds[way].push({ p50: quantile(times, 0.5), p95: quantile(times, 0.95) });
    }
  }
  const median = (times: readonly Times[]): Times => ({
    p50: quantile(
      times.map(({ p50 }) => p50),
      0.5,
    ),
    p95: quantile(
      times.map(({ p95 }) => p95),
      0.5,
    ),
  });
  return { level, concurrency, sql: median(rounds.sql), graphql: median(rounds.graphql), load };
}

/** So many at a time, each with another query. Returns milliseconds. */
async function run(ask: (n: number) => Promise<void>, count: number, concurrency: number): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const n = next++;
      const start = performance.now();
      await ask(n);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return times;
}

/** The statements that the same search makes through GraphQL. */
function bySql({ db, queries }: Bench, level: Level): (n: number) => Promise<void> {
  return async (n) => {
    const { shopId, garmentId: id } = queries[n % queries.length]!;
    await db.inShop(shopId, async (tx) => {
      const { targets } = await readSearch(tx, [{ kind: 'garment', id }], null);
      const [target] = targets;
      if (!target?.embedding) throw new Error(`There is no garment ${id}.`);
      const query = search(shopId, target.embedding, level);
      const found = await findNearestItems(tx, { ...query, limit: RESULTS + 1, collapseVariants: true });
      const ids = found.slice(0, RESULTS).map(({ itemId }) => itemId);
      await listItemsWithImages(tx, ids);
    });
  };
}

const SIMILAR = `query ($id: ID!, $filter: ItemFilter) {
  similarItems(to: { garmentId: $id }, first: ${RESULTS}, filter: $filter) {
    edges { node { score item { id title brand link imageUrl(width: 320) price { amount currency } } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

function byGraphql({ queries }: Bench, server: string, level: Level): (n: number) => Promise<void> {
  const { availability, ...rest } = LEVELS[level] as { availability?: string[] };
  const filter = availability ? { availability: availability.map((value) => value.toUpperCase()) } : rest;
  return async (n) => {
    const { garmentId: id, key } = queries[n % queries.length]!;
    const body = { query: SIMILAR, variables: { id, filter } };
    const { data, errors } = (await post(`${server}/graphql`, body, key)) as {
      data?: { similarItems: { edges: unknown[] } };
      errors?: { message: string }[];
    };
    if (errors || data?.similarItems.edges.length === 0)
      throw new Error(errors?.[0]?.message ?? 'Nothing found.');
  };
}

const agent = new Agent({ keepAlive: true });

/** By node:http, over connections that are kept: what `fetch` does beside that takes half a millisecond. */
async function post(url: string, body: object, key: string | undefined): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
  const sent = request(url, { method: 'POST', agent, headers });
  sent.end(JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  await once(response, 'end');
  return JSON.parse(Buffer.concat(parts).toString());
}

export async function startServer(
  url: string,
  shopId: string,
): Promise<{ address: string; child: ChildProcess }> {
  const script = new URL('server.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', script, url, shopId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [address] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { address, child };
}
