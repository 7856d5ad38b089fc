import pg from 'pg';
import type { CatalogueContext } from '../catalogue/context.ts';
import type { Database, Queryable } from '../db/database.ts';
import { findSearchShop, type SearchShop } from '../garments/search-shop.sql.ts';
import { sampleItems } from '../models/sample.sql.ts';
import type { NearestQuery } from '../retrieval/nearest/query.ts';
import { findNearestByIndex, findNearestExactly } from '../retrieval/nearest/search.ts';
import { findTargets, type Target, type TargetRow } from '../retrieval/target.sql.ts';
import {
  countItemStates,
  countVectors,
  describeIndex,
  describeQueue,
  type IndexRow,
  type ItemCounts,
  limitReads,
  type QueueRow,
  type VectorCount,
} from './health.sql.ts';

/** Recall is measured at so many results, for at most so many items, in about so much time. */
const RESULTS = 20;
const SAMPLE = 50;
const BUDGET_MS = 5000;
const STATEMENT_MS = 5000;
/** A page that shows it may ask as often as it likes. */
const KEPT_MS = 60_000;

export interface Health {
  readonly measuredAt: Date;
  readonly engine: Database['kind'];
  readonly model: string;
  /** The share of the exact results that the index finds; null without a sample. */
  readonly recall: number | null;
  readonly sample: number;
  /** Null where counting takes too long. */
  readonly index: (VectorCount & IndexRow) | null;
  readonly queue: QueueRow | null;
  readonly items: ItemCounts | null;
}

type Parts = Pick<CatalogueContext, 'db' | 'shopId' | 'vision'>;

/** By database, so that tests beside each other do not read each other's. */
const kept = new WeakMap<Database['pool'], Map<string, { at: number; health: Promise<Health> }>>();

/** How the shop's retrieval is, measured at most once a minute; those who ask meanwhile share one measurement. */
export function readHealth(parts: Parts): Promise<Health> {
  const { db, shopId } = parts;
  const shops = kept.get(db.pool) ?? new Map<string, { at: number; health: Promise<Health> }>();
  kept.set(db.pool, shops);
  const known = shops.get(shopId);
  if (known && Date.now() - known.at < KEPT_MS) return known.health;
  const health = measureHealth(parts);
  shops.set(shopId, { at: Date.now(), health });
  health.catch(() => shops.delete(shopId));
  return health;
}

export async function measureHealth({ db, shopId, vision }: Parts): Promise<Health> {
  const read = <T>(work: (tx: Queryable) => Promise<T>) =>
    db.inShop(shopId, async (tx) => {
      await limitReads(tx, STATEMENT_MS);
      return work(tx);
    });
  const shop = await read((tx) => findSearchShop(tx, shopId));
  const index = await orNull(
    read(async (tx) => {
      const described = await describeIndex(tx, shopId, shop.vectors);
      return described && { ...described, ...(await countVectors(tx, shopId, shop.vectors)) };
    }),
  );
  const items = await orNull(read((tx) => countItemStates(tx, shopId)));
  const queue = await orNull(
    db.asOwner(async (tx) => {
      await limitReads(tx, STATEMENT_MS);
      return describeQueue(tx, shopId);
    }),
  );
  const targets = await read(async (tx) => {
    const ids = await sampleItems(tx, shopId, SAMPLE);
    const rows = await findTargets(
      tx,
      { shopId, vectors: shop.vectors },
      ids.map((id) => ({ kind: 'item', id })),
    );
    return rows.filter(isSearchable);
  });
  const recalls = await measureRecall(read, { shopId, shop, targets });
  return {
    measuredAt: new Date(),
    engine: db.kind,
    model: shop.vectors?.model ?? targets[0]?.embeddingModel ?? vision.embeddingModel,
    recall: recalls.length === 0 ? null : recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
    sample: recalls.length,
    index,
    queue,
    items,
  };
}

/** One transaction an item: others can get in between, which matters where there is one connection. */
async function measureRecall(
  read: <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>,
  of: { shopId: string; shop: SearchShop; targets: readonly Target[] },
): Promise<number[]> {
  const started = performance.now();
  const recalls: number[] = [];
  for (const { embedding, embeddingModel, itemId } of of.targets) {
    if (performance.now() - started > BUDGET_MS) break;
    const query: NearestQuery = {
      shopId: of.shopId,
      shopCurrency: of.shop.currency,
      vectors: of.shop.vectors,
      embedding,
      embeddingModel,
      filter: {},
      exceptItemId: itemId ?? undefined,
      limit: RESULTS,
    };
    const recall = await orNull(read((tx) => recallOf(tx, query)));
    // What takes longer than a statement may will take as long for the next one.
    if (recall === null) break;
    recalls.push(recall);
  }
  return recalls;
}

/** Distances that differ by less are equal: the index has single precision. */
const EQUAL = 1e-6;

async function recallOf(tx: Queryable, query: NearestQuery): Promise<number> {
  const exact = await findNearestExactly(tx, query);
  const found = await findNearestByIndex(tx, query);
  const last = exact.at(-1);
  if (!last) return 1;
  // By distance: another item that is as near as the last is as good an answer.
  return found.filter(({ distance }) => distance <= last.distance + EQUAL).length / exact.length;
}

function isSearchable(row: TargetRow): row is Extract<TargetRow, Target> {
  return row.embedding !== null;
}

const QUERY_CANCELED = '57014';

/** Null where a statement was ended because it took too long. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof pg.DatabaseError && error.code === QUERY_CANCELED) return null;
    throw error;
  });
}
