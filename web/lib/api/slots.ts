import { request } from './client.ts';
import { RemoveSlotDocument, SaveSlotDocument, ShopSlotsDocument } from './generated/documents/slots.ts';
import type { SlotFieldsFragment, SlotInput } from './generated/graphql.ts';
import type { ImportJob } from './imports.ts';

export type { SlotInput };
export type Slot = SlotFieldsFragment;

export interface Slots {
  /** The built-in ones first. */
  slots: Slot[];
  /** The newest import that looked again at items after a slot had changed. */
  slotImport: ImportJob | null;
}

export async function loadSlots(signal?: AbortSignal): Promise<Slots> {
  const { slots, slotImport } = (await request(ShopSlotsDocument, {}, signal)).shop;
  return { slots, slotImport: slotImport ?? null };
}

export async function saveSlot(slot: SlotInput): Promise<void> {
  await request(SaveSlotDocument, { slot });
}

export async function removeSlot(name: string): Promise<void> {
  await request(RemoveSlotDocument, { name });
}
