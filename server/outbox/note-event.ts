import type { Queryable } from '../db/database.ts';
import type { EventType, NewEvent } from './events.ts';
import { insertEvent, isWanted } from './outbox.sql.ts';

/**
 * Notes what happened in the transaction in which it did, so that it is told if and only if that is committed. `make`
 * is asked only if an endpoint of the shop wants to know.
 */
export async function noteEvent<Type extends EventType>(
  tx: Queryable,
  shopId: string,
  type: Type,
  make: () => Promise<Omit<Extract<NewEvent, { type: Type }>, 'type'>>,
): Promise<void> {
  if (!(await isWanted(tx, shopId, type))) return;
  await insertEvent(tx, shopId, { type, ...(await make()) } as NewEvent);
}
