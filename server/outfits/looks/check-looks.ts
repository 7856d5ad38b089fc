import { LIMITS } from '../../catalogue/limits.ts';
import { MAX_LOOK_ITEMS } from '../../catalogue/looks/feed-looks.sql.ts';
import { nameText } from '../../vocabulary/visible.ts';
import { type LookError, LookFault, type LookInput } from './look.type.ts';

export const MIN_LOOK_ITEMS = 2;
const MAX_NAME = 200;

/** A look of the right form; whether its items exist is not known yet. */
export interface LookValues {
  readonly index: number;
  /** Null for a new one without an id of its own. */
  readonly id: string | null;
  readonly name: string | null;
  readonly itemIds: readonly string[];
}

/** Sorts looks into those of the right form and the others' errors. */
export function checkLooks(inputs: readonly LookInput[]): { looks: LookValues[]; errors: LookError[] } {
  const looks: LookValues[] = [];
  const errors: LookError[] = [];
  const seen = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const id = input.id?.trim() ?? null;
    const look = { index, id, name: nameText(input.name ?? '') || null, itemIds: input.itemIds };
    const error = faultOf(look, seen);
    if (id !== null) seen.add(id);
    if (error) errors.push(error);
    else looks.push(look);
  }
  return { looks, errors };
}

function faultOf(look: LookValues, seen: ReadonlySet<string>): LookError | null {
  const { id, name, itemIds } = look;
  if (id !== null && (id === '' || id.length > LIMITS.idLength)) {
    return fault(look, LookFault.INVALID_ID, `id must have 1 to ${LIMITS.idLength} characters.`);
  }
  if (id !== null && seen.has(id)) {
    return fault(
      look,
      LookFault.REPEATED_LOOK,
      'An earlier look of this list has the same id; that one was taken.',
    );
  }
  if (name !== null && name.length > MAX_NAME) {
    return fault(look, LookFault.NAME_TOO_LONG, `name may have at most ${MAX_NAME} characters.`);
  }
  const repeated = itemIds.find((item, at) => itemIds.indexOf(item) !== at);
  if (repeated !== undefined && itemIds.length <= MAX_LOOK_ITEMS) {
    return fault(look, LookFault.REPEATED_ITEM, `${shorten(repeated)} is listed twice.`, repeated);
  }
  if (itemIds.length < MIN_LOOK_ITEMS) {
    return fault(look, LookFault.TOO_FEW_ITEMS, `A look has at least ${MIN_LOOK_ITEMS} items.`);
  }
  if (itemIds.length > MAX_LOOK_ITEMS) {
    return fault(look, LookFault.TOO_MANY_ITEMS, `A look has at most ${MAX_LOOK_ITEMS} items.`);
  }
  return null;
}

export function unknownItem(look: LookValues, itemId: string): LookError {
  return fault(look, LookFault.UNKNOWN_ITEM, `The shop has no item ${shorten(itemId)}.`, itemId);
}

export function tooManyLooks(look: LookValues, most: number): LookError {
  return fault(look, LookFault.TOO_MANY_LOOKS, `A shop may have at most ${most.toLocaleString('en')} looks.`);
}

function fault({ index, id }: LookValues, code: LookFault, reason: string, itemId?: string): LookError {
  return {
    index,
    lookId: id && shorten(id),
    itemId: itemId === undefined ? null : shorten(itemId),
    code,
    reason,
  };
}

/** No id of ours is longer. */
function shorten(id: string): string {
  return id.length > LIMITS.idLength ? `${id.slice(0, LIMITS.idLength)}…` : id;
}
