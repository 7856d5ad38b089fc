import { own } from '../../../vocabulary/own.ts';
import { toText } from '../encoding.ts';
import { FeedError } from '../fault.ts';
import type { SheetRow } from '../forms/table.ts';
import { readEvents, type XmlHandler } from '../xml-events.ts';
import { leastDigits, withLeadingZeros } from './leading-zeros.ts';
import { checkRowNumber, LONGEST_CELL, MOST_COLUMNS, MOST_SHEETS, type Part, type Sheets } from './sheets.ts';
import { currencyOfFormat } from './xlsx-currency.ts';
import { dateText, isDateFormat } from './xlsx-dates.ts';

const BOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const TEXTS = 'xl/sharedStrings.xml';
const STYLES = 'xl/styles.xml';
const SHEET_PATH = /^xl\/worksheets\/sheet\d+\.xml$/;
/** The texts of all cells are in one part that has to be kept: characters, and what an empty text takes. */
const MOST_TEXT = 32 * 1024 * 1024;
const EMPTY_TEXT = 8;

/**
 * The visible sheets of an Excel file (Office Open XML, ECMA-376 part 1, chapter 18). A sheet is read row by row, and
 * the list of texts as far as its rows need it; only that list is in memory, up to a limit. Throws FeedError.
 */
export async function openXlsx(parts: ReadonlyMap<string, Part>): Promise<Sheets> {
  const paths = await sheetPaths(parts);
  const load = once(() => loadBook(parts));
  return {
    async *sheets() {
      for (const { name, path } of paths.slice(0, MOST_SHEETS)) yield { name, rows: () => rowsOf(path) };
    },
  };

  async function* rowsOf(path: string): AsyncGenerator<SheetRow> {
    const part = parts.get(path);
    if (part) yield* readSheet(part, openTexts(parts.get(TEXTS)), await load());
  }
}

interface Style {
  readonly isDate: boolean;
  /** Whole numbers are shown with at least so many, with zeros before them. */
  readonly digits: number;
  /** The sign or code that numbers are shown with; '' if there is none. */
  readonly currency: string;
}

interface Book {
  readonly styles: readonly Style[];
  readonly is1904: boolean;
}

