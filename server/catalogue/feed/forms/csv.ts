import { parse } from 'csv-parse/sync';
import { LIMITS } from '../../limits.ts';
import { closing } from '../closing.ts';
import { type Fault, FeedError } from '../fault.ts';
import type { RawRow } from '../raw.ts';
import type { Line } from './lines.ts';
import { badHeader, type Header, MOST_LINES_ABOVE, readHeader, type Table } from './table.ts';

const MOST_EMPTY = 100_000;
const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Excel's own first line, which says how the others are separated and which Excel does not show. */
const SEP_LINE = /^\s*"?sep=(.|\\t)"?\s*$/i;

/**
 * A CSV with a header, which decides what the delimiter is unless a line `sep=` does. A quoted field may span several
 * lines. A missing closing quote would swallow the rest of the file, so if the lines from the opening quote on do not
 * make a row of the header's width, only the first of them is reported and reading continues with the next. Throws
 * FeedError if no line is a header.
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
    if (line.text.trim() === '') continue;
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
  for (let line = await source.next(); line; line = await source.next()) {
    row += 1;
    if (line.fault) yield { row, fault: line.fault };
    else if (line.text.trim() !== '') {
      const cells = await readRecord(source, line.text, delimiter, width);
      yield Array.isArray(cells) ? { row, fields: header.toFields(cells) } : { row, fault: cells };
    }
  }
}

async function readRecord(source: LineQueue, text: string, delimiter: string, width: number) {
  if (!text.includes('"')) return toWidth(text.split(delimiter), width);
  if (isTooWide(text, delimiter)) return invalid(`The row has more than ${LIMITS.columns} columns.`);
  const taken: Line[] = [];
  let record = text;
  while (hasOpenQuote(record) && taken.length < LIMITS.recordLines && record.length < LIMITS.recordLength) {
    const line = await source.next();
    if (!line) break;
    taken.push(line);
    if (line.fault) break;
    record += `\n${line.text}`;
  }
  const whole = parseOne(record, delimiter, false);
  if (whole && Array.isArray(toWidth(whole, width)) && !taken.at(-1)?.fault) return toWidth(whole, width);
  source.putBack(taken);
  // A stray quote inside a field, as in `5" heel`, is readable if the row is parsed by itself.
  const alone = cellsOf(text, delimiter);
  return alone ? toWidth(alone, width) : invalid('A quoted field is never closed.');
}

/** The cells without extra empty ones at the end; otherwise what is wrong with them. */
function toWidth(cells: string[], width: number): string[] | Fault {
  if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ''))
    return cells.slice(0, width);
  return cells.length === width
    ? cells
    : invalid(`The row has ${cells.length} columns, but the header has ${width}.`);
}

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
  return count > MOST_DELIMITERS || countOf(text.replace(/"[^"]*"/g, ''), delimiter) > LIMITS.columns;
}

function countOf(text: string, mark: string): number {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count += 1;
  return count;
}

function hasOpenQuote(text: string): boolean {
  let open = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) open = !open;
  return open;
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

/** Lines that can be put back. Throws FeedError where empty ones go on without end: each takes as long as a row. */
class LineQueue {
  private readonly lines: AsyncIterator<Line>;
  private empty = 0;
  private waiting: Line[] = [];

  constructor(lines: AsyncIterable<Line>) {
    this.lines = lines[Symbol.asyncIterator]();
  }

  async next(): Promise<Line | undefined> {
    const line = this.waiting.shift();
    if (line) return line;
    const result = await this.lines.next();
    if (result.done) return undefined;
    if (result.value.text === '' && ++this.empty > MOST_EMPTY) {
      throw new FeedError(`The feed has more than ${MOST_EMPTY} empty lines. Remove them.`);
    }
    return result.value;
  }

  putBack(lines: Line[]): void {
    this.waiting = [...lines, ...this.waiting];
  }

  async close(): Promise<void> {
    await this.lines.return?.();
  }
}
