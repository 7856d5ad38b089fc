/** Which slots a request has filled. */

import { InvalidInputError } from '../errors/errors.ts';
import { BUILT_IN_SLOTS } from '../vocabulary/slots.ts';
import type { CheckedAsk } from './check-ask.ts';
import type { Fixed } from './fixed.ts';
import type { Setting } from './setting.ts';
import { isInsteadOf, openSlots, possibleSlots } from './templates.ts';

/** Throws InvalidInputError for a slot that the shop does not have, and for two that no outfit has together. */
export function checkSlots(slots: readonly string[] | null, { ownSlots }: Setting): void {
  for (const [i, slot] of (slots ?? []).entries()) {
    const isKnown = BUILT_IN_SLOTS.some(({ name }) => name === slot) || ownSlots.includes(slot);
    if (!isKnown) throw new InvalidInputError(`There is no slot ${slot}.`, { field: 'slots' });
    const other = slots!.slice(0, i).find((one) => isInsteadOf(one, slot));
    if (other) throw new InvalidInputError(`No outfit has both ${other} and ${slot}.`, { field: 'slots' });
  }
}

/** The slots to search for. Throws InvalidInputError if one that was asked for cannot be worn with what is fixed. */
export function slotsToFill({ slots }: CheckedAsk, { pieces }: Fixed, { ownSlots }: Setting): string[] {
  const taken = pieces.map(({ slot }) => slot);
  if (slots === null) return possibleSlots(taken, ownSlots);
  const open = slots.filter((slot) => !taken.includes(slot));
  for (const slot of open) {
    const other = taken.find((one) => isInsteadOf(one, slot));
    if (other)
      throw new InvalidInputError(`What is given fills ${other}, so no outfit has ${slot}.`, {
        field: 'slots',
      });
  }
  return open;
}

/** The slots to fill, one list for each kind of outfit, as far as there are items for them. */
export function templatesOf(
  { slots }: CheckedAsk,
  fixed: Fixed,
  { ownSlots }: Setting,
  hasBudget: boolean,
  hasItems: (slot: string) => boolean,
): string[][] {
  const taken = fixed.pieces.map(({ slot }) => slot);
  const mayBeFull = fixed.pieces.length > fixed.anchors.length;
  if (slots !== null) {
    const open = slots.filter((slot) => !taken.includes(slot));
    return open.every(hasItems) && (open.length > 0 || mayBeFull) ? [open] : [];
  }
  const templates = openSlots(taken, ownSlots, hasItems, mayBeFull);
  // Within a budget the shop's own slots may have to stay empty.
  const plain = hasBudget && ownSlots.length > 0 ? openSlots(taken, [], hasItems, mayBeFull) : [];
  // Where none of these slots is open, the two are the same.
  const byName = [...templates, ...plain].map((template) => [template.join('\n'), template] as const);
  return [...new Map(byName).values()];
}
