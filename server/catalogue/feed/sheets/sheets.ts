import { LIMITS } from '../../limits.ts';
import { FeedError } from '../fault.ts';
import type { SheetRow } from '../forms/table.ts';

export interface Sheet {
  readonly name: string;
  rows(): AsyncIterable<SheetRow>;
}

/** An Excel or OpenDocument file, of which one sheet is the feed. */
export interface Sheets {
  /** The first ones, found as they are needed. */
  sheets(): AsyncIterable<Sheet>;
  /** For whoever opened the file. */
  close?(): Promise<void>;
}

/** A part of the file, unpacked while it is read. */
export type Part = () => AsyncIterable<Buffer>;

/** Cells beyond are formats without content, or no feed. */
export const MOST_COLUMNS = LIMITS.columns;
/** LibreOffice's largest sheets; Excel's have 1,048,576. */
export const MOST_ROWS = 16_777_216;
/** Sheets that are looked through for a header. */
export const MOST_SHEETS = 20;
/** Excel's own limit is 32,767 characters. */
export const LONGEST_CELL = 64 * 1024;

/** Throws FeedError for a row that no sheet has: its number would not fit into the list of errors. */
export function checkRowNumber(row: number): void {
  if (row <= MOST_ROWS) return;
  throw new FeedError(
    'The sheet says that it has more rows than a sheet can have. Save it again, or as CSV.',
  );
}
