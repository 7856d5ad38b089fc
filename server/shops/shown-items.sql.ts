/**
 * Of `items i`, whose shop is `$1`: what shoppers may see. What searches can find, and what they could find until a feed changed it a moment
 * ago; not what failed, nor what is kept without being matched.
 */
export const SHOWN = `(i.state = 'ready' and i.failure is null or i.state <> 'failed' and exists (
  select from garments s where s.shop_id = $1::uuid and s.item_id = i.id and s.is_primary))`;
