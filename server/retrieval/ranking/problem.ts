import { CATEGORY_IDS } from '../../vocabulary/category.ts';
import { isWellFormed } from '../../vocabulary/text.ts';
import { type ActiveRule, MAX_POSITION, STEPS } from './rule.ts';

/**
 * Why a stored rule cannot be applied, or null. Rules are checked when they are set, but a backup, another version or
 * manual SQL can leave a broken one: searches skip it and the merchandiser sees the reason.
 */
export function problemOf(rule: ActiveRule): string | null {
  const { kind, strength, position, category, searchCategories } = rule;
  if (kind === 'pin' && !isPosition(position)) return `A pin has a position from 1 to ${MAX_POSITION}.`;
  if ((kind === 'boost' || kind === 'bury') && !(strength && Object.hasOwn(STEPS, strength))) {
    return 'A boost or bury has a strength: weak, normal or strong.';
  }
  for (const id of [category, ...(searchCategories ?? [])]) {
    if (id !== null && !CATEGORY_IDS.includes(id)) return `There is no category ${id}.`;
  }
  return targetProblem(rule);
}

function targetProblem({
  itemId,
  category,
  brand,
  attributeName,
  attributeValue,
}: ActiveRule): string | null {
  if ((attributeName === null) !== (attributeValue === null)) return 'An attribute has a name and a value.';
  const given = [itemId, category, brand, attributeName].filter((value) => value !== null);
  if (given.length !== 1) return 'A rule applies to one of an item, a category, a brand and an attribute.';
  const texts = [itemId, brand, attributeName, attributeValue];
  return texts.every((text) => text === null || isWellFormed(text))
    ? null
    : 'What the rule applies to is not well-formed text.';
}

function isPosition(position: number | null): boolean {
  return position !== null && Number.isInteger(position) && position >= 1 && position <= MAX_POSITION;
}
