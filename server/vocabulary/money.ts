import { readCurrencyMark } from './currency-sign.ts';
import { normalForm } from './text.ts';

/** An amount in minor units (cents); `currency` is null if the text names none. */
export interface Price {
  readonly minor: number;
  readonly currency: string | null;
}

/** Why a text is not taken for a price, as the end of a sentence about it. */
export interface PriceDoubt {
  readonly doubt: string;
}

const LARGEST_MINOR = 1e12;
const NOT_AN_AMOUNT: PriceDoubt = { doubt: 'is not an amount such as 19.90 EUR' };

/** "1.299,-" and "49.–" say that there are no cents, as "1299/-" does in India. */
const NO_CENTS = /\s?(?:[.,:]\s?[-\u2013\u2014]{1,2}|\/[-=])$/u;
const PRICE =
  /^(?<before>\D*?)(?<amount>\d(?:[\d.,' ]*\d)?(?:\s?(?:[.,:]\s?[-\u2013\u2014]{1,2}|\/[-=]))?)(?<after>\D*)$/u;

/**
 * '19.90 EUR', as Google Merchant writes it, and what shops make of it: '19,90 €', '€19.90', 'kr 1 299,-', '$19.99 USD',
 * '1,299.00'. What can be read in two ways, such as '1.299 EUR', or '$5' in a shop without dollars, is not guessed.
 */
export function parsePrice(text: string, shopCurrency = 'EUR'): Price | PriceDoubt {
  const parts = PRICE.exec(plain(text))?.groups;
  if (!parts) return NOT_AN_AMOUNT;
  const mark = `${parts.before} ${parts.after}`.trim();
  const read = mark === '' ? null : readCurrencyMark(mark, shopCurrency);
  if (read === undefined) return NOT_AN_AMOUNT;
  if (read && 'anyOf' in read) {
    return { doubt: `does not say its currency: "${mark}" may be ${listed(read.anyOf)}` };
  }
  const currency = read?.currency ?? null;
  const amount = parseAmount(parts.amount!, currency ?? shopCurrency);
  if (typeof amount !== 'number') return amount;
  return amount > LARGEST_MINOR ? NOT_AN_AMOUNT : { minor: amount, currency };
}

/** Digits of other scripts, wide characters, thin spaces and typographic apostrophes become those of ASCII. */
function plain(text: string): string {
  return normalForm(text, 'NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\u066b/g, '.')
    .replace(/\u066c/g, "'")
    .replace(/[\u2018\u2019\u00b4`\u02bc]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

function listed(codes: readonly string[]): string {
  const shown = codes.slice(0, 3);
  return codes.length > shown.length ? `${shown.join(', ')} or another` : shown.join(' or ');
}

/** Asking Intl takes longer than everything else that is done to an item in an answer. */
const formatOf = new Map<string, { digits: number; decimalMark: string }>();

function formatFor(currency: string): { digits: number; decimalMark: string } {
  const known = formatOf.get(currency);
  if (known) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const found = {
    digits: format.resolvedOptions().maximumFractionDigits ?? 2,
    decimalMark: decimalMarkOf(currency),
  };
  formatOf.set(currency, found);
  return found;
}

/** How the currency's own country writes numbers: the first two letters of a code are the country. */
function decimalMarkOf(currency: string): string {
  if (currency === 'EUR') return ',';
  const locale = new Intl.Locale(`und-${currency.slice(0, 2)}`).maximize();
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function fractionDigits(currency: string): number {
  return formatFor(currency).digits;
}

/** What adding up binary fractions may lack. */
const ROUNDING = 1e-6;

/**
 * A limit in minor units: what costs less than the least amount, or more than the most, stays outside of it, also where the
 * amount lies between two minor units.
 */
export function limitInMinor(amount: number, currency: string, is: 'least' | 'most'): number {
  const minor = amount * 10 ** fractionDigits(currency);
  const nearest = Math.round(minor);
  if (Math.abs(minor - nearest) <= Math.max(ROUNDING, minor * Number.EPSILON)) return nearest;
  return is === 'least' ? Math.ceil(minor) : Math.floor(minor);
}

/** '19.90' for 1990 minor units of EUR. */
export function formatMinor(minor: number, currency: string): string {
  const digits = fractionDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

const SPACED = /^\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?=$|[.,])/;
const GROUPED = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;
/** Lakhs and crores: 12,34,567. */
const INDIAN = /^\d{1,2}(?:,\d{2})+,\d{3}$/;

/** Minor units of the currency. */
function parseAmount(written: string, currency: string): number | PriceDoubt {
  const { digits, decimalMark } = formatFor(currency);
  const whole = written.replace(NO_CENTS, '');
  const hasNoCents = whole !== written;
  const text = SPACED.test(whole) ? whole.replace(/[ '](?=\d{3})/g, '') : whole;
  const inUnits = (number: string) => Number(number.replace(/[.,]/g, '') + '0'.repeat(digits));
  if (/^\d+$/.test(text) || INDIAN.test(text)) return inUnits(text);
  const grouped = GROUPED.test(text);
  if (hasNoCents) return grouped ? inUnits(text) : NOT_AN_AMOUNT;
  const marks = text.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (!last || /[ ']/.test(text)) return NOT_AN_AMOUNT;
  if (grouped && marks.length > 1) return inUnits(text);
  const at = text.lastIndexOf(last);
  const [head, tail] = [text.slice(0, at), text.slice(at + 1)];
  if (grouped && head !== '0' && isGrouping(last, digits, decimalMark)) return inUnits(text);
  if (grouped && head !== '0' && !(digits === 3 && last === '.')) {
    return { doubt: `may be ${formatMinor(inUnits(text), currency)} or ${head}.${tail}` };
  }
  const isWhole = /^\d+$/.test(head) || (GROUPED.test(head) && !head.includes(last)) || INDIAN.test(head);
  // '100.00' of a currency without cents and '19.9000' are exact, just written longer.
  const isExact = /^\d+$/.test(tail) && !/[1-9]/.test(tail.slice(digits));
  if (!isWhole || !isExact) return NOT_AN_AMOUNT;
  return Number(head.replace(/[.,]/g, '') + tail.slice(0, digits).padEnd(digits, '0'));
}

/**
 * Whether one mark before three digits can only group thousands. A point may always be Google's decimal point, unless the
 * currency has no cents and its country writes a comma.
 */
function isGrouping(mark: string, digits: number, decimalMark: string): boolean {
  if (digits === 0) return mark !== decimalMark || mark === ',';
  return digits === 2 && mark === ',' && decimalMark !== ',';
}
