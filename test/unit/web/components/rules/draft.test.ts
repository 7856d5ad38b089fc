import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { draftOf, EMPTY, missing, toInput } from '../../../../../web/components/rules/draft.ts';
import type { Rule } from '../../../../../web/lib/api/rules.ts';
import type { ItemCard } from '../../../../../web/lib/api/shapes.ts';

const item = { id: 'a', title: 'Skirt' } as ItemCard;
const PIN = { ...EMPTY, item };

describe('missing', () => {
  it('names what a target lacks', () => {
    expect(missing(EMPTY)).toBe('Choose the item.');
    expect(missing({ ...EMPTY, targetKind: 'brand', brand: ' ' })).toBe('Name the brand.');
    expect(missing({ ...EMPTY, targetKind: 'attribute' })).toBe('Name the attribute and its value.');
    expect(missing({ ...EMPTY, targetKind: 'category' })).toBeNull();
  });

  it.each([
    ['0', false],
    ['1', true],
    ['24', true],
    ['25', false],
    ['1.5', false],
    ['', false],
  ])('takes the place %j of a pin: %s', (position, taken) => {
    expect(missing({ ...PIN, position }) === null).toBe(taken);
    expect(missing({ ...PIN, kind: 'EXCLUDE', position })).toBeNull();
  });

  it('wants an end after the start', () => {
    const day = '2026-03-01T10:00';
    expect(missing({ ...PIN, startsAt: day, endsAt: day })).toBe('A rule must end later than it starts.');
    expect(missing({ ...PIN, startsAt: day, endsAt: '2026-03-01T10:01' })).toBeNull();
    expect(missing({ ...PIN, endsAt: day })).toBeNull();
  });
});

describe('toInput', () => {
  it('gives nothing while something is missing', () => {
    expect(toInput(EMPTY)).toBeNull();
  });

  it('gives a pin its place and no strength', () => {
    expect(toInput({ ...PIN, position: '3', note: ' why ' })).toMatchObject({
      kind: 'PIN',
      target: { itemId: 'a' },
      searchCategories: null,
      position: 3,
      strength: null,
      startsAt: null,
      note: 'why',
    });
  });

  it('gives a boost its strength and no place', () => {
    const boost = { ...EMPTY, kind: 'BOOST', targetKind: 'brand', brand: ' Lindwurm ' } as const;
    expect(toInput(boost)).toMatchObject({
      target: { brand: 'Lindwurm' },
      position: null,
      strength: 'NORMAL',
    });
  });
});

describe('draftOf', () => {
  it('is a rule in the form, and back again', () => {
    const rule = {
      id: 'r',
      kind: 'BURY',
      target: { item: null, category: null, brand: null, attribute: { name: 'cut', value: 'slim' } },
      searchCategories: ['SKIRT'],
      position: null,
      strength: 'STRONG',
      evenOutOfStock: false,
      startsAt: '2026-03-01T10:00:00.000Z',
      endsAt: null,
      note: null,
    } as unknown as Rule;
    expect(toInput(draftOf(rule))).toMatchObject({
      id: 'r',
      kind: 'BURY',
      target: { attribute: { name: 'cut', value: 'slim' } },
      searchCategories: ['SKIRT'],
      strength: 'STRONG',
      startsAt: '2026-03-01T10:00:00.000Z',
      endsAt: null,
    });
  });
});

describe('the times of a saved rule', () => {
  // In Berlin, 2:30 comes twice on that night.
  const times = { startsAt: '2026-10-25T00:30:10.500Z', endsAt: '2026-10-25T01:30:10.500Z' };
  beforeAll(() => vi.stubEnv('TZ', 'Europe/Berlin'));
  afterAll(() => vi.unstubAllEnvs());

  it('stay exact while they are not touched, each for itself', () => {
    const draft = draftOf({ id: 'r', kind: 'BOOST', target: { brand: 'Ost' }, ...times } as unknown as Rule);
    expect(draft.startsAt).toBe(draft.endsAt);
    expect(toInput({ ...draft, note: 'another' })).toMatchObject({ ...times, note: 'another' });
    expect(toInput({ ...draft, endsAt: '2026-10-26T02:30' })).toMatchObject({
      startsAt: times.startsAt,
      endsAt: '2026-10-26T01:30:00.000Z',
    });
    expect(toInput({ ...draft, endsAt: '' })).toMatchObject({ startsAt: times.startsAt, endsAt: null });
  });
});
