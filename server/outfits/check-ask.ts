/** Checks what was asked for, before anything is read. */

import { checkFilter, type ItemFilter } from '../catalogue/items/filter.ts';
import { InvalidInputError } from '../errors/errors.ts';
import { MAX_COUNT, MAX_EXCLUDED, MAX_SLOTS } from './limits.ts';

export interface OutfitsTarget {
  readonly kind: 'garment' | 'item' | 'photo';
  readonly id: string;
}

export interface AskedOutfits {
  readonly slots?: readonly string[] | null | undefined;
  readonly count: number;
  readonly diversity: number;
  readonly locked?: readonly string[] | null | undefined;
  readonly excluded?: readonly string[] | null | undefined;
  readonly budget?: number | null | undefined;
  readonly filter?: ItemFilter | null | undefined;
  readonly seed: number;
}

export interface CheckedAsk {
  /** Null if the templates say which to fill. */
  readonly slots: readonly string[] | null;
  readonly count: number;
  readonly diversity: number;
  readonly locked: readonly string[];
  readonly excluded: readonly string[];
  /** In major units. */
  readonly budget: number | null;
  readonly filter: ItemFilter;
  readonly seed: number;
}

/** As for prices in a filter. */
const MAX_BUDGET = 1e9;

/** Throws InvalidInputError. */
export function checkAsk(asked: AskedOutfits): CheckedAsk {
  const { count, diversity, seed } = asked;
  const slots = asked.slots && asked.slots.length > 0 ? unique('slots', asked.slots, MAX_SLOTS) : null;
  const locked = unique('locked', asked.locked ?? [], MAX_SLOTS);
  const excluded = unique('excluded', asked.excluded ?? [], MAX_EXCLUDED);
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw invalid('count', `must be from 1 to ${MAX_COUNT}`);
  }
  if (!(diversity >= 0 && diversity <= 1)) throw invalid('diversity', 'must be from 0 to 1');
  return {
    slots,
    count,
    diversity,
    locked,
    excluded,
    budget: checkBudget(asked.budget),
    filter: checkFilter(asked.filter),
    seed,
  };
}

/** Null if there is none. Throws InvalidInputError. */
export function checkBudget(budget: number | null | undefined): number | null {
  if (budget === null || budget === undefined) return null;
  if (budget >= 0 && budget <= MAX_BUDGET) return budget;
  throw invalid('budget', `must be from 0 to ${MAX_BUDGET}`);
}

/** Throws InvalidInputError unless exactly one is given. */
export function checkOutfitsTarget(to: {
  readonly garmentId?: string | null;
  readonly itemId?: string | null;
  readonly photoId?: string | null;
}): OutfitsTarget {
  const given = (['garment', 'item', 'photo'] as const).flatMap((kind) => {
    const id = { garment: to.garmentId, item: to.itemId, photo: to.photoId }[kind];
    return typeof id === 'string' ? [{ kind, id }] : [];
  });
  if (given.length === 1) return given[0]!;
  throw new InvalidInputError('Give one of a garmentId, an itemId and a photoId.', { field: 'to' });
}

function unique(field: string, values: readonly string[], most: number): string[] {
  if (values.length > most) throw invalid(field, `may have at most ${most} entries`);
  return [...new Set(values)];
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`${field} ${what}.`, { field });
}
