import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import { BUILT_IN_SLOTS } from '../../vocabulary/slots.ts';
import type { CatalogueContext } from '../context.ts';
import { insertJob } from '../imports/import-job.sql.ts';
import { checkSlot, MAX_SLOTS, tooManySlots } from './check-slot.ts';
import type { Slot, SlotInput } from './slot.type.ts';
import { deleteSlot, listOwnSlots, lockSlots, type OwnSlotRow, putSlot } from './slots.sql.ts';

type Parts = Pick<CatalogueContext, 'db' | 'shopId' | 'queue'>;

/** The built-in slots, then the shop's own. */
export function allSlots(own: readonly OwnSlotRow[]): Slot[] {
  return [
    ...BUILT_IN_SLOTS.map((slot) => ({
      ...slot,
      categories: [...slot.categories],
      productTypes: [],
      isBuiltIn: true,
    })),
    ...own.map(toSlot),
  ];
}

/** Makes or replaces a slot of the shop, and has its items looked at again. Throws InvalidInputError. */
export async function saveSlot(parts: Parts, input: SlotInput): Promise<Slot> {
  const slot = checkSlot(input);
  await changeSlots(parts, async (tx) => {
    const slots = await listOwnSlots(tx, parts.shopId);
    if (slots.length >= MAX_SLOTS && !slots.some(({ name }) => name === slot.name)) throw tooManySlots();
    await putSlot(tx, parts.shopId, slot);
    return `Slot ${slot.label}`;
  });
  return toSlot(slot);
}

/** False if there was none. Throws InvalidInputError for a built-in slot. */
export async function removeSlot(parts: Parts, name: string): Promise<boolean> {
  if (BUILT_IN_SLOTS.some((slot) => slot.name === name)) {
    throw new InvalidInputError(`The slot ${name} is built in.`, { field: 'name' });
  }
  return changeSlots(parts, async (tx) =>
    (await deleteSlot(tx, parts.shopId, name)) ? `Slot ${name}, removed` : null,
  );
}

/** Changes the slots and starts the job that goes through the items. `change` returns its name; null if nothing did. */
async function changeSlots(
  { db, shopId, queue }: Parts,
  change: (tx: Queryable) => Promise<string | null>,
): Promise<boolean> {
  const id = randomUUID();
  const changed = await db.inShop(shopId, async (tx) => {
    await lockSlots(tx, shopId, 'change');
    const name = await change(tx);
    return name !== null && insertJob(tx, { shopId, id, name, kind: 'slots' });
  });
  if (changed) await queue.feeds.send([{ shopId, jobId: id, attempt: 1 }]);
  return changed;
}

function toSlot({ name, label, productTypes }: OwnSlotRow): Slot {
  return { name, label, categories: [], productTypes: [...productTypes], isBuiltIn: false };
}
