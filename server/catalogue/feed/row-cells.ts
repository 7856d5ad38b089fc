import { own } from '../../vocabulary/own.ts';
import { cleanLink, cleanText, cleanValue } from './clean.ts';
import type { FaultCode, RowWarning } from './fault.ts';

type Clean = (value: unknown) => unknown;

/** The cells of a row, by column. What cannot be read becomes a warning, and the cell counts as empty. */
export class RowCells {
  readonly warnings: RowWarning[] = [];
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(fields: Readonly<Record<string, unknown>>) {
    this.fields = fields;
  }

  /** `what` continues a sentence that begins with the column. */
  warn(column: string, code: FaultCode, what: string): void {
    this.warnings.push({ column, code, reason: `${column} ${what}.` });
  }

  /** A column's values, if a feed repeats it or has a list; empty ones are left out. */
  list(column: string): unknown[] {
    const value = own(this.fields, column);
    return (Array.isArray(value) ? value : [value]).filter((one) => cleanValue(one) !== undefined);
  }

  /** A text; the first one of several, or all with `/` between them. */
  text(column: string, limit: number, { join = false, clean = cleanText as Clean } = {}): string | undefined {
    const values = this.list(column)
      .map(clean)
      .filter((value) => value !== undefined);
    if (values.some((value) => typeof value !== 'string')) {
      this.warn(column, 'INVALID_FIELD', 'must be text');
      return undefined;
    }
    const text = join && values.length > 0 ? values.join('/') : (values[0] as string | undefined);
    if (text !== undefined && text.length > limit) {
      this.warn(column, 'FIELD_TOO_LONG', `is longer than ${limit} characters`);
      return undefined;
    }
    return text;
  }

  /** A text that is cut where it is too long. */
  cutText(column: string, limit: number, clean: Clean = cleanText): string | undefined {
    const text = this.text(column, Number.POSITIVE_INFINITY, { clean });
    if (text === undefined || text.length <= limit) return text;
    this.warn(column, 'FIELD_TOO_LONG', `is longer than ${limit} characters, and was cut there`);
    return text
      .slice(0, limit)
      .toWellFormed()
      .replace(/\ufffd$/, '')
      .trim();
  }

  /** An amount as text; Google's content API has an object of value and currency. */
  amount(column: string, limit: number): string | undefined {
    const [first] = this.list(column);
    if (typeof first === 'number') return exactly(first);
    if (typeof first !== 'object' || first === null) return this.text(column, limit);
    const { value, amount, currency, currencyCode } = first as Record<string, unknown>;
    const text = [cleanText(value ?? amount), cleanText(currency ?? currencyCode)];
    if (typeof text[0] === 'string')
      return text
        .filter((part) => typeof part === 'string')
        .join(' ')
        .slice(0, limit);
    this.warn(column, 'INVALID_PRICE', 'is not an amount such as 19.90 EUR');
    return undefined;
  }

  /** The links in a column, as they are written; `split` finds those of one cell. */
  links(column: string, split: (cell: string) => string[]): string[] {
    return this.list(column)
      .map(cleanLink)
      .flatMap((value) => {
        if (typeof value === 'string') return split(value).filter((link) => link !== '');
        this.warn(column, 'INVALID_FIELD', 'must be a link or a list of links');
        return [];
      });
  }
}

/** What was computed with, such as 29.990000000000002, without the digits that a double does not hold. */
function exactly(number: number): string {
  return String(Number(number.toPrecision(15)));
}
