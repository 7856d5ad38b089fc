import { describe, expect, it } from 'vitest';
import { addWords, slotName, slotProblem, splitWords } from '../../../../web/lib/slots.ts';

describe('slotName', () => {
  it.each([
    ['Shoes', 'shoes'],
    ['Schuhe & Stiefel', 'schuhe-stiefel'],
    ['Été', 'ete'],
    ['  Bags ', 'bags'],
    ['靴', ''],
    [`${'a'.repeat(29)} bc`, 'a'.repeat(29)],
  ])('makes of %j %j', (label, name) => {
    expect(slotName(label)).toBe(name);
  });
});

describe('words', () => {
  it('are split at commas and line ends', () => {
    expect(splitWords(' Shoes, Running  Shoes\nBoots;;\n')).toEqual(['Shoes', 'Running Shoes', 'Boots']);
  });

  it('are kept once, as they were spelt first', () => {
    expect(addWords(['Shoes', 'Boots'], ['shoes', 'Sandals', 'SANDALS'])).toEqual([
      'Shoes',
      'Boots',
      'Sandals',
    ]);
  });
});

describe('slotProblem', () => {
  const draft = { label: 'Shoes', name: 'shoes', words: ['Shoes'] };

  it.each([
    [{ ...draft, label: ' ' }, 'label'],
    [{ ...draft, name: '' }, 'name'],
    [{ ...draft, name: 'My shoes' }, 'name'],
    [{ ...draft, name: 'top' }, 'name'],
    [{ ...draft, words: [] }, 'words'],
    [{ ...draft, words: Array.from({ length: 51 }, String) }, 'words'],
    [draft, undefined],
  ])('of %j is with %s', (given, field) => {
    expect(slotProblem(given, ['top'])?.field).toBe(field);
  });
});
