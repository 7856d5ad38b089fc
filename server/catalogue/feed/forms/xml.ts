import { own } from '../../../vocabulary/own.ts';
import { LIMITS } from '../../limits.ts';
import { columnName, listColumns } from '../columns.ts';
import { type Fault, FeedError } from '../fault.ts';
import { looksLikeItem, type RawRow, toFields } from '../raw.ts';
import { readEvents, type XmlHandler } from '../xml-events.ts';

/** An element inside a row. */
interface Node {
  readonly name: string;
  text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
}

const TOO_LONG: Fault = {
  code: 'LINE_TOO_LONG',
  reason: `The element is longer than ${LIMITS.lineBytes} characters.`,
};
const CUT_OFF: Fault = { code: 'INVALID_ROW', reason: 'The feed ends before it is complete.' };
const NOT_CLOSED: Fault = { code: 'INVALID_ROW', reason: 'The element is never closed.' };

/**
 * Rows of an XML feed: RSS 2.0 and Atom with Google's `g:` names, and plain lists such as `<products><product>`. The
 * first item is row 1. `rowName` is the element that holds an item, as `findRowName` finds it.
 */
export async function* readXml(chunks: AsyncIterable<string>, rowName: string): AsyncGenerator<RawRow> {
  const reader = new RowReader(rowName);
  for await (const _ of readEvents(chunks, reader, 'The XML feed')) yield* reader.take();
  yield* reader.end();
}

/** Writes Google's elements as `g:id`, whatever prefix the feed declares for their namespace. */
class GoogleNames {
  private readonly prefixes = new Set<string>();

  declare(attributes: Readonly<Record<string, string>>): void {
    for (const name in attributes) {
      if (name.startsWith('xmlns:') && GOOGLE.test(own(attributes, name)!)) this.prefixes.add(name.slice(6));
    }
  }

  of(name: string): string {
    const colon = name.indexOf(':');
    return colon > 0 && this.prefixes.has(name.slice(0, colon)) ? `g${name.slice(colon)}` : name;
  }
}

const GOOGLE = /base\.google\.com\/ns/i;

class RowReader implements XmlHandler {
  private readonly names = new GoogleNames();
  private readonly rowName: string;
  private rows: RawRow[] = [];
  private count = 0;
  private depth = 0;
  /** From the row to the element that is open, while one is. */
  private path: Node[] = [];
  private size = 0;
  private tornAtEnd = false;
  private rowTorn = false;

  constructor(rowName: string) {
    this.rowName = rowName;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1;
    const parent = this.path.at(-1);
    this.names.declare(attributes);
    if (!parent) {
      if (name === this.rowName) this.path = [{ name, text: '', attributes, children: [] }];
      return;
    }
    if (name === this.rowName && this.path.length === 1) {
      // The end tag of the row before is missing.
      this.finish(NOT_CLOSED);
      this.path = [{ name, text: '', attributes, children: [] }];
      return;
    }
    const node = { name: this.names.of(name), text: '', attributes, children: [] };
    this.size += name.length;
    for (const key in attributes) this.size += key.length + own(attributes, key)!.length;
    if (this.size <= LIMITS.lineBytes) parent.children.push(node);
    this.path.push(node);
  }

  text(data: string): void {
    const node = this.path.at(-1);
    if (!node) return;
    this.size += data.length;
    if (this.size <= LIMITS.lineBytes) node.text += data;
  }

  close(_: string, torn: boolean): void {
    this.depth -= 1;
    this.tornAtEnd = torn;
    if (this.path.length === 0) return;
    if (this.path.length === 1) {
      this.rowTorn = torn;
      this.finish(torn ? CUT_OFF : undefined);
    } else this.path.pop();
  }

  *take(): Generator<RawRow> {
    const rows = this.rows;
    this.rows = [];
    yield* rows;
  }

