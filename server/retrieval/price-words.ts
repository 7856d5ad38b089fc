/** Reads prices in a shopper's words: "cheaper", "under 50 euros", "between 20 and 40". */
import { readCurrencyMark } from '../vocabulary/currency-sign.ts';
import { fractionDigits, parsePrice } from '../vocabulary/money.ts';

export interface PriceWords {
  /** In major units of the shop's currency. */
  readonly min: number | null;
  readonly max: number | null;
  /** Compared with what was searched with. */
  readonly thanOwn: 'cheaper' | 'dearer' | null;
  /** The words themselves. */
  readonly phrases: readonly string[];
}

/** What a currency is called, and the mark by which readCurrencyMark knows it. */
const CURRENCIES: readonly (readonly [pattern: string, mark: string])[] = [
  ['euros?|eur', 'EUR'],
  ['dollars?|d[oó]lares|bucks?|pesos?', '$'],
  ['pounds?|pfund|livres?|libras?|quid', '£'],
  ['francs?|franken|francos?', 'fr'],
  ['kron(?:or|er|en|a|e)|crowns?|couronnes?|coronas?', 'kr'],
  ['rupees?|rupien|roupies?|rupias?', 'rs'],
  ['yen', 'JPY'],
  ['yuan', 'CNY'],
  ['z[lł]oty', 'PLN'],
  // Codes that are words too, such as TRY and TOP, are left out.
  ...(
    'usd gbp chf sek nok dkk isk pln czk huf jpy cny inr cad aud nzd hkd sgd mxn brl kwd bhd omr jod tnd lyd iqd aed sar ' +
    'qar egp ils thb twd krw vnd idr myr php zar ngn kes ghs clp ron bgn rsd uah rub kzt'
  )
    .split(' ')
    .map((code) => [code, code] as const),
];
const SIGN = '(?:us|ca?|au?|nz|hk)?\\$|[€£¥₹]';
const NAME = `(?:${CURRENCIES.map(([pattern]) => pattern).join('|')})(?!\\p{L})`;
const MARK = `(?:${SIGN}|${NAME})`;
/** Thousands may be apart, as in French: "1 299,90". */
const DIGITS = '(?:\\d{1,3}(?: \\d{3})+(?!\\d)[\\d.,]*|\\d[\\d.,]*)';
/** Not the beginning of "1e9" or "30cm". */
const AMOUNT = `(?:${MARK}\\s*)?${DIGITS}(?:\\s*${MARK})?(?![\\p{L}\\p{N}])`;
const SEPARATOR = '(?:and|(?:up )?to|-|–)';
const CHEAPER_THAN = '(?:cheaper|less expensive) than';
const DEARER_THAN = '(?:more expensive|dearer|pricier) than';
const AT_MOST =
  '(?:under|below|beneath|less than|up to|at most|no more than|not more than|not over|max(?:imum)?|<=?|' +
  `${CHEAPER_THAN}|(?:not|no) ${DEARER_THAN})`;
const AT_LEAST =
  '(?:over|above|more than|at least|no less than|not less than|not under|min(?:imum)?|>=?|' +
  `${DEARER_THAN}|(?:not|no) ${CHEAPER_THAN})`;
const BETWEEN = new RegExp(
  `(?<!\\p{L})(?:between|from)?\\s*(${AMOUNT})\\s*${SEPARATOR}\\s*(${AMOUNT})`,
  'gu',
);
const UNDER = new RegExp(`(?<!\\p{L})(?<!(?<!\\p{L})not\\s)${AT_MOST}\\s*(?:of\\s+)?(${AMOUNT})`, 'gu');
const OVER = new RegExp(
  `(?<!\\p{L})(?:from|${AT_LEAST})\\s*(?:of\\s+)?(${AMOUNT})(?![\\d.,]|\\s*${SEPARATOR}\\s*\\d)`,
  'gu',
);
/** What is compared with is no amount: "under -5". */
const UNREADABLE = new RegExp(
  `(?<!\\p{L})(?:${AT_MOST}|${AT_LEAST})\\s*(?:of\\s+)?(?=\\S*\\d)\\S+(?:\\s*${MARK})?`,
  'gu',
);
const compared = (words: string, before = '') =>
  new RegExp(`(?<!\\p{L})${before}(?:(?:much|a bit|a little|somewhat|any)\\s+)?(?:${words})(?!\\p{L})`, 'gu');
