/** Outfits that one request may ask for. */
export const MAX_COUNT = 20;
/** Slots of one outfit. */
export const MAX_SLOTS = 8;
/** Items that one request may exclude. */
export const MAX_EXCLUDED = 200;
/** Characters of an item's id, as in a feed. */
export const MAX_ITEM_ID = 100;
/** Slots of the shop that are filled without being asked for, in the order in which it made them. */
export const MAX_OWN_SLOTS = 3;
/** What fills the open slots goes with the rest at least so well: at 0.5 it would be no better than chance. */
export const MIN_SCORE = 0.5;
/** No outfit has a pair of pieces that the model gives less. */
export const MIN_PAIR = 0.25;
