import { setImmediate } from 'node:timers/promises';
import { LIMITS } from '../limits.ts';
import { FeedError, HeaderError, type RowWarning } from './fault.ts';
import type { FeedFiles } from './files.ts';
import type { RawRow } from './raw.ts';
import { type FeedRow, type RejectedRow, validateRow } from './row.ts';
import { readRows } from './rows.ts';

/** Told what a merchandiser should know about how the feed was read; each text at every reading. */
export type Note = (text: string) => void;

export type ReadRow =
  | { readonly number: number; readonly row: FeedRow; readonly warnings: readonly RowWarning[] }
  | { readonly number: number; readonly rejected: RejectedRow };

export interface ReadOptions {
  readonly maxRows?: number;
  /** Of prices that name no currency. */
  readonly shopCurrency?: string | undefined;
  readonly note?: Note;
}

/** Streams every row of the feed in order, valid or rejected. Throws FeedError if the feed cannot be read. */
export async function* readFeed(
  files: FeedFiles,
  { note = () => undefined, ...options }: ReadOptions = {},
): AsyncGenerator<ReadRow> {
  yield* checkRows(rawRows(files, note), options);
}

/** Rows come without a pause where many are read at once; after so long, others get their turn. */
const MS_AT_ONCE = 20;

/** Each row as an item, or why it is rejected. */
export async function* checkRows(
  rows: AsyncIterable<RawRow>,
  { maxRows = LIMITS.rows, shopCurrency }: Omit<ReadOptions, 'note'> = {},
): AsyncGenerator<ReadRow> {
  const seen = new Set<string>();
  let count = 0;
  let since = performance.now();
  for await (const raw of rows) {
    if (performance.now() - since > MS_AT_ONCE) {
      await setImmediate();
      since = performance.now();
    }
    const number = raw.row;
    count += 1;
    if (count > maxRows) {
      const reason = `The feed has more than ${maxRows} rows; this one and those after it were left out.`;
      yield { number, rejected: { row: number, code: 'TOO_MANY_ROWS', reason } };
      return;
    }
    const checked = validateRow(raw, shopCurrency);
    if ('rejected' in checked) yield { number, rejected: checked.rejected };
    else if (seen.has(checked.row.id)) {
      const reason = 'An earlier row of this feed has the same id; that one was taken.';
      yield { number, rejected: { row: number, itemId: checked.row.id, code: 'DUPLICATE_ID', reason } };
    } else {
      seen.add(checked.row.id);
      yield { number, row: checked.row, warnings: checked.warnings };
    }
  }
}

async function* rawRows(files: FeedFiles, note: Note): AsyncGenerator<RawRow> {
  for (const text of files.notes ?? []) note(text);
  if (!files.feed) {
    yield* imagesAsRows(files.imageNames);
    return;
  }
  try {
    yield* readRows(files.feed, note);
  } catch (error) {
    // Of several files, whoever sent them may not know which one was taken for the feed.
    if (!(error instanceof HeaderError) || files.imageNames.length === 0 || !files.feed.name) throw error;
    throw new FeedError(`${error.message} The file "${files.feed.name}" was taken for the feed.`, {
      cause: error,
    });
  }
}

/** Images without a feed: each is an item, with its path as id and its file's name as title. */
export function* imagesAsRows(names: readonly string[]): Generator<RawRow> {
  for (const [index, name] of names.entries()) {
    const id = name.replace(/\.[^./]*$/, '');
    const title =
      id
        .slice(id.lastIndexOf('/') + 1)
        .replace(/[_-]+/g, ' ')
        .trim() || id;
    yield { row: index + 1, fields: { id: id.slice(-LIMITS.idLength), title, image_link: name } };
  }
}
