/** Whether an outfit still is what was asked for, by its items as they are shown: they may have changed since it was found. */

import type { ItemRow } from '../catalogue/items/item.sql.ts';

export interface Wanted {
  /** In the shop's currency; null for any total. */
  readonly budgetMinor: number | null;
  /** Whether items that are sold out were asked for, too. */
  readonly soldOutToo: boolean;
}

interface ShownPiece {
  readonly row: Pick<ItemRow, 'priceMinor' | 'salePriceMinor' | 'currency' | 'availability'>;
  readonly isGiven: boolean;
}

/** What is given may be sold out, and counts nothing without a price in the shop's currency. */
export function keepsTo(
  { budgetMinor, soldOutToo }: Wanted,
  items: readonly ShownPiece[],
  shopCurrency: string,
): boolean {
  let spent = 0;
  for (const { row, isGiven } of items) {
    if (!isGiven && !soldOutToo && row.availability === 'out_of_stock') return false;
    const price =
      (row.currency ?? shopCurrency) === shopCurrency ? (row.salePriceMinor ?? row.priceMinor) : null;
    if (price === null && !isGiven && budgetMinor !== null) return false;
    spent += price ?? 0;
  }
  return budgetMinor === null || spent <= budgetMinor;
}