  /** A feed that was cut off between two items looks complete but for the end tags around them. */
  *end(): Generator<RawRow> {
    yield* this.take();
    if (this.tornAtEnd && !this.rowTorn) yield { row: this.count + 1, fault: CUT_OFF };
  }

  private finish(fault?: Fault): void {
    const row = this.path[0]!;
    this.path = [];
    this.count += 1;
    const tooLong = this.size > LIMITS.lineBytes;
    this.size = 0;
    const found = fault ?? (tooLong ? TOO_LONG : undefined);
    if (found) this.rows.push({ row: this.count, fault: found });
    else this.rows.push({ row: this.count, fields: toFields(entriesOf(row)) });
  }
}

/** Google's own elements (`g:title`) go before those of the same name without prefix (`title`). */
function entriesOf(row: Node): [string, unknown][] {
  const entries: [string, unknown][] = [];
  const named = new Set<string>();
  for (const child of row.children) if (child.name.startsWith('g:')) named.add(child.name.slice(2));
  for (const child of row.children) {
    if (named.size > 0 && named.has(child.name)) continue;
    const value = contentOf(child);
    if (value !== undefined) entries.push([child.name, value]);
  }
  for (const name in row.attributes) {
    if (!row.children.some((child) => columnName(child.name) === columnName(name)))
      entries.push([name, own(row.attributes, name)]);
  }
  return entries;
}

/** The text of an element, or the address in it; a list of equal elements; an amount with its currency. */
function contentOf(node: Node): unknown {
  if (node.children.length === 0) {
    const text = node.text.trim();
    const { href, url, src } = node.attributes;
    return text === '' ? (href ?? url ?? src ?? '') : text;
  }
  const [first] = node.children;
  if (node.children.every(({ name }) => name === first!.name)) return node.children.map(contentOf);
  const value = node.children.find(({ name }) => /^(?:g:)?(?:value|amount)$/.test(name));
  const currency = node.children.find(({ name }) => /^(?:g:)?currency(?:_?code)?$/i.test(name));
  return value && currency ? `${value.text.trim()} ${currency.text.trim()}` : undefined;
}

/**
 * The element that holds an item: the first one that has two of id, title and image. Null if there are no elements at
 * all; throws FeedError with the names found if none of them is an item.
 */
export async function findRowName(sample: string): Promise<string | null> {
  if (/^\s*(?:<!doctype\s+html|<html)/i.test(sample)) {
    throw new FeedError(
      'The file is a web page, not a feed. Its address may have answered with an error page.',
    );
  }
  const finder = new RowFinder();
  for await (const _ of readEvents(only(sample), finder, 'The XML feed')) if (finder.found) break;
  if (finder.found) return finder.found;
  if (finder.leaves.size === 0) return null;
  const columns = listColumns([...finder.leaves])
    .replace('columns', 'elements')
    .replace('column', 'element');
  throw new FeedError(`The feed is XML, but none of its elements has id, title and image_link. ${columns}`);
}

async function* only(text: string): AsyncGenerator<string> {
  yield text;
}

class RowFinder implements XmlHandler {
  found: string | null = null;
  readonly leaves = new Set<string>();
  private readonly path: { name: string; names: Set<string> }[] = [];
  private readonly google = new GoogleNames();

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.google.declare(attributes);
    const around = this.path.at(-1)?.names;
    if (around && around.size < LIMITS.columns) around.add(columnName(this.google.of(name)));
    const own = Object.keys(attributes).slice(0, LIMITS.columns).map(columnName);
    this.path.push({ name, names: new Set(own) });
  }

  text(): void {}

  close(): void {
    const closed = this.path.pop()!;
    if (this.found) return;
    const fields = toFields([...closed.names].map((name) => [name, 'x'] as const));
    // The other elements with two names, such as <image><url/><title/></image> of RSS, have one of these at most.
    if (looksLikeItem(fields)) this.found = closed.name;
    else if (closed.names.size === 0 && this.path.length > 0 && this.leaves.size < 200)
      this.leaves.add(closed.name);
  }
}
