import { InvalidInputError } from '../errors/errors.ts';
import type { EventInput } from './event.type.ts';
import { type ArmName, type EventKindName, ITEM_KINDS, type ItemKind } from './kinds.ts';

/** Of one call. */
export const MOST_EVENTS = 100;
/** Items have no longer ids. */
const MOST_CHARACTERS = 100;

export type CheckedEvent = { readonly arm: ArmName | null; readonly isFirst: boolean } & (
  | { readonly kind: ItemKind; readonly itemId: string }
  | { readonly kind: EventKindName; readonly itemId: null }
);

/** Throws InvalidInputError for an empty or long list, and for an event with an item too few or too many. */
export function checkEvents(events: readonly EventInput[]): CheckedEvent[] {
  if (events.length < 1 || events.length > MOST_EVENTS) {
    throw new InvalidInputError(`Send 1 to ${MOST_EVENTS} events at a time.`, {
      code: events.length > MOST_EVENTS ? 'TOO_MANY_EVENTS' : 'INVALID_INPUT',
      field: 'events',
    });
  }
  return events.map(checkEvent);
}

function checkEvent({ kind, itemId, arm, isFirst }: EventInput, index: number): CheckedEvent {
  const field = `events.${index}.itemId`;
  const common = { arm: arm ?? null, isFirst: isFirst ?? false };
  if (!isItemKind(kind)) {
    if (itemId) throw new InvalidInputError(`An event of this kind has no itemId.`, { field });
    return { ...common, kind, itemId: null };
  }
  if (!itemId) throw new InvalidInputError('An event of this kind needs an itemId.', { field });
  // Cut, it is no item's id either.
  return { ...common, kind, itemId: itemId.slice(0, MOST_CHARACTERS + 1) };
}

function isItemKind(kind: EventKindName): kind is ItemKind {
  return (ITEM_KINDS as readonly EventKindName[]).includes(kind);
}
