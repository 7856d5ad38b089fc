import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { LIMITS } from '../../limits.ts';
import { closing } from '../closing.ts';
import { type Fault, FeedError } from '../fault.ts';
import type { RawRow } from '../raw.ts';
import { EmptyLines, type Line } from './lines.ts';
import { badHeader, type Header, MOST_LINES_ABOVE, readHeader, type Table } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Excel's own first line, which says how the others are separated and which Excel does not show. */
const SEP_LINE = /^\s*"?sep=(.|\\t)"?\s*$/i;
/** A line without content, whatever the delimiter is. */
const BLANK = /^[\s,;|]*$/;

/**
 * A CSV with a header, which decides what the delimiter is unless a line `sep=` does. A quoted field may span several
 * lines. A missing closing quote would swallow the rest of the file, so if the lines from the opening quote on do not
 * make a row of the header's width, only the first of them is reported and reading continues with the next. Lines
 * without content between rows are no rows, as in sheets. Throws FeedError if no line is a header, or if such lines go on without end.
 */
export async function openCsv(lines: AsyncIterable<Line>): Promise<Table> {
  const source = new LineQueue(lines);
  try {
    return await openLines(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openLines(source: LineQueue): Promise<Table> {
  let row = 0;
  let sep: string | undefined;
  let first: string | undefined;
  for (let above = 0; above <= MOST_LINES_ABOVE; ) {
    const line = await source.next();
    if (!line) break;
    const found = first === undefined ? SEP_LINE.exec(line.text)?.[1] : undefined;
    if (found) {
      sep = found === '\\t' ? '\t' : found;
      continue;
    }
    row += 1;
    if (line.fault) {
      if (first !== undefined) continue;
      throw new FeedError(`The feed's header cannot be read. ${line.fault.reason}`);
    }
    if (BLANK.test(line.text)) {
      source.empty.add();
      continue;
    }
    above += 1;
    first ??= line.text;
    if (DELIMITERS.some((delimiter) => isTooWide(line.text, delimiter))) {
      throw new FeedError(`The feed's header has more than ${LIMITS.columns} columns.`);
    }
    const header = findHeader(line.text, sep);
    if (header) {
      const { dialect, delimiter, names } = header;
      const rows = closing(readRows(source, header, row), () => source.close());
      return { dialect, rows, format: 'csv', header: { names, separator: delimiter } };
    }
  }
  if (first === undefined) throw new FeedError('The feed is empty.');
  throw badHeader(cellsOf(first, sep ?? likelyDelimiter(first)) ?? [first], "The feed's header");
}

type CsvHeader = Header & { readonly delimiter: string; readonly names: readonly string[] };

function findHeader(text: string, sep: string | undefined): CsvHeader | null {
  const tries = sep === undefined ? DELIMITERS : [sep, ...DELIMITERS];
  const headers = tries.flatMap((delimiter): CsvHeader[] => {
    const names = cellsOf(text, delimiter) ?? [];
    const header = readHeader(names);
    return header ? [{ ...header, delimiter, names }] : [];
  });
  if (sep !== undefined) return headers[0] ?? null;
  return headers.sort((a, b) => b.width - a.width)[0] ?? null;
}

function likelyDelimiter(text: string): string {
  const bare = text.replace(/"[^"]*"/g, '');
  const count = (mark: string) => bare.split(mark).length;
  return [...DELIMITERS].sort((a, b) => count(b) - count(a))[0]!;
}

async function* readRows(source: LineQueue, header: CsvHeader, row: number): AsyncGenerator<RawRow> {
  const { delimiter, width } = header;
  const blank = blankLine(delimiter);
  for (let line = await source.next(); line; line = await source.next()) {
    row += 1;
    if (line.fault?.code === 'LINE_TOO_LONG') yield { row, fault: line.fault };
    else if (blank.test(line.text)) source.empty.add();
    else {
      const cells = await readRecord(source, line.text, delimiter, width);
      if (line.fault) yield { row, fault: line.fault };
      else if (!Array.isArray(cells)) yield { row, fault: cells };
      else if (cells.every((cell) => cell.trim() === '')) source.empty.add();
      else yield { row, fields: header.toFields(cells) };
    }
  }
}

function blankLine(delimiter: string): RegExp {
  return new RegExp(`^[\\s${/[\w\s]/.test(delimiter) ? delimiter : `\\${delimiter}`}]*$`);
}

async function readRecord(source: LineQueue, text: string, delimiter: string, width: number) {
  if (!text.includes('"')) return toWidth(text.split(delimiter), width);
  if (isTooWide(text, delimiter)) return invalid(TOO_WIDE);
  if (hasOddQuotes(text)) {
    const taken: Line[] = [];
    const record = await source.readToQuote(text, (line) => looksLikeRow(line, delimiter, width), taken);
    const cells = record === null ? null : strictCells(record, delimiter, width);
    if (cells) return taken.find((line) => line.fault)?.fault ?? cells;
    source.putBack(taken);
  }
  // A stray quote inside a field, as in `5" heel`, is readable if the row is parsed by itself.
  const alone = cellsOf(text, delimiter);
  return alone ? toWidth(alone, width) : invalid(NOT_CLOSED);
}

function strictCells(record: string, delimiter: string, width: number): string[] | null {
  if (columnsOf(record, delimiter) > LIMITS.columns) return null;
  const cells = toWidth(parseOne(record, delimiter, false) ?? [], width);
  return Array.isArray(cells) ? cells : null;
}

/** Whether a line has the cells of a row and does not begin as HTML does. */
function looksLikeRow(text: string, delimiter: string, width: number): boolean {
  return text.length >= width && !/^\s*</.test(text) && columnsOf(text, delimiter) === width;
}

/** The cells without extra empty ones at the end; otherwise what is wrong with them. */
function toWidth(cells: string[], width: number): string[] | Fault {
  if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ''))
    return cells.slice(0, width);
  return cells.length === width
    ? cells
    : invalid(`The row has ${cells.length} columns, but the header has ${width}.`);
}

const TOO_WIDE = `The row has more than ${LIMITS.columns} columns.`;
const NOT_CLOSED = `A quoted field is never closed, or the row has more than ${LIMITS.recordLines} lines or ${LIMITS.recordLength} characters.`;

function invalid(reason: string): Fault {
  return { code: 'INVALID_ROW', reason };
}

/** Delimiters in a line, those in quoted text too: no description has so many. */
const MOST_DELIMITERS = 20_000;

/** Whether a line has so many cells that parsing them would hold up everything else. */
function isTooWide(text: string, delimiter: string): boolean {
  if (text.length <= LIMITS.columns) return false;
  const count = countOf(text, delimiter);
  if (count <= LIMITS.columns) return false;
  return count > MOST_DELIMITERS || columnsOf(text, delimiter) > LIMITS.columns;
}

/** Columns of a row of which every quote is closed. */
function columnsOf(text: string, delimiter: string): number {
  return 1 + countOf(text.includes('"') ? text.replace(/"[^"]*"/g, '') : text, delimiter);
}

function countOf(text: string, mark: string): number {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count += 1;
  return count;
}

function hasOddQuotes(text: string): boolean {
  return countOf(text, '"') % 2 === 1;
}

function cellsOf(text: string, delimiter: string): string[] | undefined {
  return parseOne(text, delimiter, true);
}

function parseOne(record: string, delimiter: string, relaxQuotes: boolean): string[] | undefined {
  try {
    const options = {
      delimiter,
      relax_quotes: relaxQuotes,
      relax_column_count: true,
      record_delimiter: '\0',
    };
    return parse(record, options)[0];
  } catch {
    return undefined;
  }
}

/** What is put back comes without a pause; after so many lines, others get their turn. */
const LINES_AT_ONCE = 1000;
/** A quoted field of so many lines may be anything. Beyond, it must not look like the rows after a missing quote. */
const SURE_LINES = 100;
/** Lines beyond those in all fields of a feed. A feed of 512 MB with such fields alone has fewer. */
const MOST_LONG = 20_000_000;

/** Lines that can be put back. */
class LineQueue {
  /** Told of each line without content between two rows. */
  readonly empty = new EmptyLines();
  private readonly lines: AsyncIterator<Line>;
  private waiting: Line[] = [];
  private at = 0;
  private long = 0;

  constructor(lines: AsyncIterable<Line>) {
    this.lines = lines[Symbol.asyncIterator]();
  }

  async next(): Promise<Line | undefined> {
    if (this.at === this.waiting.length) {
      const result = await this.lines.next();
      return result.done ? undefined : result.value;
    }
    if (this.at % LINES_AT_ONCE === LINES_AT_ONCE - 1) await setImmediate();
    return this.waiting[this.at++];
  }

  /**
   * The record that begins with this text, in which a quote is open, up to the line that closes it: the next one with
   * an odd number of quotes. Only such a line opens another, so no line is read ahead twice, however many quotes are
   * never closed. Null if it does not end, or its lines look like rows. `taken` gets the lines read.
   */
  async readToQuote(text: string, isRow: (text: string) => boolean, taken: Line[]): Promise<string | null> {
    const most = this.long < MOST_LONG ? LIMITS.recordLines : SURE_LINES;
    const texts = [text];
    let { length } = text;
    let rows = 0;
    while (taken.length < most && (taken.length < SURE_LINES || rows * 2 < taken.length)) {
      const line = await this.next();
      if (!line) return null;
      taken.push(line);
      texts.push(line.text);
      length += line.text.length + 1;
      if (taken.length > SURE_LINES) this.long += 1;
      if (line.fault?.code === 'LINE_TOO_LONG' || length > LIMITS.recordLength) return null;
      if (hasOddQuotes(line.text)) return texts.join('\n');
      if (isRow(line.text)) rows += 1;
    }
    return null;
  }

  putBack(lines: Line[]): void {
    this.waiting = [...lines, ...this.waiting.slice(this.at)];
    this.at = 0;
  }

  async close(): Promise<void> {
    await this.lines.return?.();
  }
}
