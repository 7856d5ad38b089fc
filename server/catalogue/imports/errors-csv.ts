import type { ImportErrorRow } from './import-job.sql.ts';

export const ERRORS_HEADER = 'row,id,code,reason\n';

export function errorToCsv({ row, itemId, code, reason }: ImportErrorRow): string {
  return `${[String(row), itemId ?? '', code, reason].map(quote).join(',')}\n`;
}

/**
 * A cell that begins like a formula would be run by a spreadsheet: an apostrophe before it makes it text. The marks
 * count after spaces too, and in the width of East Asian scripts.
 */
function quote(cell: string): string {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
