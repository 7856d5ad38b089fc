import type { Queryable } from '../db/database.ts';
import type { EventType, NewEvent } from './events.ts';

/** Whether an endpoint of the shop is to be told of such events. */
export async function isWanted(db: Queryable, shopId: string, type: EventType): Promise<boolean> {
  const { rows } = await db.query<{ wanted: boolean }>(
    `select exists (select from webhook_endpoints
       where shop_id = $1 and disabled_at is null and $2 = any(events)) as wanted`,
    [shopId, type],
  );
  return rows[0]!.wanted;
}

export async function insertEvent(db: Queryable, shopId: string, event: NewEvent): Promise<void> {
  await db.query('insert into outbox (shop_id, type, import_id, item_id, data) values ($1, $2, $3, $4, $5)', [
    shopId,
    event.type,
    'importId' in event ? event.importId : null,
    'itemId' in event ? event.itemId : null,
    JSON.stringify(event.data),
  ]);
}
