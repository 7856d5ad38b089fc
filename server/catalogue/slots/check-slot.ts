import { InvalidInputError } from '../../errors/errors.ts';
import { isBuiltInSlot } from '../../vocabulary/slots.ts';
import { nameText } from '../../vocabulary/visible.ts';
import { normalize } from './match-slot.ts';
import type { SlotInput } from './slot.type.ts';
import type { OwnSlotRow } from './slots.sql.ts';

export const MAX_SLOTS = 20;
const NAME = /^[a-z0-9][a-z0-9_-]{0,29}$/;
const MAX_LABEL = 60;
const MAX_TYPES = 50;
const MAX_TYPE = 100;

/** Checks the input and returns what is stored. Throws InvalidInputError. */
export function checkSlot({ name, label, productTypes: given }: SlotInput): OwnSlotRow {
  const productTypes = given.map(nameText);
  if (!NAME.test(name)) {
    throw invalid(
      'name',
      'must have 1 to 30 characters of a to z, 0 to 9, - and _, and begin with a letter or digit',
    );
  }
  if (isBuiltInSlot(name)) throw invalid('name', `must not be that of a built-in slot, such as ${name}`);
  const shown = nameText(label);
  if (shown.length < 1 || shown.length > MAX_LABEL) {
    throw invalid('label', `must have 1 to ${MAX_LABEL} characters`);
  }
  if (productTypes.length < 1 || productTypes.length > MAX_TYPES) {
    throw invalid('productTypes', `must have 1 to ${MAX_TYPES} entries`);
  }
  for (const type of productTypes) {
    if (type.length > MAX_TYPE)
      throw invalid('productTypes', `may have entries of at most ${MAX_TYPE} characters`);
    if (normalize(type).trim() === '')
      throw invalid('productTypes', 'must have entries with a letter or digit');
  }
  const byWord = new Map(productTypes.map((type) => [normalize(type), type]));
  return { name, label: shown, productTypes: [...byWord.values()] };
}

export function tooManySlots(): InvalidInputError {
  return new InvalidInputError(
    `A shop may have at most ${MAX_SLOTS} slots of its own. Remove one that is over.`,
    {
      code: 'TOO_MANY_SLOTS',
      field: 'slot',
    },
  );
}

function invalid(field: string, what: string): InvalidInputError {
  return new InvalidInputError(`${field} ${what}.`, { field: `slot.${field}` });
}
