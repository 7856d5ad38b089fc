import type { ImportErrorRow } from './import-job.sql.ts';

export const ERRORS_HEADER = 'row,id,code,reason\n';

export function errorToCsv({ row, itemId, code, reason }: ImportErrorRow): string {
  return `${[String(row), itemId ?? '', code, reason].map(quote).join(',')}\n`;
}

/** What a spreadsheet skips or does not show: spaces, controls, format characters, lone accents, fillers of scripts. */
const UNSEEN = '[\\s\\p{C}\\p{M}\\p{Z}\\u115f\\u1160\\u2800\\u3164\\uffa0]';
/** Also in the width of East Asian scripts, and small. */
const FORMULA = new RegExp(`^${UNSEEN}*[=+\\-@＝＋－＠﹦﹢﹣﹫−]|^[\\t\\r\\n]`, 'u');

/** A cell that begins like a formula would be run by a spreadsheet: an apostrophe before it makes it text. */
function quote(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
