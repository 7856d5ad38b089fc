import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../../../../server/db/database.ts';
import { BusyError } from '../../../../server/errors/errors.ts';
import { openRecorder } from '../../../../server/insights/recorder.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const viewer = { role: 'merchandiser', shopId: 'shop', client: 'somebody' } as const;

/** How many writes have begun, each of which takes so long. */
function recordWith(write: () => Promise<unknown>) {
  const inShop = vi.fn(write);
  const db = { as: () => ({ inShop }) } as unknown as Database;
  const recorder = openRecorder(db, { info: () => undefined, error: () => '' });
  return { photo: () => recorder.photo(viewer, []), writes: () => inShop.mock.calls.length };
}

it('waits a hundred times as long as the last write took, also for what came during it', async () => {
  const { photo, writes } = recordWith(() => new Promise((resolve) => setTimeout(resolve, 300)));
  photo();
  await vi.advanceTimersByTimeAsync(5100);
  expect(writes()).toBe(1);
  photo();
  await vi.advanceTimersByTimeAsync(200 + 29_900);
  expect(writes()).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(writes()).toBe(2);
});

it('tries again after five seconds what it could not write, however long that took', async () => {
  const { photo, writes } = recordWith(
    () => new Promise((_, reject) => setTimeout(() => reject(new Error('down')), 300)),
  );
  photo();
  await vi.advanceTimersByTimeAsync(5300);
  expect(writes()).toBe(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(writes()).toBe(2);
});

it("does not refuse a shop's events because another shop has sent too many", () => {
  const db = { as: () => ({ inShop: () => new Promise(() => undefined) }) } as unknown as Database;
  const recorder = openRecorder(db, { info: () => undefined, error: () => '' });
  const shown = (itemId: string) => ({ kind: 'shown', itemId, arm: null, isFirst: false }) as const;
  const flood = () => {
    for (let i = 0; i < 60_000; i += 100) {
      const events = Array.from({ length: 100 }, (_, k) => shown(`item-${i + k}`));
      recorder.events(viewer, events);
    }
  };
  expect(flood).toThrow(BusyError);
  expect(() => recorder.events({ ...viewer, shopId: 'other' }, [shown('item-1')])).not.toThrow();
});
