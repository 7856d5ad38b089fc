import { expect, it } from 'vitest';
import { makeBuckets } from '../../../../server/access/bucket.ts';

function at(capacity: number) {
  const clock = { ms: 0 };
  return { clock, buckets: makeBuckets(capacity, () => clock.ms) };
}

it('starts full, and says how long to wait once it is empty', () => {
  const { buckets } = at(60);
  expect(buckets.take('a', 60)).toBe(0);
  expect(buckets.take('a', 5)).toBe(5000);
  // What is refused costs nothing.
  expect(buckets.left('a')).toBe(0);
});

it('has enough again after just that time', () => {
  const { clock, buckets } = at(7);
  buckets.take('a', 7);
  const wait = buckets.take('a', 3);
  clock.ms = wait - 1;
  expect(buckets.take('a', 3)).toBe(1);
  clock.ms = wait;
  expect(buckets.take('a', 3)).toBe(0);
});

it('is never fuller than full, and each client has its own', () => {
  const { clock, buckets } = at(60);
  buckets.take('a', 10);
  clock.ms = 3_600_000;
  expect(buckets.left('a')).toBe(60);
  expect(buckets.take('b', 60)).toBe(0);
  expect(buckets.left('a')).toBe(60);
});

it('refuses for good what it cannot hold', () => {
  const { buckets } = at(60);
  expect(buckets.take('a', 61)).toBe(60_000);
  expect(buckets.left('a')).toBe(60);
});

it('forgets clients whose buckets are full, and no others', () => {
  const { clock, buckets } = at(60);
  buckets.take('busy', 60);
  for (let i = 0; i < 10_000; i++) buckets.take(`client ${i}`, 1);
  clock.ms = 30_000;
  for (let i = 0; i < 10_000; i++) buckets.take(`other ${i}`, 1);
  expect(buckets.left('busy')).toBe(30);
});
