import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../../../server/catalogue/fetch/retry-after.ts';
import { pauseOf, probeOf, SCHEDULE, secondsOf } from '../../../../server/webhooks/schedule.ts';

describe('pauses', () => {
  it('grow up to an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 90].map((failures) => pauseOf(SCHEDULE, failures))).toEqual([
      5, 30, 120, 600, 1800, 3600, 3600, 3600,
    ]);
  });

  it('of an endpoint grow up to five minutes', () => {
    expect([1, 2, 3, 4, 90].map((failures) => probeOf(SCHEDULE, failures))).toEqual([5, 30, 120, 300, 300]);
  });

  it('are as long as the receiver asks for, up to an hour', () => {
    expect([pauseOf(SCHEDULE, 1, 60), pauseOf(SCHEDULE, 3, 60), pauseOf(SCHEDULE, 1, 1e6)]).toEqual([
      60, 120, 3600,
    ]);
    expect([probeOf(SCHEDULE, 1, 60), probeOf(SCHEDULE, 9, 60), probeOf(SCHEDULE, 1, 1e6)]).toEqual([
      60, 300, 3600,
    ]);
  });

  it('give a delivery fewer than a hundred attempts in three days', () => {
    let at = 0;
    let tries = 1;
    for (; at < SCHEDULE.givesUpAfter; tries++) at += pauseOf(SCHEDULE, tries);
    expect(tries).toBeLessThan(SCHEDULE.mostTries);
  });
});

it('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-11-29T10:00:00Z');
  expect(
    [
      ...['30', ' 30 ', '9999999', 'Sun, 29 Nov 2026 10:01:00 GMT', 'Sun, 29 Nov 2026 09:00:00 GMT'],
      ...['soon', '-5', '', null],
    ].map((value) => secondsOf(value, now)),
  ).toEqual([30, 30, 9_999_999, 60, 0, 0, 0, 0, 0]);
  expect(retryAfterMs('', now, 2000)).toBe(2000);
});
