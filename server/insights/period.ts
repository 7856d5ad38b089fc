import { InvalidInputError } from '../errors/errors.ts';
import { daysBetween } from './kinds.ts';

/** How long counts are kept. */
export const DAYS_KEPT = 400;

/** Days in UTC, both included. `source` is the id of a key or 'pages'; null for all. */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly source: string | null;
}

const MAX_SOURCE = 50;

/** Throws InvalidInputError for a period that ends before it begins or is longer than counts are kept. */
export function checkPeriod({ from, to, source }: Period): Period {
  const days = daysBetween(from, to);
  if (!(days >= 1 && days <= DAYS_KEPT)) {
    throw new InvalidInputError(`A period has 1 to ${DAYS_KEPT} days, and \`from\` comes before \`to\`.`, {
      field: days >= 1 ? 'from' : 'to',
    });
  }
  if (source && source.length > MAX_SOURCE) {
    throw new InvalidInputError('source is the id of a key, or "pages".', { field: 'source' });
  }
  return { from, to, source: source || null };
}
