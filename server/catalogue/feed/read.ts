import { isOutage } from '../../errors/outage.ts';
import { LIMITS } from '../limits.ts';
import { readCsv } from './csv.ts';
import { FeedError, type RowWarning } from './fault.ts';
import type { FeedFiles } from './files.ts';
import { readJsonLines } from './jsonl.ts';
import { type Line, readLines } from './lines.ts';
import type { RawRow } from './raw.ts';
import { type FeedRow, type RejectedRow, validateRow } from './row.ts';

export type ReadRow =
  | { readonly number: number; readonly row: FeedRow; readonly warnings: readonly RowWarning[] }
  | { readonly number: number; readonly rejected: RejectedRow };

/**
 * Streams every row of the feed in order, valid or rejected. Prices without a currency are in the shop's. Throws
 * FeedError if the feed cannot be read.
 */
export async function* readFeed(
  files: FeedFiles,
  maxRows: number = LIMITS.rows,
  shopCurrency?: string,
): AsyncGenerator<ReadRow> {
  const seen = new Set<string>();
  let count = 0;
  for await (const raw of rawRows(files)) {
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

async function* rawRows(files: FeedFiles): AsyncGenerator<RawRow> {
  if (!files.feed) {
    yield* imagesAsRows(files.imageNames);
    return;
  }
  // Detected from the content, since uploads can have any name.
  const lines = readLines(feedBytes(files.feed));
  const head: Line[] = [];
  for await (const line of { [Symbol.asyncIterator]: () => ({ next: () => lines.next() }) }) {
    head.push(line);
    if (line.fault || line.text.trim() !== '' || head.length > LIMITS.recordLines) break;
  }
  const start = head.at(-1)?.text.trim() ?? '';
  if (start.startsWith('['))
    throw new FeedError('The feed is a JSON array. Use JSON Lines, with one object per line.');
  if (start.startsWith('<')) throw new FeedError('The feed is XML. Use CSV or JSON Lines.');
  const all = chain(head, lines);
  yield* start.startsWith('{') ? readJsonLines(all) : readCsv(all);
}

/** Throws FeedError if the bytes are not available. Temporary errors, such as too many open files, are passed on. */
async function* feedBytes(feed: NonNullable<FeedFiles['feed']>): AsyncGenerator<Buffer> {
  try {
    yield* await feed.open();
  } catch (error) {
    if (error instanceof FeedError || isOutage(error)) throw error;
    throw new FeedError(`The feed cannot be read: ${whyUnreadable(error)}.`, { cause: error });
  }
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'its file is no longer there';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'the server may not open its file';
  return 'its file is damaged';
}

async function* chain(head: readonly Line[], rest: AsyncIterable<Line>): AsyncGenerator<Line> {
  yield* head;
  yield* rest;
}

/** Images without a feed: each is an item, with its path as id and its file's name as title. */
function* imagesAsRows(names: readonly string[]): Generator<RawRow> {
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
