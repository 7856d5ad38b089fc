/** What every answer about outfits needs to know of the shop. */

import type { Queryable } from '../db/database.ts';
import { findSearchShop } from '../garments/search-shop.sql.ts';
import type { Compatibility } from '../vision/contract.ts';
import { limitInMinor } from '../vocabulary/money.ts';
import { findOutfitShop } from './outfit-shop.sql.ts';
import type { PieceSource } from './pieces.sql.ts';
import { type OutfitRules, readOutfitRules } from './rules.ts';

export interface Setting {
  readonly source: PieceSource;
  readonly rules: OutfitRules;
  readonly ownSlots: readonly string[];
  readonly hasLooks: boolean;
}

/** Outfits compare the vectors that the compatibility model reads, even while searches use another model. */
export async function readSetting(
  db: Queryable,
  shopId: string,
  { embeddingModel }: Compatibility,
): Promise<Setting> {
  const { currency, vectors } = await findSearchShop(db, shopId);
  const { ownSlots, hasLooks } = await findOutfitShop(db, shopId);
  const rules = await readOutfitRules(db, shopId);
  const source = {
    shopId,
    shopCurrency: currency,
    vectors: vectors?.model === embeddingModel ? vectors : null,
    embeddingModel,
  };
  return { source, rules, ownSlots, hasLooks };
}

/** What an outfit may cost, from major units of the shop's currency. */
export function toMinor({ source }: Setting, budget: number | null): number | null {
  return budget === null ? null : limitInMinor(budget, source.shopCurrency, 'most');
}
