/** An amount in minor units (cents); `currency` is null where the feed names none. */
export interface Price {
  readonly minor: number;
  readonly currency: string | null;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const SYMBOLS = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
]);
const LARGEST_MINOR = 1e12;

/**
 * '19.90 EUR', as Google Merchant writes it, and what exports make of it: '19,90 EUR', 'EUR 19.90', '€19.90',
 * '1,299.00 USD', '19.90'. Undefined where it cannot be told, as in '1.299 EUR'.
 */
export function parsePrice(text: string): Price | undefined {
  const match = /^(?:([A-Za-z]{3}|[€£])\s*)?(\d[\d.,' \u00a0\u202f]*?)\s*([A-Za-z]{3}|[€£])?$/u.exec(
    text.trim(),
  );
  if (!match || (match[1] && match[3])) return undefined;
  const mark = match[1] ?? match[3];
  const currency = mark ? (SYMBOLS.get(mark) ?? mark.toUpperCase()) : null;
  if (currency && !CURRENCIES.has(currency)) return undefined;
  const digits = currency ? fractionDigits(currency) : 2;
  const amount = parseAmount(match[2]!.replace(/[' \u00a0\u202f]/g, ''), digits);
  if (amount === undefined || amount > LARGEST_MINOR) return undefined;
  return { minor: amount, currency };
}

/** Asking for them takes longer than all else that is done to an item in an answer. */
const digitsOf = new Map<string, number>();

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function fractionDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

/** '19.90' for 1990 minor units of EUR. */
export function formatMinor(minor: number, currency: string): string {
  const digits = fractionDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

function parseAmount(text: string, digits: number): number | undefined {
  const point = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const tail = point < 0 ? '' : text.slice(point + 1);
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(text);
  const sameMarkTwice = point >= 0 && text.indexOf(text.charAt(point)) !== point;
  let whole = text;
  let fraction = '';
  if (grouped && (sameMarkTwice || text[point] === ',') && digits < 3) {
    whole = text.replace(/[.,]/g, '');
  } else if (point >= 0) {
    if (sameMarkTwice || tail.length > digits || tail.length === 0) return trailingZeros(text, point, digits);
    whole = text.slice(0, point);
    fraction = tail;
    if (!/^\d+$|^\d{1,3}([.,]\d{3})+$/.test(whole)) return undefined;
    whole = whole.replace(/[.,]/g, '');
  }
  return /^\d+$/.test(whole) ? Number(whole + fraction.padEnd(digits, '0')) : undefined;
}

/** '100.00' of a currency without a fraction, and '19.9000': exact, only written longer. */
function trailingZeros(text: string, point: number, digits: number): number | undefined {
  const [whole, tail] = [text.slice(0, point), text.slice(point + 1)];
  if (!/^\d+$/.test(whole) || !/^\d+$/.test(tail) || /[1-9]/.test(tail.slice(digits))) return undefined;
  if (tail.length === 3 && digits < 3 && whole.length <= 3) return undefined;
  return Number(whole + tail.slice(0, digits));
}
