import type { Queryable } from '../db/database.ts';
import { type ItemCount, Tally } from './tally.ts';
import { addCounts, addItemCounts, findKnownItems, markFound, noteMisses } from './write.sql.ts';

/** Writes a tally. Events of items that the shop does not have are counted as such, and as nothing else. */
export async function writeTally(tx: Queryable, shopId: string, tally: Tally): Promise<void> {
  const events = [...tally.items.values()];
  const ids = [...new Set(events.map(({ itemId }) => itemId))];
  const known = ids.length > 0 ? await findKnownItems(tx, shopId, ids) : new Set<string>();
  const counts = new Tally();
  for (const count of tally.counts.values()) counts.add(count);
  for (const event of events) countEvent(counts, event, known.has(event.itemId));
  const ofKnown = events.filter(({ itemId }) => known.has(itemId));
  if (counts.size > 0) await addCounts(tx, shopId, [...counts.counts.values()]);
  if (ofKnown.length > 0) await addItemCounts(tx, shopId, ofKnown);
  if (tally.found.size > 0) await markFound(tx, shopId, tally.found);
  if (tally.misses.size > 0) await noteMisses(tx, shopId, [...tally.misses.values()]);
}

function countEvent(counts: Tally, event: ItemCount, isKnown: boolean): void {
  const { day, source, arm, kind, count, visits } = event;
  const row = { day, source, arm, subject: '' };
  counts.add({ ...row, kind: isKnown ? kind : 'unknown_item', count });
  if (isKnown && kind === 'added' && visits > 0) counts.add({ ...row, kind: 'added_visit', count: visits });
}
