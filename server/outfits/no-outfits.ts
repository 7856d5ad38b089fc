/** Reasons why there are no outfits, with what to tell people. */

import { NoOutfitsReason } from './outfit.type.ts';

export interface NoOutfits {
  readonly emptyReason: NoOutfitsReason;
  readonly message: string;
}

const MESSAGES: Readonly<Record<NoOutfitsReason, string>> = {
  NO_GARMENT: 'No garment of a kind that outfits can be built around was found in it.',
  NOT_READY: 'The item has not been parsed yet. Ask again in a moment.',
  NOTHING_FOUND_IN_PHOTO: 'No garment was found in the photo. Try one that shows the clothes from the front.',
  COMPLETE: 'What is given already fills every slot.',
  NO_ITEMS: 'The shop has nothing in stock for the other slots of an outfit.',
  NOTHING_GOES: 'Nothing that the shop has in stock goes well enough with it.',
  OVER_BUDGET: 'Every outfit costs more than the budget.',
  FILTER: 'No item passes the filter. Try fewer conditions.',
  LOCKED_ITEMS_CLASH: 'The locked items cannot be worn together.',
};

export function noOutfits(emptyReason: NoOutfitsReason, message = MESSAGES[emptyReason]): NoOutfits {
  return { emptyReason, message };
}
