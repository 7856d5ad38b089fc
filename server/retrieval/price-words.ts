/** Reads prices in a shopper's words: "cheaper", "under 50 euros", "between 20 and 40". */
import { parsePrice } from '../vocabulary/money.ts';

export interface PriceWords {
  /** In major units of the shop's currency. */
  readonly min: number | null;
  readonly max: number | null;
  /** Compared with what was searched with. */
  readonly thanOwn: 'cheaper' | 'dearer' | null;
  /** The words themselves. */
  readonly phrases: readonly string[];
}

const SIGN = '[€$£]';
const NAME = '(?:euros?|eur|dollars?|usd|bucks|pounds?|gbp)';
/** Thousands may be apart, as in French: "1 299,90". */
const DIGITS = '(?:\\d{1,3}(?: \\d{3})+(?!\\d)[\\d.,]*|\\d[\\d.,]*)';
const AMOUNT = `(?:${SIGN}\\s*)?${DIGITS}(?:\\s*(?:${SIGN}|${NAME}\\b))?`;
const SEPARATOR = '(?:and|(?:up )?to|-|–)';
const BETWEEN = new RegExp(
  `(?<!\\p{L})(?:between|from)?\\s*(${AMOUNT})\\s*${SEPARATOR}\\s*(${AMOUNT})`,
  'gu',
);
const UNDER = new RegExp(
  `(?<!\\p{L})(?:under|below|beneath|less than|up to|at most|no more than|not more than|not over|cheaper than|max(?:imum)?|<=?)\\s*(?:of\\s+)?(${AMOUNT})`,
  'gu',
);
const OVER = new RegExp(
  `(?<!\\p{L})(?:over|above|more than|from|at least|no less than|not less than|not under|min(?:imum)?|>=?)\\s*(?:of\\s+)?(${AMOUNT})(?![\\d.,]|\\s*${SEPARATOR}\\s*\\d)`,
  'gu',
);
const CHEAPER =
  /(?<!\p{L})(?:(?:much|a bit|a little|somewhat)\s+)?(?:cheaper|less expensive|more affordable|(?:at|for) a lower price|lower price)(?!\p{L})/gu;
const DEARER =
  /(?<!\p{L})(?:(?:much|a bit|a little|somewhat)\s+)?(?:more expensive|pricier|dearer)(?!\p{L})/gu;

/** `rest` is the text without what was read. Expects lower case. A currency is taken for the shop's own. */
export function takePrices(text: string): { price: PriceWords | null; rest: string } {
  const phrases: string[] = [];
  let min: number | null = null;
  let max: number | null = null;
  let thanOwn: PriceWords['thanOwn'] = null;
  const take = (from: string, pattern: RegExp, use: (...amounts: number[]) => void) =>
    from.replace(pattern, (phrase: string, ...found: unknown[]) => {
      const texts = found.filter((part): part is string => typeof part === 'string').slice(0, -1);
      const amounts = texts.map(amountOf);
      // "From 36 to 38" may be a size: a range is of prices if it names a currency, or says "between".
      if (amounts.some(Number.isNaN) || (texts.length === 2 && !isOfPrices(phrase))) return phrase;
      use(...amounts);
      phrases.push(phrase.trim());
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
  rest = take(rest, CHEAPER, () => {
    thanOwn = 'cheaper';
  });
  rest = take(rest, DEARER, () => {
    thanOwn = 'dearer';
  });
  return { price: phrases.length > 0 ? { min, max, thanOwn, phrases } : null, rest };
}

const isOfPrices = (phrase: string) => new RegExp(`between|${SIGN}|${NAME}`, 'u').test(phrase);

/** NaN where the amount cannot be told. */
function amountOf(text: string): number {
  const digits = /\d[\d., ]*/.exec(text)?.[0].replaceAll(' ', '').replace(/[.,]$/, '') ?? '';
  // The words are English, and so are its marks: 1,299 is over a thousand.
  const read = parsePrice(digits, 'USD');
  return 'minor' in read ? read.minor / 100 : Number.NaN;
}
