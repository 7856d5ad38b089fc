import { describe, expect, it } from 'vitest';
import { bodyOf, MOST_ITEMS, type OutboxRow, toMessages } from '../../../../server/webhooks/messages.ts';

let number = 0;

function failed(importId: string, itemId: string): OutboxRow {
  number += 1;
  const data = { itemId, row: number, code: 'FETCH_FAILED', reason: 'It is gone.', kept: false };
  return { number, type: 'item.failed', importId, itemId, data, notedAt: new Date(number * 1000) };
}

function finished(importId: string): OutboxRow {
  number += 1;
  const data = { importId };
  return { number, type: 'import.finished', importId, itemId: null, data, notedAt: new Date(number * 1000) };
}

/** "a: x y" is a batch of the items x and y of import a, "a." its end. */
const shown = (rows: readonly OutboxRow[]) =>
  toMessages(rows).map(({ type, importId, items }) =>
    type === 'import.finished'
      ? `${importId}.`
      : `${importId}: ${items.map(({ itemId }) => itemId).join(' ')}`,
  );

describe('messages', () => {
  it('have the failed items of an import together, before its end', () => {
    expect(
      shown([failed('a', 'x'), failed('b', 'u'), failed('a', 'y'), finished('a'), failed('b', 'v')]),
    ).toEqual(['a: x y', 'a.', 'b: u v']);
  });

  it('keep the order of an item that failed in two imports', () => {
    expect(shown([failed('a', 'u'), failed('b', 'x'), failed('a', 'x'), finished('a')])).toEqual([
      'a: u',
      'b: x',
      'a: x',
      'a.',
    ]);
  });

  it('tell twice of an item that failed twice in an import', () => {
    expect(shown([failed('a', 'x'), failed('a', 'x')])).toEqual(['a: x', 'a: x']);
  });

  it('have a hundred items each', () => {
    const rows = Array.from({ length: 2 * MOST_ITEMS + 1 }, (_, i) => failed('a', `item-${i}`));
    expect(toMessages(rows).map(({ items }) => items.length)).toEqual([MOST_ITEMS, MOST_ITEMS, 1]);
  });

  it('wait for others about the same items and the same import', () => {
    const [items, end] = toMessages([failed('a', 'x'), finished('a')]);
    expect(items!.keys).toEqual(['import:a', 'item:x']);
    expect(end!.keys).toEqual(['import:a']);
  });

  it('cut long reasons', () => {
    const row = failed('a', 'x');
    const [message] = toMessages([{ ...row, data: { ...row.data, reason: `x${'👗'.repeat(1000)}` } }]);
    expect(message!.items[0]!.reason).toBe(`x${'👗'.repeat(249)}\uFFFD`);
  });
});

it('a body has type, time and data', () => {
  expect(JSON.parse(bodyOf('webhook.test', new Date(0), { a: 1 }))).toEqual({
    type: 'webhook.test',
    timestamp: '1970-01-01T00:00:00.000Z',
    data: { a: 1 },
  });
});
