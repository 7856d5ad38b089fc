import type { Database, Queryable } from '../db/database.ts';
import {
  countTold,
  insertDeliveries,
  type Listener,
  listShopsToTell,
  lockListeners,
  type NewDelivery,
  readOutbox,
  removeFromOutbox,
  wakeEndpoints,
} from './dispatch.sql.ts';
import { disableEndpoint } from './endpoints.sql.ts';
import { bodyOf, type Message, MOST_ITEMS, ofItems, toMessages } from './messages.ts';
import type { Schedule } from './schedule.ts';

/** Events of a shop that become deliveries in one transaction. */
const AT_ONCE = 500;
/** Failed items of an import that an endpoint is told of. The import's end tells how many there were. */
const MOST_OF_IMPORT = 2_000;
/** An endpoint for which more wait is switched off. */
const MOST_WAITING = 10_000;

/** Turns what was noted into deliveries, for each endpoint that wants it. A shop's error does not keep the others waiting. */
export async function dispatchEvents(
  db: Database,
  { collects }: Schedule,
  onError: (error: unknown) => void,
): Promise<void> {
  const shops = await db.asOwner((tx) => listShopsToTell(tx, { many: MOST_ITEMS, seconds: collects }));
  for (const shopId of shops) await db.inShop(shopId, (tx) => dispatchShop(tx, shopId)).catch(onError);
}

async function dispatchShop(tx: Queryable, shopId: string): Promise<void> {
  const listeners = await lockListeners(tx, shopId);
  const rows = await readOutbox(tx, shopId, AT_ONCE);
  const messages = toMessages(rows);
  const woken: string[] = [];
  for (const listener of listeners) {
    const deliveries = await deliveriesTo(tx, shopId, listener, messages);
    if (deliveries.length === 0) continue;
    if (listener.waiting + deliveries.length > MOST_WAITING) {
      await disableEndpoint(tx, shopId, listener.id, 'backlog');
      continue;
    }
    await insertDeliveries(tx, shopId, deliveries);
    woken.push(listener.id);
  }
  await wakeEndpoints(tx, shopId, woken);
  await removeFromOutbox(
    tx,
    shopId,
    rows.map(({ number }) => number),
  );
}

async function deliveriesTo(
  tx: Queryable,
  shopId: string,
  { id, events }: Listener,
  messages: readonly Message[],
): Promise<NewDelivery[]> {
  const wanted = messages.filter(({ type }) => events.includes(type));
  const imports = new Set(wanted.flatMap(({ importId, items }) => (items.length > 0 ? importId! : [])));
  const told = imports.size > 0 ? await countTold(tx, shopId, id, [...imports]) : new Map<string, number>();
  return wanted.flatMap((message) => {
    const cut = withinBound(message, told);
    if (!cut) return [];
    const { type, at, importId, keys, items, data } = cut;
    return { endpointId: id, type, importId, items: items.length, keys, body: bodyOf(type, at, data) };
  });
}

/** The message without what would be too many failed items of its import; null if nothing is left. */
function withinBound(message: Message, told: Map<string, number>): Message | null {
  const { importId, items, at } = message;
  if (importId === null || items.length === 0) return message;
  const before = told.get(importId) ?? 0;
  const room = Math.max(0, MOST_OF_IMPORT - before);
  told.set(importId, before + Math.min(room, items.length));
  if (room === 0) return null;
  return room >= items.length ? message : ofItems(importId, at, items.slice(0, room));
}
