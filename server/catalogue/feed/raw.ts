import { own } from '../../vocabulary/own.ts';
import { LIMITS } from '../limits.ts';
import { aliasesIn, COUNTS_PICTURES, columnName, REQUIRED_COLUMNS } from './columns.ts';
import type { Fault } from './fault.ts';
import { splitLinks, withoutDrive } from './links.ts';

/** What a row says in a column. Only `additional_image_link` is a list. */
export type Fields = Record<string, unknown>;

/**
 * A row as read from the feed, before validation. `row` is what a spreadsheet shows: the header of a CSV is row 1 and
 * its first item row 2; the first line of JSON Lines, the first object of an array and the first XML item are row 1.
 */
export type RawRow =
  | { readonly row: number; readonly fields: Readonly<Fields> }
  | {
      readonly row: number;
      readonly fault: Fault & { readonly column?: string };
      /** Of the item, where it is known. */
      readonly id?: unknown;
    };

/** Separates the values of a column that is there several times, as Google does for colours. */
const JOINED: Readonly<Record<string, string>> = {
  color: '/',
  material: '/',
  pattern: '/',
  size: '/',
};

/**
 * The fields of a row whose columns may have any spelling, may be repeated, and may hold lists or amounts. Columns after
 * the first `LIMITS.columns` are not read.
 */
export function toFields(entries: Iterable<readonly [name: string, value: unknown]>): Fields {
  const named: Record<string, unknown[]> = Object.create(null);
  let count = 0;
  for (const [name, value] of entries) {
    if (++count > LIMITS.columns) break;
    const column = columnName(name);
    const values = named[column];
    if (values) values.push(value);
    else named[column] = [value];
  }
  const [offerId] = named.offer_id ?? [];
  // In answers of the content API, `online:de:DE:12` is the product whose id in the feed was 12.
  if (offerId !== undefined && String(named.id?.[0]).endsWith(`:${offerId}`)) delete named.id;
  for (const [from, to] of aliasesIn((name) => name in named)) {
    named[to] = from === COUNTS_PICTURES ? named[from]!.map(withoutCount) : named[from]!;
    delete named[from];
  }
  return joinFields(named);
}

/** For each column the values that it has in this row. */
export function joinFields(named: Readonly<Record<string, readonly unknown[]>>): Fields {
  const fields: Fields = Object.create(null);
  for (const name in named) {
    if (name !== 'image_link' && name !== 'additional_image_link')
      fields[name] = join(name, own(named, name)!);
  }
  const [image, ...others] = linksOf(named.image_link);
  if ('image_link' in named) fields.image_link = image;
  const more = [...others, ...linksOf(named.additional_image_link)];
  if (more.length > 0) fields.additional_image_link = more;
  return fields;
}

/** Its values are ids, which may have a comma in them: a list stays one. */
const LISTED = 'look_id';

function join(name: string, values: readonly unknown[]): unknown {
  const only = values[0];
  if (values.length === 1 && (typeof only !== 'object' || only === null)) return only;
  const flat = values.flatMap((value) => (Array.isArray(value) ? value : [value])).map(toAmount);
  const filled = flat.filter((value) => value !== null && value !== undefined && value !== '');
  if (name === LISTED) return filled.map((value) => (typeof value === 'object' ? value : String(value)));
  const mark = own(JOINED, name);
  if (filled.length < 2 || mark === undefined || filled.some((value) => typeof value === 'object')) {
    return filled[0];
  }
  return [...new Set(filled.map(String))].join(mark);
}

/** The content API's amounts, `{"value": "19.90", "currency": "EUR"}`, as text. */
function toAmount(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { value: amount, currency, amountMicros, currencyCode } = value as Record<string, unknown>;
  if (isPlain(amount)) return isPlain(currency) ? `${amount} ${currency}` : amount;
  if (!isPlain(amountMicros)) return value;
  const units = Number(amountMicros) / 1e6;
  return Number.isFinite(units) ? `${units} ${isPlain(currencyCode) ? currencyCode : ''}`.trim() : value;
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function withoutCount(value: unknown): unknown {
  return typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) ? '' : value;
}

function linksOf(values: readonly unknown[] | undefined): unknown[] {
  if (!values) return [];
  const links: unknown[] = [];
  for (const value of values.flat()) {
    if (typeof value === 'string') for (const link of splitLinks(value)) links.push(withoutDrive(link));
    else {
      const link = toLink(value);
      if (link !== undefined && link !== null) links.push(link);
    }
  }
  return links;
}

/** `{"url": "…"}` or `{"src": "…"}`, as some exports list pictures. */
function toLink(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { url, src, link, href } = value as Record<string, unknown>;
  return [url, src, link, href].find((address) => typeof address === 'string') ?? value;
}

/** Whether at least two of the required columns are there: a channel or a shipping rate has one at most. */
export function looksLikeItem(fields: Readonly<Fields>): boolean {
  return REQUIRED_COLUMNS.filter((name) => name in fields).length >= 2;
}

/** Reads the cells of a table whose columns have these names, aliases resolved. */
export function fieldReader(columns: readonly string[]): (cells: readonly string[]) => Fields {
  const aliases = new Map(aliasesIn((name) => columns.includes(name)));
  const indexes = new Map<string, number[]>();
  columns.forEach((column, index) => {
    if (column === '') return;
    const name = aliases.get(column) ?? column;
    const at = indexes.get(name);
    if (at) at.push(index);
    else indexes.set(name, [index]);
  });
  const counting = aliases.get(COUNTS_PICTURES);
  const all = [...indexes];
  const isSpecial = ([name, at]: [string, number[]]) =>
    at.length > 1 || name === 'image_link' || name === 'additional_image_link';
  const special = all.filter(isSpecial);
  const plain = all.filter((entry) => !isSpecial(entry)).map(([name, at]) => [name, at[0]!] as const);
  return (cells) => {
    const named: Record<string, unknown[]> = Object.create(null);
    for (const [name, at] of special) {
      const values = at.map((index) => cells[index]);
      named[name] = name === counting ? values.map(withoutCount) : values;
    }
    const fields: Fields = Object.assign(Object.create(null), joinFields(named));
    for (const [name, index] of plain) fields[name] = cells[index];
    return fields;
  };
}
