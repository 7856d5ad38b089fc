import { beginTime, type IsOver, type TimeLimit } from '../../watchdog/time-limit.ts';
import { type ColumnUse, describeColumns } from './describe-columns.ts';
import { FeedError, OutOfTimeError, RowImageError } from './fault.ts';
import type { FeedFiles } from './files.ts';
import type { Format, Table } from './forms/table.ts';
import { isWebLink } from './image-links.ts';
import type { RawRow } from './raw.ts';
import { checkRows, imagesAsRows, type ReadRow } from './read.ts';
import { openStart } from './rows.ts';

/** How the start of a feed is understood. */
export interface FirstRows {
  readonly format: Format;
  readonly encoding: string | null;
  readonly separator: string | null;
  /** The shop system that wrote it. */
  readonly system: string | null;
  readonly columns: readonly ColumnUse[];
  readonly notes: readonly string[];
  readonly rows: readonly ReadRow[];
  /** Whether the feed has no more rows. */
  readonly isWhole: boolean;
}

const MOST_SHOWN = 10;
/** Shop systems write an item in several rows, which may be far apart. */
const MOST_READ = 500;
const MOST_BYTES = 8 * 1024 * 1024;
/** For opening the feed and reading its first rows together. */
export const FIRST_ROWS_TIME: TimeLimit = { ms: 10_000, mostMs: 60_000 };
const MOST_COLUMNS = 200;
const NO_END =
  'The first row of the feed does not end within 8 MiB: it is too long, or a quote, a bracket or an end tag is missing.';

/**
 * Reads the first rows of a feed as its import would, and no more of them once its time is over. Throws FeedError if it cannot be
 * read.
 */
export async function readFirstRows(
  files: FeedFiles,
  shopCurrency: string,
  isOver: IsOver = beginTime(FIRST_ROWS_TIME),
): Promise<FirstRows> {
  const { feed } = files;
  const start = feed ? await openStart(feed, MOST_BYTES) : null;
  const table = start?.table ?? tableOfImages(files.imageNames);
  const taken = takeSome(table.rows, start?.isCut ?? (() => false), isOver);
  const mapped = table.dialect ? table.dialect.map(taken.rows, () => undefined) : taken.rows;
  const rows: ReadRow[] = [];
  let isWhole = true;
  for await (const read of checkRows(mapped, { shopCurrency })) {
    if (rows.length === MOST_SHOWN || isOver()) {
      isWhole = false;
      break;
    }
    rows.push(await withImage(files, read));
  }
  if (rows.length === 0 && isWhole) throw new FeedError(taken.isCut() ? NO_END : 'The feed has no rows.');
  const names = table.header?.names ?? [...taken.names];
  return {
    format: table.format,
    encoding: start?.encoding ?? null,
    separator: table.header?.separator ?? null,
    system: table.dialect?.name ?? null,
    columns: feed ? describeColumns(names, table.dialect).slice(0, MOST_COLUMNS) : [],
    notes: [...(files.notes ?? []), ...(start?.notes ?? [])],
    rows,
    isWhole: isWhole && !taken.isCut(),
  };
}

function tableOfImages(names: readonly string[]): Table {
  return { dialect: null, header: null, format: 'images', rows: toAsync(imagesAsRows(names)) };
}

async function* toAsync<T>(rows: Iterable<T>): AsyncGenerator<T> {
  yield* rows;
}

/** The first of these rows, with the names of their columns. */
function takeSome(all: AsyncIterable<RawRow>, isTorn: () => boolean, isOver: IsOver) {
  const names = new Set<string>();
  let cut = false;
  async function* rows(): AsyncGenerator<RawRow> {
    let count = 0;
    try {
      for await (const raw of all) {
        if (count === MOST_READ || isOver() || ('fault' in raw && isTorn())) {
          cut = true;
          return;
        }
        count += 1;
        if ('fields' in raw) for (const name in raw.fields) names.add(name);
        yield raw;
      }
    } catch (error) {
      if (!(error instanceof OutOfTimeError) || count === 0) throw error;
      cut = true;
    }
  }
  return { rows: rows(), names, isCut: () => cut || isTorn() };
}

/** A row whose first picture is a file that is not there is rejected by its import, too. */
async function withImage(files: FeedFiles, read: ReadRow): Promise<ReadRow> {
  if (!('row' in read) || isWebLink(read.row.images[0]!)) return read;
  try {
    await files.readImage(read.row.images[0]!);
    return read;
  } catch (error) {
    if (!(error instanceof RowImageError)) throw error;
    const { code, message: reason } = error;
    const { number: row } = read;
    return { number: row, rejected: { row, itemId: read.row.id, column: 'image_link', code, reason } };
  }
}
