import { listItems } from '../../catalogue/items/item.sql.ts';
import { toItem } from '../../catalogue/items/item.type.ts';
import type { ShopQueryable } from '../../db/database.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  lazily,
  MAX_COUNT,
  once,
  toConnection,
} from '../../graphql/connection.ts';
import { readRules } from '../../retrieval/ranking/rank.ts';
import type { LookContext } from '../looks/context.ts';
import {
  countNoOutfit,
  countReasons,
  type NoOutfitQuery,
  type NoOutfitRow,
  pageNoOutfit,
} from './no-outfit.sql.ts';
import { type ItemInNoOutfit, type ItemInNoOutfitConnection, NoOutfitReason } from './no-outfit.type.ts';

export interface NoOutfitPage {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly why?: NoOutfitReason | null | undefined;
}

const MESSAGES: Readonly<Record<NoOutfitReason, string>> = {
  NOT_READY: 'It has not been parsed: it is waiting, or its image could not be used. The import says why.',
  NO_GARMENT:
    'Nothing in its images can be matched. Choose its garment by hand, or make a slot for goods of its kind.',
  NO_SLOT:
    'It is in no category, and no slot of the shop names its product type. Correct its category or make a slot.',
  OUT_OF_STOCK: 'It is out of stock.',
  EXCLUDED: 'A merchandising rule excludes it from all searches.',
  IN_NO_LOOK: 'It can be in outfits, but it is in none of the looks of the shop.',
};

/** One page of the items that are in no outfit or no look, by id, and their numbers. Throws InvalidInputError. */
export async function listNoOutfitPage(
  { db, shopId }: Pick<LookContext, 'db' | 'shopId'>,
  page: NoOutfitPage,
): Promise<ItemInNoOutfitConnection> {
  const first = checkFirst(page.first);
  const why = page.why ?? null;
  const scope = cursorScope('no-outfit', shopId, why);
  const after = page.after ? decodeCursor(scope, page.after, isKey)[0] : undefined;
  const read = <T>(work: (tx: ShopQueryable, query: NoOutfitQuery) => Promise<T>) =>
    once(() =>
      db.inShop(shopId, async (tx) => {
        const { allowed } = await readRules(tx, shopId, [], undefined);
        return work(tx, { shopId, allowed, why });
      }),
    );
  const connection = read(async (tx, query) => {
    const rows = await pageNoOutfit(tx, query, { limit: first + 1, after });
    const nodes = await withItems(tx, rows);
    const edges = nodes.map((node) => ({ cursor: encodeCursor(scope, [node.item.id]), node }));
    return toConnection(edges, first, page.after);
  });
  const count = read((tx, query) => countNoOutfit(tx, query, MAX_COUNT + 1));
  const counts = read(countReasons);
  return lazily<ItemInNoOutfitConnection>({
    edges: async () => (await connection()).edges,
    pageInfo: async () => (await connection()).pageInfo,
    totalCount: async () => Math.min(await count(), MAX_COUNT),
    isTotalExact: async () => (await count()) <= MAX_COUNT,
    counts: async () => (await counts()).map((row) => ({ ...row, why: row.why as NoOutfitReason })),
  });
}

async function withItems(tx: ShopQueryable, rows: readonly NoOutfitRow[]): Promise<ItemInNoOutfit[]> {
  const ids = rows.map(({ itemId }) => itemId);
  const items = new Map((await listItems(tx, ids)).map((row) => [row.id, row]));
  return rows.flatMap(({ itemId, why }) => {
    const item = items.get(itemId);
    return item ? [{ item: toItem(item), why: why as NoOutfitReason, message: MESSAGES[why] }] : [];
  });
}

function isKey(key: readonly unknown[]): key is readonly [string] {
  return key.length === 1 && typeof key[0] === 'string';
}
