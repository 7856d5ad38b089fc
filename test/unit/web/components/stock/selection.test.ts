import { describe, expect, it } from 'vitest';
import { NOTHING, type Selection, toggled } from '../../../../../web/components/stock/selection.ts';

const SHOWN = ['a', 'b', 'c', 'd'];
const of = (...ids: string[]): Selection => ({ ids: new Set(ids), isAll: false });
const press = (selection: Selection, at: number, from: number | null = null) =>
  [...toggled(SHOWN, selection, { at, from, extends: from !== null })].sort().join('');

describe('a press on the box of an item', () => {
  it('selects it, and takes it back', () => {
    expect(press(NOTHING, 1)).toBe('b');
    expect(press(of('a', 'b'), 1)).toBe('a');
  });

  it('does so with all between it and the last one, with Shift, in both directions', () => {
    expect(press(of('a'), 2, 0)).toBe('abc');
    expect(press(of('d'), 1, 3)).toBe('bcd');
    expect(press(of('a', 'b', 'c', 'd'), 2, 1)).toBe('ad');
  });

  it('leaves of all that match those that are shown, without it', () => {
    expect(press({ ids: new Set(SHOWN), isAll: true }, 0)).toBe('bcd');
  });

  it('keeps what is selected but not shown', () => {
    expect(press(of('z'), 0)).toBe('az');
  });
});
