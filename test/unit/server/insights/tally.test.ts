import { describe, expect, it } from 'vitest';
import { makeRecent } from '../../../../server/insights/recent.ts';
import { Tally } from '../../../../server/insights/tally.ts';

const count = { day: '2026-11-29', source: 'pages', arm: '', kind: 'search', subject: '', count: 1 } as const;
const miss = {
  garmentId: 'g',
  source: 'pages',
  day: '2026-11-29',
  category: 9,
  best: null,
  isNarrowed: false,
};

describe('Tally', () => {
  it('adds up what is alike, and takes back what could not be written', () => {
    const [older, newer] = [new Tally(), new Tally()];
    for (const tally of [older, newer, newer]) {
      tally.add(count);
      tally.addItem({ ...count, kind: 'added', itemId: 'a', visits: 1 });
    }
    older.found.set('a', '2026-11-28');
    newer.found.set('a', '2026-11-29');
    newer.addAll(older);
    expect([...newer.counts.values()]).toEqual([{ ...count, count: 3 }]);
    expect([...newer.items.values()]).toMatchObject([{ itemId: 'a', count: 3, visits: 3 }]);
    expect([...newer.found]).toEqual([['a', '2026-11-29']]);
    expect(newer.size).toBe(3);
  });

  it('is split into parts that lose nothing and keep the kinds of an item together', () => {
    const tally = new Tally();
    tally.add(count);
    for (const kind of ['shown', 'opened', 'added'] as const) {
      for (const itemId of ['a', 'b', 'c']) tally.addItem({ ...count, kind, itemId, visits: 0 });
    }
    tally.addMiss(miss);
    tally.found.set('a', '2026-11-29');
    tally.failures = 3;
    const parts = tally.split(4);
    expect(parts.map(({ size, failures }) => [size, failures])).toEqual([
      [4, 3],
      [4, 3],
      [4, 3],
    ]);
    expect([...parts[0]!.items.values()].map(({ itemId }) => itemId)).toEqual(['a', 'a', 'a']);
    const whole = new Tally();
    for (const part of parts) whole.addAll(part);
    for (const what of ['counts', 'items', 'misses', 'found'] as const) {
      expect(new Map(whole[what] as Map<string, unknown>)).toEqual(tally[what]);
    }
  });

  it('keeps the search that was not narrowed', () => {
    const tally = new Tally();
    tally.addMiss({ ...miss, isNarrowed: true });
    tally.addMiss({ ...miss, best: 0.3 });
    tally.addMiss({ ...miss, isNarrowed: true, best: 0.1 });
    expect([...tally.misses.values()]).toEqual([{ ...miss, best: 0.3 }]);
  });
});

describe('makeRecent', () => {
  it('remembers for its time, and no more than it may', () => {
    const recent = makeRecent({ forMs: 1000, most: 3 });
    expect(['a', 'b', 'a'].map((key) => recent.isNew(key, 0))).toEqual([true, true, false]);
    expect(recent.isNew('a', 1000)).toBe(true);
    for (const key of ['c', 'd', 'e']) recent.isNew(key, 1001);
    expect(recent.isNew('e', 1002)).toBe(false);
    expect(recent.isNew('a', 1003)).toBe(true);
  });
});
