/** When a sale price holds: from `from` on, and before `until`. */
export interface SaleDates {
  readonly from: Date | null;
  readonly until: Date | null;
}

const MOMENT =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9})\d*)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Later moments, such as the end of what a shop writes for "no end", have no form that databases and ISO 8601 share. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/**
 * Google's `sale_price_effective_date`: two moments in ISO 8601 with a `/` between them. Either may be missing, and so
 * may the time: the last day is then meant whole. Without an offset it is UTC. Undefined if it cannot be read.
 */
export function readSaleDates(text: string): SaleDates | undefined {
  const moments = text.split(/\s*[/,]\s*|\s+[-\u2013]\s+/);
  if (moments.length !== 2) return undefined;
  const from = readMoment(moments[0]!, 'start');
  const until = readMoment(moments[1]!, 'end');
  if (from === undefined || until === undefined || (from === null && until === null)) return undefined;
  if (from && until && from >= until) return undefined;
  return {
    from: from && new Date(Math.min(from.getTime(), LAST)),
    until: until && until.getTime() <= LAST ? until : null,
  };
}

/** Null for an empty text, undefined for one that is no moment. The end of a minute or a day is its last instant. */
function readMoment(text: string, end: 'start' | 'end'): Date | null | undefined {
  const trimmed = text.trim();
  if (/^(?:\.\.)?$/.test(trimmed)) return null;
  const match = MOMENT.exec(trimmed);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const written = new Date(Date.UTC(year!, month! - 1, day!));
  const isReal = written.getUTCMonth() === month! - 1 && written.getUTCDate() === day;
  if (!isReal || hour! > 24 || minute! > 59 || second! > 59) return undefined;
  // The end of a second is its last instant, too.
  const part = end === 'start' ? Math.trunc(Number(`0.${match[7] ?? 0}`) * 1000) : 0;
  const utc = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!, part);
  const isDay = match[4] === undefined;
  const length = end === 'start' ? 0 : isDay ? DAY : match[6] === undefined ? MINUTE : 1000;
  return new Date(utc - offsetOf(match[8]) + length);
}

function offsetOf(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '');
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -1 : 1) * minutes * MINUTE;
}
