/** Outfits that one request may ask for. */
export const MAX_COUNT = 20;
/** Slots of one outfit. */
export const MAX_SLOTS = 8;
/** Items that one request may exclude. */
export const MAX_EXCLUDED = 200;
