import { LIMITS } from '../catalogue/limits.ts';
import { isUuid } from '../db/database.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import { MAX_POSITION, type RuleValues, type Target } from '../retrieval/ranking/rule.ts';
import type { Category } from '../vocabulary/category.ts';
import { nameText } from '../vocabulary/visible.ts';
import type { RuleInput, RuleTargetInput } from './rule.type.ts';

const MAX_NAME = 50;
const MAX_ITEM_ID = 100;
const MAX_NOTE = 500;

/** Checks the input and returns what is stored. Throws InvalidInputError; `checkItem` checks that the item exists. */
export function checkRule(input: RuleInput): RuleValues {
  const { kind, startsAt = null, endsAt = null } = input;
  const values = {
    kind,
    ...checkTarget(input.target),
    searchCategories: checkCategories(input.searchCategories),
    position: checkPosition(input),
    strength: checkStrength(input),
    includeOutOfStock: input.includeOutOfStock ?? input.evenOutOfStock ?? false,
    startsAt,
    endsAt,
    note: input.note ? text(input.note, 'note', MAX_NOTE) : null,
  };
  if (values.includeOutOfStock && kind !== 'pin') throw invalid('includeOutOfStock', 'is for pins alone');
  if (startsAt && endsAt && startsAt >= endsAt) throw invalid('endsAt', 'must be later than startsAt');
  return values;
}

/** Throws NotFoundError for an id that no rule can have. */
export function checkRuleId(id: string): string {
  if (!isUuid(id)) throw noSuchRule();
  return id.toLowerCase();
}

export function noSuchRule(): NotFoundError {
  return new NotFoundError('There is no such rule.');
}

function checkTarget({ itemId, category, brand, attribute }: RuleTargetInput): Target {
  const given = [itemId, category, brand, attribute].filter((value) => value !== null && value !== undefined);
  if (given.length !== 1) throw invalid('target', 'must be one of itemId, category, brand and attribute');
  return {
    itemId: typeof itemId === 'string' ? text(itemId, 'target.itemId', MAX_ITEM_ID, (id) => id.trim()) : null,
    category: category ?? null,
    brand: typeof brand === 'string' ? text(brand, 'target.brand', LIMITS.fieldLength) : null,
    attributeName: attribute ? text(attribute.name, 'target.attribute.name', MAX_NAME) : null,
    attributeValue: attribute ? text(attribute.value, 'target.attribute.value', LIMITS.fieldLength) : null,
  };
}

function checkPosition({ kind, position }: RuleInput): number | null {
  const given = position !== null && position !== undefined;
  if (kind !== 'pin') {
    if (given) throw invalid('position', 'is for pins alone');
    return null;
  }
  if (!given || !Number.isInteger(position) || position < 1 || position > MAX_POSITION) {
    throw invalid('position', `of a pin must be from 1 to ${MAX_POSITION}`);
  }
  return position;
}

function checkStrength({ kind, strength }: RuleInput): RuleValues['strength'] {
  if (kind === 'boost' || kind === 'bury') return strength ?? 'normal';
  if (strength) throw invalid('strength', 'is for boosts and buries alone');
  return null;
}

/** Sorted and without repetitions; null for all searches. */
function checkCategories(categories: readonly Category[] | null | undefined): Category[] | null {
  if (!categories?.length) return null;
  return [...new Set(categories)].sort((a, b) => a - b);
}

function text(value: string, field: string, longest: number, shownOf = nameText): string {
  const shown = shownOf(value);
  if (shown === '') throw invalid(field, 'must not be empty');
  if (shown.length > longest) throw invalid(field, `may have at most ${longest} characters`);
  return shown;
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`${field} ${what}.`, { field: `rule.${field}` });
}
