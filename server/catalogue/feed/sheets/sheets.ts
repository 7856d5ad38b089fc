import { LIMITS } from '../../limits.ts';
import type { SheetRow } from '../forms/table.ts';

/** An Excel or OpenDocument file, of which one sheet is the feed. */
export interface Sheets {
  readonly sheets: readonly {
    readonly name: string;
    rows(): AsyncIterable<SheetRow>;
  }[];
  /** For whoever opened the file. */
  close?(): Promise<void>;
}

/** A part of the file, unpacked while it is read. */
export type Part = () => AsyncIterable<Buffer>;

/** Cells beyond are formats without content, or no feed. */
export const MOST_COLUMNS = LIMITS.columns;
/** Sheets that are looked through for a header. */
export const MOST_SHEETS = 20;
/** Excel's own limit is 32,767 characters. */
export const LONGEST_CELL = 64 * 1024;
