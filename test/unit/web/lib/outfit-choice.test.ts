import { describe, expect, it } from 'vitest';
import type { Outfit, OutfitPiece, Slot } from '../../../../web/lib/api/outfit-shapes.ts';
import { emptySlots, isOver, nextOutfit, outfitKey } from '../../../../web/lib/outfit-choice.ts';

const piece = (slot: string, id = slot) => ({ slot, item: { id }, garmentId: null }) as OutfitPiece;
const outfit = (id: string, ...pieces: OutfitPiece[]) => ({ id, pieces }) as Outfit;
const slot = (name: string, itemCount = 5): Slot => ({ name, label: name, itemCount });

describe('nextOutfit', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => outfit(id, piece('top', id)));

  it('is the first that was not shown yet', () => {
    expect(nextOutfit([a!, b!, c!], a!, new Set([outfitKey(a!), outfitKey(b!)]))).toBe(c);
  });

  it('is the first other one, if all were shown', () => {
    const seen = new Set([a!, b!, c!].map(outfitKey));
    expect(nextOutfit([a!, b!, c!], a!, seen)).toBe(b);
    expect(nextOutfit([a!], a!, seen)).toBeUndefined();
  });
});

it('an outfit is over the budget only if its total is known', () => {
  const total = { amount: '120.10', currency: 'EUR' };
  expect(isOver({ total }, 120)).toBe(true);
  expect(isOver({ total }, 120.1)).toBe(false);
  expect(isOver({ total }, null)).toBe(false);
  expect(isOver({ total: null }, 1)).toBe(false);
});

it('offers no slot that the outfit has, that the shop has nothing for, or that is not worn with the rest', () => {
  const slots = ['outerwear', 'top', 'bottom', 'dress', 'shoes'].map((name) => slot(name));
  const names = (...pieces: OutfitPiece[]) =>
    emptySlots(outfit('x', ...pieces), slots).map(({ name }) => name);
  expect(names(piece('top'))).toEqual(['outerwear', 'bottom', 'shoes']);
  expect(names(piece('dress'))).toEqual(['outerwear', 'shoes']);
  expect(emptySlots(outfit('x', piece('dress')), [slot('shoes', 0)])).toEqual([]);
});
