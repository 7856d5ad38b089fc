/** What the items of each slot may cost, so that outfits within the budget are found wherever there are any. */

import type { Piece } from './piece.ts';
import type { Setting } from './setting.ts';

export interface PriceLimits {
  /** As much as the cheapest items of the other slots leave. */
  readonly most: number;
  /** So much that any items within it make an outfit within the budget. */
  readonly fair: number;
}

/**
 * Limits for each slot, over the templates that the cheapest items could fill. `rest`: what is left of the budget for the
 * open slots. Empty if no outfit can be within it.
 */
export function priceLimits(
  templates: readonly (readonly string[])[],
  cheapest: ReadonlyMap<string, number>,
  rest: number,
): Map<string, PriceLimits> {
  const limits = new Map<string, PriceLimits>();
  for (const slots of templates) {
    if (slots.length === 0 || !slots.every((slot) => cheapest.has(slot))) continue;
    const least = slots.reduce((sum, slot) => sum + cheapest.get(slot)!, 0);
    if (least > rest) continue;
    const share = Math.floor((rest - least) / slots.length);
    for (const slot of slots) {
      const own = cheapest.get(slot)!;
      const known = limits.get(slot);
      limits.set(slot, {
        most: Math.max(known?.most ?? 0, rest - least + own),
        fair: Math.min(known?.fair ?? Number.POSITIVE_INFINITY, own + share),
      });
    }
  }
  return limits;
}

/** Whether what fills the open slots costs no more than the rest of the budget. */
export function isWithin(rest: number | null, pieces: readonly Piece[], fixed: readonly Piece[]): boolean {
  if (rest === null) return true;
  const open = pieces.filter((piece) => !fixed.includes(piece));
  return open.reduce((sum, { priceMinor }) => sum + (priceMinor ?? 0), 0) <= rest;
}

/** What the fixed items leave of the budget. What is asked about counts nothing without a price in the shop's currency. */
export function restOf(
  { source }: Setting,
  fixed: readonly Piece[],
  budgetMinor: number | null,
): number | null {
  if (budgetMinor === null) return null;
  const priced = fixed.filter(({ currency }) => currency === source.shopCurrency);
  return priced.reduce((rest, { priceMinor }) => rest - (priceMinor ?? 0), budgetMinor);
}
