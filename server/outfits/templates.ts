/** Which slots make an outfit. */

import { BUILT_IN_SLOTS } from '../vocabulary/slots.ts';
import type { CategoryId } from '../vocabulary/taxonomy.ts';
import { MAX_OWN_SLOTS, MAX_SLOTS } from './limits.ts';

const TEMPLATES: readonly (readonly string[])[] = [
  ['top', 'bottom'],
  ['outerwear', 'top', 'bottom'],
  ['dress'],
  ['outerwear', 'dress'],
];
/** What is worn instead of each other. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  dress: ['top', 'bottom'],
  top: ['dress'],
  bottom: ['dress'],
};
/** As pieces are listed: as on a body, from the outside in and from the top down. */
const ORDER = ['outerwear', 'top', 'dress', 'bottom'];

export function slotOfCategory(category: CategoryId | null): string | null {
  if (category === null) return null;
  return BUILT_IN_SLOTS.find(({ categories }) => categories.includes(category))?.name ?? null;
}

/** The categories whose garments are in the slot; 0 for a slot of the shop, whose items may have any. */
export function categoriesOfSlot(slot: string): readonly (CategoryId | 0)[] {
  return BUILT_IN_SLOTS.find(({ name }) => name === slot)?.categories ?? [0];
}

/** Whether no outfit has both. */
export function isInsteadOf(slot: string, other: string): boolean {
  return slot === other || (new Map(Object.entries(INSTEAD)).get(slot)?.includes(other) ?? false);
}

/** Orders slots for people; those of the shop come last, as it made them. */
export function compareSlots(ownSlots: readonly string[]): (a: string, b: string) => number {
  const order = [...ORDER, ...ownSlots];
  const place = (slot: string) => (order.includes(slot) ? order.indexOf(slot) : order.length);
  return (a, b) => place(a) - place(b);
}

/**
 * The slots to fill around those that are taken, one list for each kind of outfit. `hasItems`: whether the shop has items
 * for a slot. An outfit may consist of what is given alone only if `mayBeFull`.
 */
export function openSlots(
  taken: readonly string[],
  ownSlots: readonly string[],
  hasItems: (slot: string) => boolean,
  mayBeFull: boolean,
): string[][] {
  const isTaken = (slot: string) => taken.includes(slot);
  const builtIn = taken.filter((slot) => ORDER.includes(slot));
  const fitting = TEMPLATES.filter((template) => builtIn.every((slot) => template.includes(slot)));
  const own = ownSlots.filter((slot) => !isTaken(slot) && hasItems(slot)).slice(0, MAX_OWN_SLOTS);
  const open = fitting.map((template) => [...template.filter((slot) => !isTaken(slot)), ...own]);
  return open
    .map((slots) => slots.slice(0, MAX_SLOTS - taken.length))
    .filter((slots) => slots.every(hasItems) && (slots.length > 0 || mayBeFull));
}

/** All slots that `openSlots` could fill. */
export function possibleSlots(taken: readonly string[], ownSlots: readonly string[]): string[] {
  return [...new Set(openSlots(taken, ownSlots, () => true, false).flat())];
}
