import { MAX_LOOK_ITEMS } from '../../catalogue/looks/feed-looks.sql.ts';
import { MIN_LOOK_ITEMS } from './check-looks.ts';
import type { LookItemRow, LookRow } from './looks.sql.ts';

/** Ids that a message lists. */
const MAX_LISTED = 5;

/** Whether shoppers are shown the item in a look. */
export function isUsable({ shown, inStock, allowed }: LookItemRow): boolean {
  return shown && inStock && allowed;
}

/** What is wrong with a look, in English; null if nothing is. `items` are those that the shop still has. */
export function problemOf(
  { itemCount, source }: Pick<LookRow, 'itemCount' | 'source'>,
  items: readonly LookItemRow[],
): string | null {
  const kept = Math.min(itemCount, MAX_LOOK_ITEMS);
  const gone = kept - items.length;
  const idsOf = (is: (item: LookItemRow) => boolean) => items.filter(is).map(({ itemId }) => itemId);
  const hidden = idsOf(({ shown }) => !shown);
  const soldOut = idsOf(({ shown, inStock }) => shown && !inStock);
  const excluded = idsOf(({ shown, inStock, allowed }) => shown && inStock && !allowed);
  const sentences = [
    itemCount > kept &&
      `The feed gives it more than ${MAX_LOOK_ITEMS} items; the first ${MAX_LOOK_ITEMS} by id count.`,
    source === 'feed' && itemCount === 1 && 'The feed gives it one item alone.',
    gone > 0 && `${gone} of its ${kept} items ${gone === 1 ? 'is' : 'are'} no longer in the shop.`,
    hidden.length > 0 &&
      `${list(hidden)} cannot be found: not parsed yet, failed, or without a garment to match.`,
    soldOut.length > 0 && `${list(soldOut)} ${soldOut.length === 1 ? 'is' : 'are'} out of stock.`,
    excluded.length > 0 && `${list(excluded)} ${excluded.length === 1 ? 'is' : 'are'} excluded by a rule.`,
    items.filter(isUsable).length < MIN_LOOK_ITEMS &&
      'Shoppers do not see the look: fewer than two of its items can be shown.',
  ].filter((sentence) => sentence !== false);
  return sentences.length > 0 ? sentences.join(' ') : null;
}

function list(ids: readonly string[]): string {
  const shown = ids.slice(0, MAX_LISTED);
  if (ids.length > MAX_LISTED) return `${shown.join(', ')} and ${ids.length - MAX_LISTED} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
