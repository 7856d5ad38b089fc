import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../../../../server/db/database.ts';
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
