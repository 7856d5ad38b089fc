import type { EventType, ItemFailed } from '../outbox/events.ts';
import { wellFormed } from '../vocabulary/text.ts';

/** Of a delivery. */
export const MOST_ITEMS = 100;
/** Longer reasons are cut. */
const MOST_REASON = 500;

/** An event as it was noted. */
export interface OutboxRow {
  readonly number: number;
  readonly type: EventType;
  readonly importId: string | null;
  readonly itemId: string | null;
  readonly data: object;
  readonly notedAt: Date;
}

/** What one delivery tells. */
export interface Message {
  readonly type: EventType;
  readonly at: Date;
  readonly importId: string | null;
  /** What it is about: a delivery waits for earlier ones that have one of these. */
  readonly keys: readonly string[];
  /** Of `item.failed`. */
  readonly items: readonly ItemFailed[];
  readonly data: object;
}

interface Batch {
  readonly importId: string;
  readonly at: Date;
  readonly items: Map<string, ItemFailed>;
}

/**
 * Events become messages in their order. The failed items of an import go together, up to a hundred, as long as that
 * puts no item's events, and no import's, in another order.
 */
export function toMessages(rows: readonly OutboxRow[]): Message[] {
  const messages: Message[] = [];
  const open = new Map<string, Batch>();
  const flush = (importId: string) => {
    const batch = open.get(importId);
    if (batch) messages.push(ofItems(batch.importId, batch.at, [...batch.items.values()]));
    open.delete(importId);
  };
  for (const { type, importId, itemId, data, notedAt } of rows) {
    if (type === 'item.failed' && importId !== null && itemId !== null) {
      // Another batch that names the item came first.
      if ([...open.values()].some(({ items }) => items.has(itemId))) [...open.keys()].forEach(flush);
      const batch = open.get(importId) ?? { importId, at: notedAt, items: new Map() };
      open.set(importId, batch);
      batch.items.set(itemId, data as ItemFailed);
      if (batch.items.size === MOST_ITEMS) flush(importId);
    } else {
      if (importId !== null) flush(importId);
      const keys = [importId === null ? type : keyOfImport(importId)];
      messages.push({ type, at: notedAt, importId, keys, items: [], data });
    }
  }
  [...open.keys()].forEach(flush);
  return messages;
}

/** A message of failed items. */
export function ofItems(importId: string, at: Date, failed: readonly ItemFailed[]): Message {
  const items = failed.map((item) => ({ ...item, reason: wellFormed(item.reason.slice(0, MOST_REASON)) }));
  return {
    type: 'item.failed',
    at,
    importId,
    keys: [keyOfImport(importId), ...items.map(({ itemId }) => `item:${itemId}`)],
    items,
    data: { importId, items },
  };
}

const keyOfImport = (importId: string) => `import:${importId}`;

/** The body of a delivery, as the Standard Webhooks specification recommends it. */
export function bodyOf(type: string, at: Date, data: object): string {
  return wellFormed(JSON.stringify({ type, timestamp: at.toISOString(), data }));
}
