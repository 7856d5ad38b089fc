import { describe, expect, it } from 'vitest';
import { isWholePicture, makeSlotMatcher } from '../../../../../server/catalogue/slots/match-slot.ts';
import { BUILT_IN_SLOTS } from '../../../../../server/vocabulary/slots.ts';

const SLOTS = [
  { name: 'bags', productTypes: ['Bag', 'Umhängetaschen', 'Wallets & Cases'] },
  { name: 'running', productTypes: ['running shoes'] },
  { name: 'shoes', productTypes: ['Shoes', 'Boots'] },
  { name: 'boots', productTypes: ['Boots'] },
];

describe('the slot of an item', () => {
  it.each([
    [{ productType: 'Women > Shoes > Heels' }, 'shoes'],
    [{ productType: 'RUNNING  SHOES' }, 'running'],
    [{ productType: 'running/shoes' }, 'running'],
    [{ googleProductCategory: 'Apparel & Accessories > Shoes' }, 'shoes'],
    // Google's id of shoes, alone and before its name.
    [{ googleProductCategory: '187' }, 'shoes'],
    [{ googleProductCategory: '187 - Shoes' }, 'shoes'],
    [{ productType: 'UMHÄNGETASCHEN' }, 'bags'],
    // The same letter, written as two.
    [{ productType: 'Umha\u0308ngetaschen' }, 'bags'],
    [{ productType: 'Handbags, Wallets and Cases' }, null],
    [{ productType: 'Handbags, Wallets & Cases' }, 'bags'],
    // A part of a word, and words on both sides of a border between two columns.
    [{ productType: 'Baggy jeans' }, null],
    [{ productType: 'running', googleProductCategory: 'Shoes' }, 'shoes'],
    // Two slots with one word: the first by name.
    [{ productType: 'Boots' }, 'boots'],
    [{ productType: 'Vases' }, null],
    [{}, null],
  ])('%j is %s', (feed, slot) => {
    expect(makeSlotMatcher(SLOTS)({ title: 'Boots', ...feed })).toBe(slot);
  });

  it('has its whole picture compared unless the feed or the title names a garment', () => {
    const isWhole = (slot: string | null, title: string, productType?: string) =>
      isWholePicture(slot, { title, productType });
    expect(isWhole('shoes', 'Pumps', 'Shoes')).toBe(true);
    expect(isWhole('bags', 'Weekender', 'Umhängetaschen')).toBe(true);
    expect(isWhole('beach', 'Pleated skirt', 'Beach')).toBe(false);
    expect(isWhole('shoes', 'Dress shoes')).toBe(true);
    expect(isWhole(null, 'Pumps', 'Shoes')).toBe(false);
  });
});

describe('the built-in slots', () => {
  it('hold each of the 13 categories once', () => {
    const categories = BUILT_IN_SLOTS.flatMap((slot) => slot.categories);
    expect([...categories].sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
  });
});