const LESS = 'cheaper|less expensive|more affordable|(?:at|for) a lower price|lower price';
const MORE = 'more expensive|pricier|dearer';
const NOT_COMPARED = compared(`${LESS}|${MORE}`, '(?:not|no|non)\\s+');
const CHEAPER = compared(LESS);
const DEARER = compared(MORE);

/**
 * `rest` is the text without what was read, and without `unread`: prices in another currency than the shop's, what is
 * said like a price and is none, and what is not wanted, such as "not cheaper". Expects lower case.
 */
export function takePrices(
  text: string,
  shopCurrency = 'EUR',
): { price: PriceWords | null; unread: string[]; rest: string } {
  const phrases: string[] = [];
  const unread: string[] = [];
  let min: number | null = null;
  let max: number | null = null;
  let thanOwn: PriceWords['thanOwn'] = null;
  const take = (from: string, pattern: RegExp, use: (...amounts: number[]) => void) =>
    from.replace(pattern, (phrase: string, ...found: unknown[]) => {
      const texts = found.filter((part): part is string => typeof part === 'string').slice(0, -1);
      // "From 36 to 38" may be a size: a range is of prices if it names a currency, or says "between".
      if (texts.length === 2 && !isOfPrices(phrase)) return phrase;
      const amounts = texts.map((amount) => amountOf(amount, shopCurrency));
      if (amounts.some(Number.isNaN)) unread.push(phrase.trim());
      else {
        use(...amounts);
        phrases.push(phrase.trim());
      }
      return ' ';
    });
  let rest = take(text, BETWEEN, (low, high) => {
    [min, max] = [Math.min(low!, high!), Math.max(low!, high!)];
  });
  rest = take(rest, UNDER, (high) => {
    max = high!;
  });
  rest = take(rest, OVER, (low) => {
    min = low!;
  });
  for (const pattern of [UNREADABLE, NOT_COMPARED]) {
    rest = rest.replace(pattern, (phrase) => {
      unread.push(phrase.trim());
      return ' ';
    });
  }
  rest = take(rest, CHEAPER, () => {
    thanOwn = 'cheaper';
  });
  rest = take(rest, DEARER, () => {
    thanOwn = 'dearer';
  });
  return { price: phrases.length > 0 ? { min, max, thanOwn, phrases } : null, unread, rest };
}

const isOfPrices = (phrase: string) => new RegExp(`between|${MARK}`, 'u').test(phrase);

/** In English, a comma groups thousands. A point before three digits can do nothing else, but in a currency of thousandths. */
const POINTS = /^[1-9]\d{0,2}(?:\.\d{3})+$/;

/** In major units. NaN where the amount cannot be told, or is in another currency. */
function amountOf(text: string, shopCurrency: string): number {
  if (marksOf(text).some((mark) => !isOwn(mark, shopCurrency))) return Number.NaN;
  const digits = /\d[\d., ]*/.exec(text)?.[0].replaceAll(' ', '').replace(/[.,]$/, '') ?? '';
  const ofThousandths = fractionDigits(shopCurrency) === 3;
  const whole = ofThousandths
    ? digits.replace(/,(?=\d{3}(?!\d))/g, '')
    : POINTS.test(digits)
      ? digits.replaceAll('.', '')
      : digits;
  const read = parsePrice(whole, ofThousandths ? shopCurrency : 'USD');
  return 'minor' in read ? read.minor / (ofThousandths ? 1000 : 100) : Number.NaN;
}

/** The currencies that stand before and after an amount. */
function marksOf(text: string): string[] {
  return text.split(/[\d., ]+/).flatMap((part) => {
    if (part === '') return [];
    const named = CURRENCIES.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'u').test(part));
    return [named?.[1] ?? part];
  });
}

function isOwn(mark: string, shopCurrency: string): boolean {
  const read = readCurrencyMark(mark, shopCurrency);
  return read !== undefined && 'currency' in read && read.currency === shopCurrency;
}
