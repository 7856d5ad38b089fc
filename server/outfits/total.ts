import type { ItemRow } from '../catalogue/items/item.sql.ts';
import { formatMinor } from '../vocabulary/money.ts';
import { NoTotalReason } from './outfit.type.ts';

/** The sum of the current prices, or why there is none. Prices without a currency are in that of the shop. */
export function totalOf(
  items: readonly Pick<ItemRow, 'priceMinor' | 'salePriceMinor' | 'currency'>[],
  shopCurrency: string,
): { total: { amount: string; currency: string } | null; noTotal: NoTotalReason | null } {
  const prices = items.map(({ salePriceMinor, priceMinor }) => salePriceMinor ?? priceMinor);
  const [currency = shopCurrency, ...others] = new Set(items.map((item) => item.currency ?? shopCurrency));
  let sum = 0;
  for (const price of prices) {
    if (price === null) return { total: null, noTotal: NoTotalReason.PRICE_MISSING };
    sum += price;
  }
  if (others.length > 0) return { total: null, noTotal: NoTotalReason.CURRENCIES_DIFFER };
  return { total: { amount: formatMinor(sum, currency), currency }, noTotal: null };
}
