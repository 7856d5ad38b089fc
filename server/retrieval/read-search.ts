import { isUuid, type ShopQueryable } from '../db/database.ts';
import { readTogether } from '../db/statement.ts';
import { NotFoundError } from '../errors/errors.ts';
import {
  findSearchShop,
  type SearchShop,
  searchShopStatement,
  toSearchShop,
} from '../garments/search-shop.sql.ts';
import { activeRulesStatement, listActiveRules, type TimedRule } from './ranking/active-rules.sql.ts';
import { findTargets, type TargetId, type TargetRow, targetsStatement } from './target.sql.ts';

/** What a search starts from. */
export interface SearchStart {
  readonly shop: SearchShop;
  /** One row for each target, in any order. */
  readonly targets: readonly TargetRow[];
  /** The shop's rules at the time. */
  readonly rules: readonly TimedRule[];
}

/** Throws NotFoundError for an unknown target. */
export async function readSearch(
  db: ShopQueryable,
  targets: readonly TargetId[],
  time: string | null,
): Promise<SearchStart> {
  const known = targets.filter(({ kind, id }) => kind === 'item' || isUuid(id));
  const start = await (db.isDistributed && known.length > 0 ? readAtOnce : readInTurn)(db, known, time);
  for (const { kind, id } of targets) {
    if (start.targets.some((row) => row.kind === kind && row.id === id)) continue;
    throw noSuchTarget(kind);
  }
  return start;
}

export function noSuchTarget(kind: TargetId['kind']): NotFoundError {
  return new NotFoundError(
    kind === 'item' ? 'There is no such item.' : 'There is no such garment, or its photo has expired.',
  );
}

async function readInTurn(db: ShopQueryable, known: readonly TargetId[], time: string | null) {
  const { shopId } = db;
  const shop = await findSearchShop(db, shopId);
  const targets = await findTargets(db, { shopId, vectors: shop.vectors }, known);
  return { shop, targets, rules: await listActiveRules(db, shopId, time) };
}

/** Most shops compare the garments' own vectors; the others' targets are read again. */
async function readAtOnce(db: ShopQueryable, known: readonly TargetId[], time: string | null) {
  const { shopId } = db;
  const [shops, targets, rules] = await readTogether(db, [
    searchShopStatement(shopId),
    targetsStatement({ shopId }, known),
    activeRulesStatement(shopId, time),
  ]);
  const shop = toSearchShop(shops);
  const { vectors } = shop;
  return { shop, targets: vectors ? await findTargets(db, { shopId, vectors }, known) : targets, rules };
}