async function sheetPaths(parts: ReadonlyMap<string, Part>): Promise<{ name: string; path: string }[]> {
  const targets = new Map<string, string>();
  await readPart(parts.get(RELATIONS), (name, { Id, Target }) => {
    if (name === 'Relationship' && Id && Target) {
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`);
    }
  });
  const found: { name: string; path: string }[] = [];
  await readPart(parts.get(BOOK), (name, attributes) => {
    if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
    const key = Object.keys(attributes).find((key) => key.endsWith(':id'));
    const path = targets.get(own(attributes, key ?? '') ?? '');
    if (path && parts.has(path)) found.push({ name: attributes.name ?? path, path });
  });
  if (found.length > 0) return found;
  return [...parts.keys()]
    .filter((path) => SHEET_PATH.test(path))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1, -4), path }));
}

async function loadBook(parts: ReadonlyMap<string, Part>): Promise<Book> {
  let is1904 = false;
  await readPart(parts.get(BOOK), (name, { date1904 }) => {
    if (name === 'workbookPr' && (date1904 === '1' || date1904 === 'true')) is1904 = true;
  });
  return {
    styles: await readStyles(parts.get(STYLES)),
    is1904,
  };
}

/** The list of texts. Excel lists them in the order of the cells that show them: the first rows need the first ones. */
interface Texts {
  readonly known: readonly string[];
  /** Reads on until this text is known, or there are no more. */
  readTo(index: number): Promise<void>;
  close(): Promise<void>;
}

function openTexts(part: Part | undefined): Texts {
  const known: string[] = [];
  let text: string | null = null;
  let inText = false;
  let inPhonetics = false;
  let size = 0;
  const count = (length: number) => {
    size += length;
    if (size > MOST_TEXT) throw new FeedError('The sheet has too much text. Save it as CSV and import that.');
  };
  const handler: XmlHandler = {
    open(name) {
      if (local(name) === 'si') text = '';
      else if (local(name) === 't') inText = text !== null && !inPhonetics;
      else if (local(name) === 'rPh') inPhonetics = true;
    },
    text(data) {
      if (!inText) return;
      count(data.length);
      text += data;
    },
    close(name) {
      if (local(name) === 't') inText = false;
      else if (local(name) === 'rPh') inPhonetics = false;
      else if (local(name) === 'si') {
        count(EMPTY_TEXT);
        known.push(unescaped(text ?? ''));
        text = null;
      }
    },
  };
  let events = part && readEvents(toText(part()), handler, 'The sheet');
  return {
    known,
    async readTo(index) {
      while (events && !(index < known.length)) if ((await events.next()).done) events = undefined;
    },
    close: async () => void (await events?.return(undefined)),
  };
}

async function readStyles(part: Part | undefined): Promise<Style[]> {
  const formats = new Map<string, string>();
  const styles: Style[] = [];
  let inCells = false;
  const handler: XmlHandler = {
    open(name, { numFmtId, formatCode }) {
      if (local(name) === 'cellXfs') inCells = true;
      else if (local(name) === 'numFmt' && numFmtId) formats.set(numFmtId, formatCode ?? '');
      else if (local(name) === 'xf' && inCells) {
        const id = numFmtId ?? '0';
        styles.push({
          isDate: isDateFormat(id, formats),
          digits: leastDigits(id, formats),
          currency: currencyOfFormat(id, formats),
        });
      }
    },
    text() {},
    close(name) {
      if (local(name) === 'cellXfs') inCells = false;
    },
  };
  if (part) for await (const _ of readEvents(toText(part()), handler, 'The sheet'));
  return styles;
}

async function* readSheet(part: Part, texts: Texts, book: Book): AsyncGenerator<SheetRow> {
  const reader = new SheetReader(book);
  try {
    for await (const _ of readEvents(toText(part()), reader, 'The sheet')) {
      for (const { row, cells } of reader.take()) {
        for (const cell of cells) {
          // A promise for each cell would take noticeable time.
          if (typeof cell !== 'string' && !(cell.text < texts.known.length)) await texts.readTo(cell.text);
        }
        const shown = cells.map((cell) => (typeof cell === 'string' ? cell : (texts.known[cell.text] ?? '')));
        if (shown.every((cell) => cell.trim() === '')) continue;
        checkRowNumber(row);
        yield { row, cells: shown };
      }
    }
    // Whoever reads a sheet to its end is told whether its texts were damaged.
    await texts.readTo(Number.POSITIVE_INFINITY);
  } finally {
    await texts.close();
  }
  if (reader.isCutOff) throw new FeedError('The sheet is not complete. Save it again.');
}

/** What a cell shows, or which text of the list it is. */
type Cell = string | { readonly text: number };

class SheetReader implements XmlHandler {
  isCutOff = false;
  private readonly book: Book;
  private rows: { row: number; cells: readonly Cell[] }[] = [];
  private row = 0;
  private cells: Cell[] = [];
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private inValue = false;

  constructor(book: Book) {
    this.book = book;
  }

  open(name: string, { r, t, s }: Readonly<Record<string, string>>): void {
    const element = local(name);
    if (element === 'row') {
      this.row = r && /^\d{1,7}$/.test(r) ? Number(r) : this.row + 1;
      this.cells = [];
      this.column = -1;
    } else if (element === 'c') {
      this.column = columnOf(r) ?? this.column + 1;
      this.type = t ?? 'n';
      this.style = Number(s ?? 0);
      this.value = '';
    } else if (element === 'v' || element === 't') this.inValue = true;
    else if (element === 'rPh') this.inValue = false;
  }

  text(data: string): void {
    if (this.inValue && this.value.length < LONGEST_CELL) this.value += data;
  }

  close(name: string, torn: boolean): void {
    const element = local(name);
    if (torn) this.isCutOff = true;
    if (element === 'v' || element === 't') this.inValue = false;
    else if (element === 'c' && this.column < MOST_COLUMNS) {
      while (this.cells.length < this.column) this.cells.push('');
      this.cells[this.column] = this.readCell();
    } else if (element === 'row' && this.cells.length > 0) {
      this.rows.push({ row: this.row, cells: this.cells });
      this.cells = [];
    }
  }

  take() {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private readCell(): Cell {
    const { value, type, book } = this;
    if (type === 's') return /^\s*\d{1,9}\s*$/.test(value) ? { text: Number(value) } : '';
    if (type === 'b') return value === '1' ? 'true' : 'false';
    // An error, such as #REF!, is no value.
    if (type === 'e') return '';
    if (type === 'str' || type === 'inlineStr') return unescaped(value);
    if (type !== 'n' || value.trim() === '') return value;
    const number = Number(value);
    if (!Number.isFinite(number)) return value;
    const { isDate = false, digits = 0, currency = '' } = book.styles[this.style] ?? {};
    if (isDate) return dateText(number, book.is1904);
    const plain = plainNumber(number);
    if (currency !== '') return `${plain} ${currency}`;
    return withLeadingZeros(plain, plain.padStart(digits, '0'));
  }
}

/** Characters that XML cannot have, or that Excel would not keep, are written by their numbers: `_x000D_` (ST_Xstring). */
function unescaped(text: string): string {
  return text.replace(/_x([\da-f]{4})_/gi, (_, number: string) =>
    String.fromCharCode(Number.parseInt(number, 16)),
  );
}

/** Excel keeps 15 digits: 19.9 may be stored as 19.899999999999999. */
function plainNumber(number: number): string {
  const text = String(Number(number.toPrecision(15)));
  return text.includes('e') && Number.isInteger(number) && Math.abs(number) < 1e21
    ? BigInt(number).toString()
    : text;
}

/** `AB12` is in column 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference ?? '')?.[1];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

async function readPart(
  part: Part | undefined,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): Promise<void> {
  if (!part) return;
  const handler = {
    open: (name: string, attributes: Readonly<Record<string, string>>) => open(local(name), attributes),
    text() {},
    close() {},
  };
  for await (const _ of readEvents(toText(part()), handler, 'The Excel file'));
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    made.catch(() => {
      made = undefined;
    });
    return made;
  };
}
