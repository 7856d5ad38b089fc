import { wellFormed } from '../../vocabulary/text.ts';
import type { Fault } from './fault.ts';

/** The columns that every feed must have. */
export const REQUIRED_COLUMNS = ['id', 'title', 'image_link'] as const;

/**
 * A row as read from the feed, before validation. `row` is what a spreadsheet shows: the header of a CSV is row 1 and
 * its first item row 2; the first line of JSON Lines is row 1.
 */
export type RawRow =
  | { readonly row: number; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly row: number; readonly fault: Fault };

/** 'g:Image Link' and 'image_link' are the same column: exports use both spellings. */
export function columnName(name: string): string {
  return wellFormed(name)
    .trim()
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s-]+/g, '_');
}
