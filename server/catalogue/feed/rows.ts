import { listColumns, missingColumns } from './columns.ts';
import { toText, toUtf8 } from './encoding.ts';
import { FeedError, HeaderError, OutOfTimeError } from './fault.ts';
import { openCsv } from './forms/csv.ts';
import { jsonFormOf, readJson } from './forms/json.ts';
import { readJsonLines } from './forms/jsonl.ts';
import { hasLoneReturns, NOT_UTF8, readLines } from './forms/lines.ts';
import { openSheetTable, type Table } from './forms/table.ts';
import { findRowName, readXml } from './forms/xml.ts';
import { encodingNote, type Form, inspect, inspectStart, once, type Source, unpacked } from './inspect.ts';
import type { Fields, RawRow } from './raw.ts';
import type { Sheets } from './sheets/sheets.ts';

/** A feed as it was found: bytes of any format, or an Excel or OpenDocument file, which is read in any order. */
export type Feed = Source | Sheets;

/** Closes the file of a feed that was opened by itself. */
export async function closeFeed(feed: Feed | null): Promise<void> {
  await feed?.close?.();
}

type Note = (text: string) => void;

/** The feed's rows with Google's columns. Throws FeedError if it cannot be read. */
export async function* readRows(feed: Feed, note: Note): AsyncGenerator<RawRow> {
  const table = 'sheets' in feed ? await openSheets(feed) : await openBytes(feed, await formOf(feed, note));
  yield* table.dialect ? table.dialect.map(table.rows, note) : table.rows;
}

/** Whether the start of the feed shows columns or elements that can be used. */
export async function hasUsableStart(feed: Feed): Promise<boolean> {
  try {
    const { rows: all, header } = 'sheets' in feed ? await openSheets(feed) : await openSample(feed);
    const rows = all[Symbol.asyncIterator]();
    // A table is known by its header; the others by their first item.
    if (!header) await rows.next();
    await rows.return?.();
    return true;
  } catch (error) {
    if (error instanceof FeedError && !(error instanceof OutOfTimeError)) return false;
    throw error;
  }
}

async function openSample(feed: Source): Promise<Table> {
  const form = await inspectStart(feed);
  return openBytes({ open: async () => once(form.bytes) }, form);
}

/** The start of a feed, without reading it to its end. */
export interface Start {
  readonly table: Table;
  /** As TextDecoder calls it; null for sheets. */
  readonly encoding: string | null;
  readonly notes: readonly string[];
  /** Whether the feed goes on where reading stopped: its last row is then torn. */
  isCut(): boolean;
}

/** Opens no more than `mostBytes` of the feed, gzip taken off. Throws FeedError. */
export async function openStart(feed: Feed, mostBytes: number): Promise<Start> {
  if ('sheets' in feed) {
    return { table: await openSheets(feed), encoding: null, notes: [], isCut: () => false };
  }
  const form = await inspectStart(feed);
  let isCut = false;
  async function* startOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let left = mostBytes;
    for await (const chunk of bytes) {
      isCut = chunk.length > left;
      if (left > 0) yield chunk.subarray(0, left);
      if (isCut) return;
      left -= chunk.length;
    }
  }
  const table = await openBytes({ open: async () => startOf(await unpacked(feed)) }, form);
  const said = encodingNote(form);
  return {
    table,
    encoding: form.encoding,
    notes: said === null ? [] : [said],
    isCut: () => isCut,
  };
}

const forms = new WeakMap<Source, Promise<Form>>();

/** Inspected once for all readings of an open feed. */
async function formOf(feed: Source, note: Note): Promise<Form> {
  let form = forms.get(feed);
  if (!form) {
    form = inspect(feed);
    forms.set(feed, form);
    // If it fails, the next attempt may succeed.
    form.catch(() => forms.delete(feed));
  }
  const said = encodingNote(await form);
  if (said !== null) note(said);
  return form;
}

const WITHOUT_HEADER = { dialect: null, header: null } as const;

async function openBytes(feed: Source, form: Form): Promise<Table> {
  const bytes = async () => toUtf8(await unpacked(feed), form.encoding);
  const start = form.sample.trimStart();
  if (start === '') throw new FeedError('The feed is empty.');
  if (start.startsWith('<')) {
    const rowName = await findRowName(form.sample);
    const rows = rowName === null ? none() : readXml(toText(await bytes()), rowName);
    return { ...WITHOUT_HEADER, format: 'xml', rows: withColumns(trusted(rows, form), 'The XML feed') };
  }
  const json = jsonFormOf(start);
  if (json === 'lines') {
    const lines = readLines(await bytes(), hasLoneReturns(start));
    const rows = withColumns(readJsonLines(lines), 'The JSON feed');
    return { ...WITHOUT_HEADER, format: 'json_lines', rows };
  }
  if (json) {
    const rows = readJson(toText(await bytes()), json);
    return { ...WITHOUT_HEADER, format: 'json', rows: withColumns(trusted(rows, form), 'The JSON feed') };
  }
  return openCsv(readLines(await bytes(), hasLoneReturns(form.sample.replace(/^[\r\n]+/, ''))));
}

async function openSheets(feed: Sheets): Promise<Table> {
  let failure: FeedError | undefined;
  for await (const { name, rows } of feed.sheets()) {
    try {
      return await openSheetTable(rows(), name);
    } catch (error) {
      if (!(error instanceof FeedError) || error instanceof OutOfTimeError) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new FeedError('The file has no sheet.');
}

async function* none(): AsyncGenerator<RawRow> {}

/** In a feed with bytes that are not UTF-8, a row that has one cannot be trusted, least of all in its id. */
async function* trusted(rows: AsyncIterable<RawRow>, form: Form): AsyncGenerator<RawRow> {
  for await (const raw of rows) {
    const isTorn = form.isDamaged && 'fields' in raw && hasTornText(raw.fields);
    yield isTorn ? { row: raw.row, fault: NOT_UTF8 } : raw;
  }
}

/** Step by step: values of JSON may be nested as deep as the feed is long. */
function hasTornText(fields: Readonly<Fields>): boolean {
  const values: unknown[] = [fields];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value === 'string' && value.includes('\ufffd')) return true;
    if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) values.push(name, inner);
    }
  }
  return false;
}

const ROWS_LOOKED_AT = 20;
/** Rows that cannot be read at all say nothing about columns. */
const MOST_HELD = 100;

/** Throws FeedError if a required column is in none of the first rows: then it has another name in all of them. */
async function* withColumns(rows: AsyncIterable<RawRow>, what: string): AsyncGenerator<RawRow> {
  const held: RawRow[] = [];
  const names = new Set<string>();
  let isKnown = false;
  for await (const raw of rows) {
    if (isKnown) {
      yield raw;
      continue;
    }
    held.push(raw);
    if (held.length > MOST_HELD) yield held.shift()!;
    if ('fields' in raw) for (const name in raw.fields) names.add(name);
    if (missingColumns((name) => names.has(name)).length === 0) {
      isKnown = true;
      yield* held.splice(0);
    } else if (held.length >= ROWS_LOOKED_AT) failUnlessAllFaults(names, what);
  }
  failUnlessAllFaults(names, what);
  yield* held;
}

function failUnlessAllFaults(names: ReadonlySet<string>, what: string): void {
  const missing = missingColumns((name) => names.has(name));
  if (names.size === 0 || missing.length === 0) return;
  throw new HeaderError(`${what} is missing ${missing.join(', ')}. ${listColumns([...names])}`);
}
