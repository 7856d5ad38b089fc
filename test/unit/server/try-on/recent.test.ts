import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepRecent } from '../../../../server/try-on/recent.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A store of at most two for a second, and a function that counts how often it made something. */
function counting() {
  const recent = keepRecent<number>(2, 1000);
  let made = 0;
  return { recent, make: async () => ++made };
}

it('makes a thing once, and the oldest again where there are too many', async () => {
  const { recent, make } = counting();
  const both = await Promise.all([recent.get('a', make), recent.get('a', make)]);
  expect(both).toEqual([1, 1]);
  expect([await recent.get('b', make), await recent.get('a', make), await recent.get('c', make)]).toEqual([
    2, 1, 3,
  ]);
  expect(await recent.get('a', make)).toBe(4);
});

it('keeps nothing for longer than it says, and nothing that failed', async () => {
  const { recent, make } = counting();
  await recent.get('a', make);
  vi.advanceTimersByTime(999);
  expect(await recent.get('a', make)).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await recent.get('a', make)).toBe(2);
  await expect(recent.get('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await recent.get('b', make)).toBe(3);
});
