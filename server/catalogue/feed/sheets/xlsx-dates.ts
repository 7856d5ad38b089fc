const DAY_MS = 86_400_000;
/** Day 0 in Excel's two calendars; the first one counts a 29 February 1900 that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** Excel takes no longer one. The pattern below reads one without its closing bracket or quote again from each opening. */
const LONGEST_FORMAT = 255;

/** Whether a number with this format is shown as a date. */
export function isDateFormat(id: string, formats: ReadonlyMap<string, string>): boolean {
  const number = Number(id);
  if ((number >= 14 && number <= 22) || (number >= 45 && number <= 47)) return true;
  const code = formats.get(id)?.slice(0, LONGEST_FORMAT);
  // Without quoted text, escaped characters, and colours or currencies in brackets.
  return code !== undefined && /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]|General/gi, ''));
}

/** The day, and the time if there is one, as ISO 8601 writes them. */
export function dateText(days: number, is1904: boolean): string {
  const date = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(days * DAY_MS));
  if (Number.isNaN(date.getTime())) return String(days);
  const text = date.toISOString();
  return Number.isInteger(days) ? text.slice(0, 10) : text.slice(0, 19);
}
