import type { Queryable } from '../db/database.ts';
import type { CheckedAsk } from './check-ask.ts';
import type { Fixed } from './fixed.ts';
import { NoOutfitsReason } from './outfit.type.ts';
import type { Setting } from './setting.ts';
import { findFilledSlots, type StockQuery } from './stock.sql.ts';
import { stockQuery } from './stock.ts';

/** Why no template can be filled. */
export async function whyEmpty(
  tx: Queryable,
  { setting, fixed, stock, rest }: { setting: Setting; fixed: Fixed; stock: StockQuery; rest: number | null },
  { excluded, filter }: CheckedAsk,
  slots: readonly string[],
  templatesFor: (hasItems: (slot: string) => boolean) => string[][],
): Promise<NoOutfitsReason> {
  const canBeFilled = async (query: StockQuery) => {
    const filled = await findFilledSlots(tx, query, slots);
    return templatesFor((slot) => filled.has(slot)).length > 0;
  };
  const anyPrice = { fixed: fixed.pieces, budgetMinor: null };
  if (await canBeFilled(stock)) return NoOutfitsReason.NOTHING_GOES;
  if (rest !== null && (await canBeFilled(stockQuery(setting, { ...anyPrice, excluded, filter })))) {
    return NoOutfitsReason.OVER_BUDGET;
  }
  const isFiltered = await canBeFilled(stockQuery(setting, { ...anyPrice, excluded: [], filter: {} }));
  return isFiltered ? NoOutfitsReason.FILTER : NoOutfitsReason.NO_ITEMS;
}
