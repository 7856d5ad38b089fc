import { closing } from '../closing.ts';
import { aliasesIn, columnName, isStudioList, listColumns, missingColumns } from '../columns.ts';
import { type Dialect, dialectOf } from '../exports/dialect.ts';
import { FeedError, HeaderError } from '../fault.ts';
import { type Fields, fieldReader, type RawRow } from '../raw.ts';

/** What the first row of a table says about the others. */
export interface Header {
  readonly width: number;
  /** The shop system that wrote the table; null if its columns are Google's. */
  readonly dialect: Dialect | null;
  toFields(cells: readonly string[]): Fields;
}

/** Rows, and the shop system that wrote them. */
export interface Table {
  readonly dialect: Dialect | null;
  readonly rows: AsyncIterable<RawRow>;
  readonly format: Format;
  /** Null for XML and JSON, which name the columns in each row. */
  readonly header: { readonly names: readonly string[]; readonly separator: string | null } | null;
}

export type Format = 'csv' | 'sheet' | 'xml' | 'json' | 'json_lines' | 'images';

/** A title or a date may stand above the header. */
export const MOST_LINES_ABOVE = 10;

/** Null if the row is no header that can be used. */
export function readHeader(names: readonly string[]): Header | null {
  const columns = names.map(columnName);
  const dialect = dialectOf(columns);
  if (dialect) return { width: columns.length, dialect, toFields: plainReader(dialect.columnsOf(columns)) };
  if (missingIn(columns).length > 0 || isStudioList((name) => columns.includes(name))) return null;
  return { width: columns.length, dialect: null, toFields: fieldReader(columns) };
}

export function badHeader(names: readonly string[], what: string): FeedError {
  const columns = names.map(columnName);
  if (isStudioList((name) => columns.includes(name))) return new FeedError(STUDIO_LIST_REFUSED);
  const missing = missingIn(columns);
  return new HeaderError(`${what} is missing ${missing.join(', ')}. ${listColumns(names)}`);
}

const STUDIO_LIST_REFUSED =
  "This is the studio's list of items. It has neither pictures (image_link) nor descriptions, so it cannot be imported: " +
  "make the change in the shop's own feed, and import that.";

function missingIn(columns: readonly string[]): string[] {
  const aliases = new Set(aliasesIn((name) => columns.includes(name)).map(([, to]) => to));
  return missingColumns((name) => columns.includes(name) || aliases.has(name));
}

/** The columns by their own names; of a column that is repeated, the first value. */
function plainReader(columns: readonly string[]): (cells: readonly string[]) => Fields {
  return (cells) => {
    const fields: Fields = Object.create(null);
    columns.forEach((name, index) => {
      if (name !== '' && !fields[name]) fields[name] = cells[index];
    });
    return fields;
  };
}

export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** The rows of a sheet below its header. Throws FeedError if there is none. */
export async function openSheetTable(rows: AsyncIterable<SheetRow>, name: string): Promise<Table> {
  const source = rows[Symbol.asyncIterator]();
  let first: SheetRow | undefined;
  for (let above = 0; above <= MOST_LINES_ABOVE; above++) {
    const next = await source.next();
    if (next.done) break;
    const header = readHeader(next.value.cells);
    if (header) {
      const { cells: names } = next.value;
      const rows = closing(below(source, header), async () => source.return?.());
      return { dialect: header.dialect, rows, format: 'sheet', header: { names, separator: null } };
    }
    first ??= next.value;
  }
  await source.return?.();
  if (!first) throw new FeedError(`The sheet "${name}" is empty.`);
  throw badHeader(first.cells, `The header of the sheet "${name}"`);
}

async function* below(source: AsyncIterator<SheetRow>, header: Header): AsyncGenerator<RawRow> {
  for (let next = await source.next(); !next.done; next = await source.next()) {
    const { row, cells } = next.value;
    yield { row, fields: header.toFields(cells) };
  }
}
