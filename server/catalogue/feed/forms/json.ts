import { LIMITS } from '../../limits.ts';
import type { Fault } from '../fault.ts';
import { type Fields, looksLikeItem, type RawRow, toFields } from '../raw.ts';

const NOT_AN_OBJECT: Fault = { code: 'INVALID_ROW', reason: 'The entry is not one JSON object.' };
const CUT_OFF: Fault = { code: 'INVALID_ROW', reason: 'The feed ends before it is complete.' };
const LOST: Fault = {
  code: 'LINE_TOO_LONG',
  reason:
    `The object is longer than ${LIMITS.lineBytes} characters, or a quote or a bracket is missing. ` +
    'Nothing after it was read.',
};
const TOO_LONG: Fault = {
  code: 'LINE_TOO_LONG',
  reason: `The object is longer than ${LIMITS.lineBytes} characters.`,
};

/**
 * Where a JSON feed has its objects: one in each line, in an array, one after another over several lines, or in an
 * array somewhere inside one object.
 */
export type JsonForm = 'lines' | 'array' | 'objects' | 'wrapped';

/** Null if the text is not JSON. `sample` is the start of the feed. */
export function jsonFormOf(sample: string): JsonForm | null {
  const text = sample.trimStart();
  // A column may be called [id].
  if (/^\[\s*(?:[{\]]|$)/.test(text)) return 'array';
  if (!text.startsWith('{')) return null;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.slice(0, SAMPLE_LINES).map(parseValue);
  const whole = values.filter((value) => value !== undefined).length;
  const only = lines.length === 1 ? parseFields(lines[0]!) : null;
  const isWrapper = only !== null && !looksLikeItem(only) && hasItems(text, 'wrapped');
  if (whole * 2 >= values.length && !isWrapper) return 'lines';
  return hasItems(text, 'objects') ? 'objects' : 'wrapped';
}

const SAMPLE_LINES = 20;

function hasItems(text: string, form: JsonForm): boolean {
  const splitter = new Splitter(form);
  splitter.write(text);
  const [first] = splitter.take();
  return first !== undefined && 'fields' in first && looksLikeItem(first.fields);
}

/** Rows of a JSON document, one object in memory at a time. The first object is row 1. */
export async function* readJson(chunks: AsyncIterable<string>, form: JsonForm): AsyncGenerator<RawRow> {
  const splitter = new Splitter(form);
  for await (const chunk of chunks) {
    splitter.write(chunk);
    yield* splitter.take();
    if (splitter.isLost) return;
  }
  splitter.end();
  yield* splitter.take();
}

/** The fields of a JSON object; null if the text is anything else. */
export function parseFields(text: string): Fields | null {
  const value = parseValue(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return toFields(entriesOf(value));
}

function parseValue(text: string): unknown {
  try {
    const value: unknown = MAY_BE_INFINITE.test(text) ? JSON.parse(text, withoutInfinity) : JSON.parse(text);
    // Of what is JSON, every string ends, so that finding numbers takes no longer than reading it.
    return /\d{16}/.test(text) ? JSON.parse(withLongNumbersAsText(text), withoutInfinity) : value;
  } catch {
    return undefined;
  }
}

const MAY_BE_INFINITE = /e\+?\d{3}/i;

/** JavaScript reads 1e400 as Infinity, which would be the id of many items. An object in its place is refused in any column. */
function withoutInfinity(_: string, value: unknown): unknown {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? {} : value;
}

/** A string, or a whole number of more digits than a double holds exactly. */
const STRING_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs;

/** Ids are written as numbers, too: `12345678901234567890` would be read as another one. */
function withLongNumbersAsText(text: string): string {
  return text.replace(STRING_OR_LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`));
}

/** Google's Merchant API has most columns in an object of their own. */
function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).flatMap(([name, field]): [string, unknown][] =>
    /^(?:product_?)?attributes$/i.test(name) &&
    typeof field === 'object' &&
    field !== null &&
    'title' in field
      ? Object.entries(field)
      : [[name, field]],
  );
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** No feed has so many brackets open at a time. */
const DEEPEST = 10_000;

/** Cuts a document into the objects of its list. */
class Splitter {
  /** Whether an object is so long that nobody can tell where the next one begins. */
  isLost = false;
  private rows: RawRow[] = [];
  private count = 0;
  /** Brackets that are open, outermost first. */
  private readonly open: number[] = [];
  private inString = false;
  private escaped = false;
  /** How many brackets are open around the entries of the list; undefined until the list is found. */
  private listDepth: number | undefined;
  private isOver = false;
  /** How many brackets are open around the object that is being read; -1 outside of one. */
  private entryDepth = -1;
  private entry = '';
  /** Where the object begins in the present chunk. */
  private entryStart = 0;
  /** Whether something other than an object has begun in the list. */
  private isOdd = false;
  /** How many characters before the present chunk, and where an object around everything began. */
  private before = 0;
  private outerStart = 0;
  /** Whether such an object has ended without a list in it. */
  private hasLongOuter = false;

  constructor(form: JsonForm) {
    this.listDepth = form === 'array' ? 1 : form === 'wrapped' ? undefined : 0;
  }

  write(chunk: string): void {
    this.entryStart = 0;
    for (let at = 0; at < chunk.length && !this.isLost; at++) {
      if (this.inString) {
        at = this.skipString(chunk, at);
        continue;
      }
      const code = chunk.charCodeAt(at);
      if (code === OPEN_BRACE || code === OPEN_BRACKET) this.enter(code, at);
      else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.leave(chunk, at);
      else if (code === COMMA) this.endOdd();
      else if (code > 0x20) {
        this.inString = code === QUOTE;
        this.isOdd ||= this.isInList();
      }
    }
    this.before += chunk.length;
    if (this.entryDepth < 0 || this.isLost) return;
    this.entry += chunk.slice(this.entryStart);
    if (this.entry.length > LIMITS.lineBytes) this.giveUp();
  }

  end(): void {
    if (this.isLost) return;
    this.endOdd();
    this.endLongOuter();
    if (this.open.length > 0 || this.inString) this.rows.push({ row: this.count + 1, fault: CUT_OFF });
  }

  take(): RawRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private isInList(): boolean {
    return !this.isOver && this.entryDepth < 0 && this.open.length === this.listDepth;
  }

  /** Returns where the string ends, or the chunk. */
  private skipString(chunk: string, at: number): number {
    for (; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (this.escaped) this.escaped = false;
      else if (code === BACKSLASH) this.escaped = true;
      else if (code === QUOTE) {
        this.inString = false;
        break;
      }
    }
    return at;
  }

  private enter(code: number, at: number): void {
    if (this.open.length === 0) this.beginOuter(at);
    const mayBeItem =
      this.listDepth === undefined
        ? this.open.at(-1) === OPEN_BRACKET && this.entryDepth < 0
        : this.isInList();
    if (code === OPEN_BRACE && mayBeItem) {
      this.endOdd();
      this.entryDepth = this.open.length;
      this.entryStart = at;
      this.entry = '';
    } else if (mayBeItem && this.listDepth !== undefined) this.isOdd = true;
    this.open.push(code);
    if (this.open.length > DEEPEST) this.giveUp();
  }

  private leave(chunk: string, at: number): void {
    if (this.isInList()) this.endOdd();
    this.open.pop();
    const depth = this.open.length;
    if (depth === this.entryDepth) {
      const text = this.entry + chunk.slice(this.entryStart, at + 1);
      this.entryDepth = -1;
      this.entry = '';
      this.add(text, depth);
    } else if (this.listDepth === undefined && depth === 0) {
      this.hasLongOuter = this.before + at - this.outerStart >= LIMITS.lineBytes;
    } else if (this.entryDepth < 0 && this.listDepth !== undefined && depth < this.listDepth)
      this.isOver = true;
  }

  /** One after another they are a list, of which the first was too long to be told from an object around everything. */
  private beginOuter(at: number): void {
    if (this.hasLongOuter) {
      this.endLongOuter();
      this.listDepth = 0;
    }
    this.outerStart = this.before + at;
  }

  private endLongOuter(): void {
    if (!this.hasLongOuter || this.listDepth !== undefined) return;
    this.hasLongOuter = false;
    this.count += 1;
    this.rows.push({ row: this.count, fault: TOO_LONG });
  }

  private add(text: string, depth: number): void {
    const fields = text.length > LIMITS.lineBytes ? null : parseFields(text);
    if (this.listDepth === undefined) {
      // Other lists, such as the languages of the shop, have no items in them.
      if (!fields || !looksLikeItem(fields)) return;
      this.listDepth = depth;
    }
    this.count += 1;
    this.rows.push(fields ? { row: this.count, fields } : { row: this.count, fault: NOT_AN_OBJECT });
  }

  private endOdd(): void {
    if (!this.isOdd || !this.isInList()) return;
    this.isOdd = false;
    this.count += 1;
    this.rows.push({ row: this.count, fault: NOT_AN_OBJECT });
  }

  private giveUp(): void {
    this.isLost = true;
    this.rows.push({ row: this.count + 1, fault: LOST });
  }
}
