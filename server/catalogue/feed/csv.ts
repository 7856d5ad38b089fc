import { parse } from 'csv-parse/sync';
import { LIMITS } from '../limits.ts';
import { type Fault, FeedError } from './fault.ts';
import type { Line } from './lines.ts';
import { columnName, type RawRow, REQUIRED_COLUMNS } from './raw.ts';

/**
 * Rows of a CSV with a header, which decides whether `,`, `;` or tab is the delimiter. A quoted field may span several
 * lines. A missing closing quote would swallow the rest of the file, so if the lines from the opening quote on do not
 * make a row of the header's width, only the first of them is reported and reading continues with the next.
 */
export async function* readCsv(lines: AsyncIterable<Line>): AsyncGenerator<RawRow> {
  const source = new LineQueue(lines);
  let row = 1;
  let first = await source.next();
  while (first && !first.fault && first.text.trim() === '') {
    row += 1;
    first = await source.next();
  }
  const { delimiter, columns } = readHeader(first);
  for (let line = await source.next(); line; line = await source.next()) {
    row += 1;
    if (line.fault) yield { row, fault: line.fault };
    else if (line.text.trim() !== '') {
      const cells = await readRecord(source, line.text, delimiter, columns.length);
      yield Array.isArray(cells) ? { row, fields: toFields(columns, cells) } : { row, fault: cells };
    }
  }
}

function readHeader(line: Line | undefined): { delimiter: string; columns: string[] } {
  if (!line) throw new FeedError('The feed is empty.');
  if (line.fault) throw new FeedError(`The feed's header cannot be read. ${line.fault.reason}`);
  const bare = line.text.replace(/"[^"]*"/g, '');
  const count = (mark: string) => bare.split(mark).length;
  const delimiter = [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0]!;
  const columns = (parseOne(line.text, delimiter, true) ?? []).map(columnName);
  const missing = REQUIRED_COLUMNS.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new FeedError(`The feed's header is missing ${missing.join(', ')}.`);
  return { delimiter, columns };
}

async function readRecord(source: LineQueue, text: string, delimiter: string, width: number) {
  if (!text.includes('"')) return toWidth(text.split(delimiter), width);
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
  const alone = parseOne(text, delimiter, true);
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

function hasOpenQuote(text: string): boolean {
  let open = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) open = !open;
  return open;
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

function toFields(columns: string[], cells: string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  columns.forEach((name, index) => {
    fields[name] ??= cells[index];
  });
  return fields;
}

/** Lines that can be put back. */
class LineQueue {
  private readonly lines: AsyncIterator<Line>;
  private waiting: Line[] = [];

  constructor(lines: AsyncIterable<Line>) {
    this.lines = lines[Symbol.asyncIterator]();
  }

  async next(): Promise<Line | undefined> {
    const line = this.waiting.shift();
    if (line) return line;
    const result = await this.lines.next();
    return result.done ? undefined : result.value;
  }

  putBack(lines: Line[]): void {
    this.waiting = [...lines, ...this.waiting];
  }
}
