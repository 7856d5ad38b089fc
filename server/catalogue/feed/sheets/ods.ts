import { toText } from '../encoding.ts';
import { FeedError } from '../fault.ts';
import type { SheetRow } from '../forms/table.ts';
import { readEvents, type XmlHandler } from '../xml-events.ts';
import { withLeadingZeros } from './leading-zeros.ts';
import { checkRowNumber, LONGEST_CELL, MOST_COLUMNS, MOST_SHEETS, type Part, type Sheets } from './sheets.ts';

const CONTENT = 'content.xml';

/** The sheets of an OpenDocument file (version 1.2, chapter 9). A sheet is read row by row. Throws FeedError. */
export async function openOds(parts: ReadonlyMap<string, Part>): Promise<Sheets> {
  const part = parts.get(CONTENT);
  if (!part) throw new FeedError('The OpenDocument file has no content. Save it again, or as CSV.');
  return {
    async *sheets() {
      for (let index = 0; index < MOST_SHEETS; index++) {
        const name = await nameOf(part, index);
        if (name === null) return;
        yield { name, rows: () => readSheet(part, index) };
      }
    },
  };
}

/** Reads as far as to the beginning of this sheet; null if there are fewer. */
async function nameOf(part: Part, index: number): Promise<string | null> {
  const names: string[] = [];
  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === 'table:table') names.push(attributes['table:name'] ?? `Sheet${names.length + 1}`);
    },
    text() {},
    close() {},
  };
  for await (const _ of readEvents(toText(part()), handler, 'The sheet')) if (names.length > index) break;
  return names[index] ?? null;
}

async function* readSheet(part: Part, index: number): AsyncGenerator<SheetRow> {
  const reader = new SheetReader(index);
  for await (const _ of readEvents(toText(part()), reader, 'The sheet')) yield* reader.take();
  if (reader.isCutOff) throw new FeedError('The sheet is not complete. Save it again.');
}

class SheetReader implements XmlHandler {
  isCutOff = false;
  private readonly wanted: number;
  private sheet = -1;
  private rows: SheetRow[] = [];
  private row = 0;
  private repeatedRows = 1;
  private cells: string[] = [];
  private repeatedCells = 1;
  private typed: string | undefined;
  private shown = '';
  private paragraphs = 0;
  private inCell = false;
  private inNote = 0;

  constructor(wanted: number) {
    this.wanted = wanted;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'table:table') this.sheet += 1;
    if (this.sheet !== this.wanted) return;
    if (name === 'table:table-row') {
      this.repeatedRows = countOf(attributes['table:number-rows-repeated']);
      this.cells = [];
    } else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
      this.inCell = true;
      this.repeatedCells = countOf(attributes['table:number-columns-repeated']);
      this.typed = typedValue(attributes);
      this.shown = '';
      this.paragraphs = 0;
    } else if (name === 'office:annotation') this.inNote += 1;
    else if (name === 'text:p' && this.paragraphs++ > 0 && this.inNote === 0) this.shown += '\n';
    else if (name === 'text:s') this.shown += ' '.repeat(Math.min(100, countOf(attributes['text:c'])));
    else if (name === 'text:line-break') this.shown += '\n';
  }

  text(data: string): void {
    if (!this.inCell || this.inNote > 0 || this.paragraphs === 0) return;
    if (this.shown.length < LONGEST_CELL) this.shown += data;
  }

  close(name: string, torn: boolean): void {
    if (torn) this.isCutOff = true;
    if (this.sheet !== this.wanted) return;
    if (name === 'office:annotation') this.inNote -= 1;
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') this.endCell();
    else if (name === 'table:table-row') this.endRow();
    // What follows belongs to no sheet or to another.
    else if (name === 'table:table') this.inCell = false;
  }

  take(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private endCell(): void {
    this.inCell = false;
    const shown = this.shown.trim();
    const value = withLeadingZeros(this.typed?.trim() ?? shown, shown);
    for (let n = 0; n < this.repeatedCells && this.cells.length < MOST_COLUMNS; n++) this.cells.push(value);
  }

  /** Rows that are repeated have the same id: they are one. */
  private endRow(): void {
    if (this.cells.some((cell) => cell !== '')) {
      checkRowNumber(this.row + 1);
      this.rows.push({ row: this.row + 1, cells: this.cells });
    }
    this.row += this.repeatedRows;
    this.cells = [];
  }
}

/** What a cell holds rather than how it is shown: 19.9 where it shows 20. Leading zeros are kept, see `withLeadingZeros`. */
function typedValue(attributes: Readonly<Record<string, string>>): string | undefined {
  const value = attributes['office:value'];
  switch (attributes['office:value-type']) {
    case 'float':
    case 'percentage':
      return value;
    case 'currency': {
      const currency = attributes['office:currency'];
      return value !== undefined && currency ? `${value} ${currency}` : value;
    }
    case 'date':
      return attributes['office:date-value'];
    case 'boolean':
      return attributes['office:boolean-value'];
    default:
      return undefined;
  }
}

function countOf(text: string | undefined): number {
  return /^\d{1,7}$/.test(text ?? '') ? Math.max(1, Number(text)) : 1;
}
