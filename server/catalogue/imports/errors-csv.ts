import type { ImportErrorRow } from './import-job.sql.ts';

export const ERRORS_HEADER = 'row,id,severity,column,code,reason\n';

export function errorToCsv({ row, itemId, severity, column, code, reason }: ImportErrorRow): string {
  return `${[String(row), itemId ?? '', severity, column ?? '', code, reason].map(quote).join(',')}\n`;
}

/** What a spreadsheet skips or does not show: spaces, control and format characters, lone accents, script fillers. */
const UNSEEN = '[\\s\\p{C}\\p{M}\\p{Z}\\u115f\\u1160\\u2800\\u3164\\uffa0]';
/** Including full-width and small forms. */
const FORMULA = new RegExp(`^${UNSEEN}*[=+\\-@＝＋－＠﹦﹢﹣﹫−]|^[\\t\\r\\n]`, 'u');

/** A spreadsheet would run a cell that begins like a formula; a leading apostrophe makes it text. */
function quote(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
