import Papa from 'papaparse';
import type { LookInput } from './api/looks.ts';

/** A look holds no more items; the server refuses more, too. */
export const MAX_LOOK_ITEMS = 20;

/** A look of the file, with the row of each of its items, for errors. The first row of a file is 1. */
export interface FileLook extends LookInput {
  id: string;
  itemIds: string[];
  rows: number[];
}

/** A row that was left out, and with it its look. */
export interface RowProblem {
  row: number;
  lookId: string | null;
  itemId: string | null;
  reason: string;
}

export interface LooksFile {
  looks: FileLook[];
  problems: RowProblem[];
}

/** Excel's own first line, which says how the others are separated and which Excel does not show. Feeds may have it, too. */
const SEP_LINE = /^\s*"?sep=(.|\\t)"?[^\S\r\n]*(?:\r\n?|\n|$)/i;

const COLUMNS = ['look_id', 'item_id', 'name'] as const;
type Column = (typeof COLUMNS)[number];
type Row = Record<Column, string> & { row: number };

/**
 * The looks in a CSV file with a row for each item of each look. A string says why the file cannot be used at all. A
 * look one of whose rows is wrong is left out: half of it is not what the shop wants to show.
 */
export function readLooks(text: string): LooksFile | string {
  const unmarked = text.replace(/^\uFEFF/, '');
  const said = SEP_LINE.exec(unmarked)?.[1]?.replace('\\t', '\t');
  const plain = unmarked.replace(SEP_LINE, '');
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter: delimiterOf(plain, said) });
  const [head, ...records] = data;
  if (!head || records.every(isBlank)) return 'There is nothing in it.';
  const columns = head.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  for (const needed of ['look_id', 'item_id']) {
    if (!columns.includes(needed)) {
      return `It has no column ${needed}. Its columns are: ${columns.filter(Boolean).join(', ')}.`;
    }
  }
  const open = errors.find(({ type }) => type === 'Quotes');
  if (open) return `Row ${(open.row ?? 0) + 1} begins with a quotation mark that does not end.`;
  const rows = records.flatMap((cells, index) => (isBlank(cells) ? [] : [toRow(columns, cells, index + 2)]));
  return gather(rows);
}

/** What the file says, else the one that the line of names has most often: Papa's own guess fails for files of two columns. */
function delimiterOf(text: string, said: string | undefined): string {
  const [names = ''] = text.split(/[\r\n]/, 1);
  if (said !== undefined && names.includes(said)) return said;
  const counts = [',', ';', '\t', '|'].map((one) => ({ one, count: names.split(one).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
}

function isBlank(cells: string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function toRow(columns: string[], cells: string[], row: number): Row {
  const cell = (name: Column) => cells[columns.indexOf(name)]?.trim() ?? '';
  return { row, look_id: cell('look_id'), item_id: cell('item_id'), name: cell('name') };
}

function gather(rows: Row[]): LooksFile {
  const looks = new Map<string, FileLook>();
  const broken = new Set<string>();
  const problems: RowProblem[] = [];
  for (const { row, look_id, item_id, name } of rows) {
    const look = looks.get(look_id) ?? { id: look_id, name: null, itemIds: [], rows: [] };
    const reason = problemOf(look, item_id);
    if (reason) {
      // A look with thousands of rows is one mistake, not thousands.
      if (!(reason === TOO_MANY && broken.has(look_id))) {
        problems.push({ row, lookId: look_id || null, itemId: item_id || null, reason });
      }
      broken.add(look_id);
    }
    if (!look_id) continue;
    looks.set(look_id, look);
    look.name ||= name || null;
    if (reason) continue;
    look.itemIds.push(item_id);
    look.rows.push(row);
  }
  return { looks: [...looks.values()].filter(({ id }) => !broken.has(id)), problems };
}

const TOO_MANY = `A look has at most ${MAX_LOOK_ITEMS} items.`;

function problemOf({ id, itemIds }: FileLook, itemId: string): string | null {
  if (!id) return 'The look_id is missing.';
  if (!itemId) return 'The item_id is missing.';
  if (itemIds.includes(itemId)) return 'The look has this item already.';
  if (itemIds.length >= MAX_LOOK_ITEMS) return TOO_MANY;
  return null;
}

/** The problems as CSV, as the imports' lists of errors are. */
export function problemsAsCsv(problems: RowProblem[]): string {
  const data = problems.map(({ row, lookId, itemId, reason }) => [row, lookId, itemId, reason]);
  // Spreadsheets would run a cell that begins with = + - or @.
  return Papa.unparse({ fields: ['row', 'look_id', 'item_id', 'reason'], data }, { escapeFormulae: true });
}

/** The text of a file as spreadsheets save it: UTF-8, UTF-16 with its mark, or else Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
