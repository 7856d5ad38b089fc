/** What a spreadsheet skips or does not show: spaces, control and format characters, lone accents, script fillers. */
const UNSEEN = '[\\s\\p{C}\\p{M}\\p{Z}\\u115f\\u1160\\u2800\\u3164\\uffa0]';
/** Including full-width and small forms. */
const FORMULA = new RegExp(`^${UNSEEN}*[=+\\-@＝＋－＠﹦﹢﹣﹫−]|^[\\t\\r\\n]`, 'u');

/** A line of CSV for a spreadsheet. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\n`;
}

/** A spreadsheet would run a cell that begins like a formula; a leading apostrophe makes it text. */
function quote(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
