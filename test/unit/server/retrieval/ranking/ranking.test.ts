import { describe, expect, it } from 'vitest';
import { arrange } from '../../../../../server/retrieval/ranking/arrange.ts';
import { reachableSteps } from '../../../../../server/retrieval/ranking/conditions.ts';
import {
  isRankKey,
  keyOf,
  progressOf,
  type RankKey,
} from '../../../../../server/retrieval/ranking/rank-key.ts';
import { type ActiveRule, STEP } from '../../../../../server/retrieval/ranking/rule.ts';
import {
  mergeStreams,
  type ReadStream,
  type ShiftedItem,
} from '../../../../../server/retrieval/ranking/streams.ts';
import { randomOf } from '../../../../helpers/random.ts';

const pin = (itemId: string, position: number) => ({ itemId, position });
const shown = (page: ReturnType<typeof arrange<{ itemId: string; position: number }, string>>) =>
  page.map((entry) => ('pin' in entry ? entry.pin.itemId : entry.item)).join('');

describe('pins on a page', () => {
  it('have their positions, and the rest goes around them', () => {
    expect(shown(arrange([pin('P', 2), pin('Q', 4)], ['a', 'b', 'c', 'd', 'e'], 0, 5))).toBe('aPbQc');
  });

  it('share a position one after the other', () => {
    expect(shown(arrange([pin('P', 1), pin('Q', 1)], ['a', 'b', 'c'], 0, 3))).toBe('PQa');
  });

  it('are counted over the pages before', () => {
    expect(shown(arrange([pin('P', 5)], ['a', 'b', 'c'], 3, 3))).toBe('aPb');
  });

  it('follow the rest where it ends before their position', () => {
    expect(shown(arrange([pin('P', 9), pin('Q', 20)], ['a'], 0, 5))).toBe('aPQ');
  });
});

describe('streams', () => {
  const random = randomOf(5);
  const items: ShiftedItem[] = Array.from({ length: 300 }, (_, i) => ({
    itemId: `i${String(i).padStart(3, '0')}`,
    // Of a grid as wide as a step, so that many shifted distances are equal but for rounding.
    distance: Math.floor(random() * 12) * (STEP / 2),
    steps: Math.floor(random() * 7) - 3,
  }));
  const byKey = (a: ShiftedItem, b: ShiftedItem) =>
    a.distance + a.steps * STEP - (b.distance + b.steps * STEP) ||
    a.distance - b.distance ||
    (a.itemId < b.itemId ? -1 : 1);
  const read: ReadStream = async (steps, after, limit) =>
    items
      .filter((item) => item.steps === steps)
      .filter(
        ({ distance, itemId }) =>
          !after || distance > after.distance || (distance === after.distance && itemId > after.itemId),
      )
      .sort((a, b) => a.distance - b.distance || (a.itemId < b.itemId ? -1 : 1))
      .slice(0, limit);
  const take = async (after: ShiftedItem | undefined, count: number) => {
    const taken: ShiftedItem[] = [];
    for await (const item of mergeStreams(read, [-3, -2, -1, 0, 1, 2, 3], after, 7)) {
      if (taken.push(item) === count) break;
    }
    return taken;
  };

  it.each([1, 3, 10, 1000])('merge into one order, %i at a time', async (count) => {
    const all: string[] = [];
    let page: ShiftedItem[] = [];
    do {
      page = await take(page.at(-1), count);
      all.push(...page.map(({ itemId }) => itemId));
    } while (page.length === count);
    expect(all).toEqual([...items].sort(byKey).map(({ itemId }) => itemId));
  });

  it('give an item once that has come from one to another meanwhile', async () => {
    const at = { [-1]: 0.3, 0: 0.1 } as Record<number, number>;
    const moved: ReadStream = async (steps) => [{ itemId: 'a', distance: at[steps]! }];
    const given: string[] = [];
    for await (const { itemId } of mergeStreams(moved, [-1, 0], undefined, 2)) given.push(itemId);
    expect(given).toEqual(['a']);
  });
});

describe('the key of a listing', () => {
  const progress = {
    last: { itemId: 'ü"1', distance: 0.1 + 0.2, steps: -2 },
    served: 7,
    time: '2026-02-28T12:00:00.123456Z',
    pins: [pin('P', 3), pin('Q', 24)],
    passed: 1,
  };
  const written = (key: RankKey) => JSON.parse(JSON.stringify(key)) as RankKey;

  it('is read as it was written', () => {
    expect(isRankKey(written(keyOf(progress)))).toBe(true);
    expect(progressOf(written(keyOf(progress)))).toEqual(progress);
    const fresh = { ...progress, last: undefined, pins: [] };
    expect(progressOf(written(keyOf(fresh)))).toEqual(fresh);
    expect(progressOf([0.5, 'i1'])).toBeNull();
  });

  it.each([
    [[]],
    [[0.5]],
    [['0.5', 'i1']],
    [[0.5, 'i1', 0]],
    [[0.5, 'i1', 0.5, 1, progress.time, 0]],
    [[0.5, 'i1', 0, -1, progress.time, 0]],
    [[0.5, 'i1', 0, 1, '2026-02-31T12:00:00.123456Z', 0]],
    [[0.5, 'i1', 0, 1, 'now', 0]],
    [[0.5, 'i1', 0, 1, progress.time, 0, 'P']],
    [[0.5, 'i1', 0, 1, progress.time, 0, 3, 'P']],
    [[0.5, 'i1', 0, 1, progress.time, 0, ...Array(25).fill(['P', 1]).flat()]],
  ])('is not %j', (key) => {
    expect(isRankKey(key)).toBe(false);
  });
});

describe('the steps that rules may come to', () => {
  const rule = (overrides: Partial<ActiveRule>): ActiveRule => ({
    id: '',
    kind: 'boost',
    itemId: null,
    category: null,
    brand: null,
    attributeName: null,
    attributeValue: null,
    position: null,
    strength: 'normal',
    includeOutOfStock: false,
    searchCategories: null,
    ...overrides,
  });

  it('are 0 alone without boosts and buries', () => {
    expect(reachableSteps([rule({ kind: 'pin', itemId: 'a', position: 1, strength: null })])).toEqual([0]);
  });

  it('are those of one rule or none for rules on different values of one thing', () => {
    expect(reachableSteps([rule({ brand: 'a' }), rule({ brand: 'b', strength: 'weak' })])).toEqual([
      -2, -1, 0,
    ]);
  });

  it('add up over different things, and on one value', () => {
    expect(
      reachableSteps([rule({ brand: 'a' }), rule({ category: 9, kind: 'bury', strength: 'weak' })]),
    ).toEqual([-2, -1, 0, 1]);
    expect(reachableSteps([rule({ brand: 'a', strength: 'weak' }), rule({ brand: 'A' })])).toEqual([-3, 0]);
  });

  it('have a rule once that an item meets in several ways', () => {
    const colour = rule({ attributeName: 'color', attributeValue: 'red/black', strength: 'weak' });
    expect(reachableSteps([colour])).toEqual([-1, 0]);
    expect(reachableSteps([colour, { ...colour, attributeValue: 'red' }])).toEqual([-2, -1, 0]);
  });

  it('are seven at the most', () => {
    const rules = Array.from({ length: 500 }, (_, i) =>
      rule({
        attributeName: `n${i % 40}`,
        attributeValue: `v${i}`,
        kind: i % 3 === 0 ? 'bury' : 'boost',
        strength: (['weak', 'normal', 'strong'] as const)[i % 3]!,
      }),
    );
    expect(reachableSteps(rules)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  });
});
