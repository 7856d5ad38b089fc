/** Conditions over `items i`, whose shop is `$1`, by which the shop's staff find what needs a look. */

/** The picture could not be fetched or parsed. */
export const FAILED = `i.state = 'failed'`;

/** Kept without a garment that searches could match. A merchandiser's choice overrides the feed's claim. */
export const NOT_MATCHED = `(i.state = 'ready' and i.failure is not null and not exists (select from garments c
  where c.shop_id = $1::uuid and c.item_id = i.id and c.chosen))`;

/** Below this score, a garment's category is a guess: the pages show how sure the parser is. */
export const SURE = 0.75;

/** Matched by a garment that the parser is not sure of and that nobody has confirmed, or by the whole picture. */
export const LOW_CONFIDENCE = `exists (select from garments l where l.shop_id = $1::uuid and l.item_id = i.id
  and l.is_primary and l.score < ${SURE} and not l.corrected and not l.chosen)`;
