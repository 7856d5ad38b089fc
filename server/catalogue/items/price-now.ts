/** SQL over `items i`: whether the item is on sale at the time of the query. */
export const ON_SALE = `(i.sale_price_minor is not null and (i.sale_from is null or i.sale_from <= now())
  and (i.sale_until is null or now() < i.sale_until))`;

/** SQL over `items i`: what the item costs at the time of the query. */
export const PRICE_NOW = `(case when ${ON_SALE} then i.sale_price_minor else i.price_minor end)`;

/**
 * SQL over `items i`: whether the price meets a condition at the time of the query. Most items have no dated sale, and
 * are found by the index over their one price.
 */
export function priceMeets(condition: (price: string) => string): string {
  return `(${condition('i.steady_price_minor')} or i.sale_is_dated and ${condition(PRICE_NOW)})`;
}
