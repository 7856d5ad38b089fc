import type { ShopDatabase } from '../db/database.ts';
import type { VectorSource } from '../garments/vector-source.ts';
import type { EmbeddingSpace } from '../vision/contract.ts';
import { compareTraits } from './reason.sql.ts';
import { blocksOf, type Reason, reasonOf, type Wanted } from './reason.ts';

/** Reads the reasons of a whole page with one statement, once the first is asked for. */
export function makeExplainer(
  { db, shopId }: { db: ShopDatabase; shopId: string },
  wanted: Wanted,
  {
    space,
    itemIds,
    vectors,
  }: { space: EmbeddingSpace; itemIds: readonly string[]; vectors?: VectorSource | null },
): (itemId: string) => Promise<Reason | null> {
  let reading: Promise<Map<string, Reason>> | undefined;
  const read = async () => {
    const blocks = blocksOf(space, wanted.embedding);
    const rows = await db.inShop(shopId, (tx) => compareTraits(tx, { shopId, itemIds, blocks, vectors }));
    return new Map(rows.map((row) => [row.itemId, reasonOf(space, wanted, row)]));
  };
  return async (itemId) => {
    reading ??= read();
    return (await reading).get(itemId) ?? null;
  };
}
