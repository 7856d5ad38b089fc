import { type Price, parsePrice } from '../../vocabulary/money.ts';
import type { RowCells } from './row-cells.ts';
import { readSaleDates } from './sale-dates.ts';

/** In minor units of `currency`. */
export interface RowPrices {
  readonly priceMinor?: number | undefined;
  /** Above 0 and below the price. */
  readonly salePriceMinor?: number | undefined;
  /** ISO 8601. The sale price holds from `saleFrom` on and before `saleUntil`; undefined for no bound. */
  readonly saleFrom?: string | undefined;
  readonly saleUntil?: string | undefined;
  /** Undefined if the feed has none: the shop's own currency is used. */
  readonly currency?: string | undefined;
}

const MAX_LENGTH = 50;

/** Reads the prices of a row. What is not certain becomes a warning, and the item has no such price. */
export function readPrices(cells: RowCells, shopCurrency: string): RowPrices {
  const texts = { price: cells.amount('price', MAX_LENGTH), sale: cells.amount('sale_price', MAX_LENGTH) };
  const named = currencyOf(texts.price, shopCurrency) ?? currencyOf(texts.sale, shopCurrency);
  const price = readPrice(cells, 'price', texts.price, named ?? shopCurrency);
  const sale = readPrice(cells, 'sale_price', texts.sale, named ?? shopCurrency);
  if (price && sale?.currency && sale.currency !== (price.currency ?? named)) {
    cells.warn('sale_price', 'INVALID_PRICE', 'is in another currency than price');
    return { priceMinor: price.minor, currency: named };
  }
  const dates = sale && readDates(cells);
  if (!price) {
    if (!sale || sale.minor === 0) return {};
    const isBound = dates === null || dates?.saleFrom !== undefined || dates?.saleUntil !== undefined;
    const taken = isBound ? 'was left out' : 'was taken for the price';
    cells.warn('sale_price', 'INVALID_SALE', `has no price beside it, and ${taken}`);
    return isBound ? {} : { priceMinor: sale.minor, currency: named };
  }
  const regular = { priceMinor: price.minor, currency: named };
  // Exports write 0, or the price again, where there is no sale.
  if (!sale || sale.minor === 0 || sale.minor === price.minor) return regular;
  if (sale.minor > price.minor) {
    cells.warn('sale_price', 'INVALID_SALE', 'is above the price, so the item is not on sale');
    return regular;
  }
  return dates ? { ...regular, ...dates, salePriceMinor: sale.minor } : regular;
}

function currencyOf(text: string | undefined, shopCurrency: string): string | undefined {
  const parsed = text === undefined ? undefined : parsePrice(text, shopCurrency);
  return parsed && 'minor' in parsed ? (parsed.currency ?? undefined) : undefined;
}

function readPrice(
  cells: RowCells,
  column: string,
  text: string | undefined,
  currency: string,
): Price | undefined {
  if (text === undefined) return undefined;
  const parsed = parsePrice(text, currency);
  if ('minor' in parsed) return parsed;
  cells.warn(column, 'INVALID_PRICE', `"${text}" ${parsed.doubt}`);
  return undefined;
}

/** When the sale price holds; null if it cannot be told, and then there is no sale. */
function readDates(cells: RowCells): Pick<RowPrices, 'saleFrom' | 'saleUntil'> | null {
  const column = 'sale_price_effective_date';
  const text = cells.text(column, 200);
  if (text === undefined) return {};
  const dates = readSaleDates(text);
  if (dates) return { saleFrom: dates.from?.toISOString(), saleUntil: dates.until?.toISOString() };
  const what = `"${text}" is not two dates such as 2026-01-31T08:00+0100/2026-02-28T23:59+0100; the sale was left out`;
  cells.warn(column, 'INVALID_DATE', what);
  return null;
}
