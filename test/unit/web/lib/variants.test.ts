import { describe, expect, it } from 'vitest';
import type { Variant } from '../../../../web/lib/api/shapes.ts';
import { colourChoices, sizeChoices } from '../../../../web/lib/variants.ts';

const variant = (id: string, color: string | null, size: string | null): Variant => ({
  id,
  color,
  size,
  availability: 'IN_STOCK',
  imageUrl: null,
});
const variants = [
  variant('r-m', 'Red', 'M'),
  variant('r-10', 'Red', '10'),
  variant('r-s', 'Red', 'S'),
  variant('r-9', 'Red', '9'),
  variant('b-l', 'Blue', 'L'),
  variant('b-m', 'Blue', 'M'),
];
const item = { id: 'r-m', color: 'Red', size: 'M', variants };
const named = (choices: ReturnType<typeof colourChoices>) =>
  choices.map(({ name, variant: { id }, current }) => `${name} ${id}${current ? ' *' : ''}`);

describe('an item’s choices', () => {
  it('are its colours, in the same size where there is one', () => {
    expect(named(colourChoices(item))).toEqual(['Red r-m *', 'Blue b-m']);
    expect(named(colourChoices({ ...item, id: 'r-9', size: '9' }))).toEqual(['Red r-9 *', 'Blue b-l']);
  });

  it('are the sizes of its colour, from small to large', () => {
    expect(named(sizeChoices(item))).toEqual(['S r-s', 'M r-m *', '9 r-9', '10 r-10']);
  });

  it('are none where there is one alone, or no group', () => {
    const one = [variant('a', 'Red', null), variant('b', 'Red', null)];
    expect(colourChoices({ id: 'a', color: 'Red', size: null, variants: one })).toEqual([]);
    expect(sizeChoices({ id: 'a', color: 'Red', size: null, variants: one })).toEqual([]);
    expect(colourChoices({ ...item, variants: [] })).toEqual([]);
  });
});
