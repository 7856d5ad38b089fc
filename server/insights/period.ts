import { InvalidInputError } from '../errors/errors.ts';
import { isWellFormed } from '../vocabulary/text.ts';
import { dayOf, daysBetween } from './kinds.ts';

/** How long counts are kept. */
export const DAYS_KEPT = 400;

/** Days in UTC, both included. `source` is the id of a key or 'pages'; null for all. */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly source: string | null;
}

const MAX_SOURCE = 50;
/** Dates of the database know no year 0. */
const FIRST_DAY = '0001-01-01';

/** Throws InvalidInputError for a period that ends before it begins or is longer than counts are kept, and for what is no day. */
export function checkPeriod({ from, to, source }: Period): Period {
  for (const [field, day] of Object.entries({ from, to })) {
    if (!isDay(day)) throw new InvalidInputError(`${field} is a day such as 2026-01-31.`, { field });
  }
  const days = daysBetween(from, to);
  if (!(days >= 1 && days <= DAYS_KEPT)) {
    throw new InvalidInputError(`A period has 1 to ${DAYS_KEPT} days, and \`from\` comes before \`to\`.`, {
      field: days >= 1 ? 'from' : 'to',
    });
  }
  if (source && (source.length > MAX_SOURCE || !isWellFormed(source))) {
    throw new InvalidInputError('source is the id of a key, or "pages".', { field: 'source' });
  }
  return { from, to, source: source || null };
}

/** No 31st of February either. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && dayOf(time) === text && text >= FIRST_DAY;
}
