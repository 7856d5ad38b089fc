/** Groups of three digits, or in lakhs and crores: 12,34,567. */
const GROUPED = /^\d{1,3}(?:([.,])\d{2,3})*[.,]\d{3}$/;
/** Thousands parted by spaces or apostrophes, as in French and in Switzerland. */
const APART = /(?<=\d)[\s'’](?=\d{3}(?!\d))/g;

/**
 * The price that a visitor wrote, in major units: as the page's language writes numbers, or in another way that can only
 * mean one number. Null where it may mean two, such as "1.299" on a page whose decimals follow a point, or none.
 * `digits` are those that the currency has after the point.
 */
export function readPrice(text: string, locale: string, digits = 2): number | null {
  const written = text.trim().replace(APART, '');
  if (!/^[\d.,]+$/.test(written) || !/\d/.test(written)) return null;
  const marks = new Set(written.match(/[.,]/g));
  const last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
  if (marks.size === 0) return toNumber(written);
  const [whole, after] = [written.slice(0, last), written.slice(last + 1)];
  if (marks.size === 2)
    return GROUPED.test(whole) && !whole.includes(written[last]!) ? toNumber(whole, after) : null;
  if (whole.includes(written[last]!)) return GROUPED.test(written) ? toNumber(written) : null;
  const { group, decimal } = marksOf(locale);
  const mayBeGrouped = after.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (mayBeGrouped && written[last] === group) return toNumber(written);
  if (mayBeGrouped && (digits < 3 || written[last] !== decimal)) return null;
  return after.length > 2 && written[last] === group ? null : toNumber(whole, after);
}

/** As `readPrice` reads it: "1299,5" on a German page. */
export function writePrice(price: number, locale: string): string {
  return format(locale, { useGrouping: false, maximumFractionDigits: 20 }).format(price);
}

/** How this language writes a price: "1,299.50". */
export function examplePrice(locale: string, digits = 2): string {
  return format(locale, { useGrouping: 'always', minimumFractionDigits: digits }).format(
    digits > 0 ? 1299.5 : 1299,
  );
}

/** Digits after the point: 2 for EUR, 0 for JPY. */
export function digitsOf(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

function toNumber(whole: string, after = ''): number | null {
  const number = Number(`${whole.replace(/[.,]/g, '')}.${after}`);
  return Number.isFinite(number) ? number : null;
}

function marksOf(locale: string) {
  const parts = format(locale, { useGrouping: 'always' }).formatToParts(1234567.8);
  const of = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value;
  return { group: of('group'), decimal: of('decimal') };
}

const format = (locale: string, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(locale, { numberingSystem: 'latn', ...options });
