import { describe, expect, it } from 'vitest';
import type { Outfit, OutfitPiece } from '../../../../web/lib/api/outfit-shapes.ts';
import { NO_FILTER } from '../../../../web/lib/filter.ts';
import {
  keptSlots,
  outfitAddress,
  outfitIdIn,
  questionAbout,
  readWishes,
  targetOf,
  type Wishes,
} from '../../../../web/lib/outfit-address.ts';

const piece = (slot: string, id: string, isGiven = false) =>
  ({ slot, isGiven, item: { id }, garmentId: null, crop: null }) as OutfitPiece;
const worn = (slot: string, garmentId: string) =>
  ({ slot, isGiven: true, item: null, garmentId, crop: null }) as OutfitPiece;
const outfit = (...pieces: OutfitPiece[]) => ({ pieces }) as Outfit;

const wishes: Wishes = {
  to: { itemId: 'a:b/ü' },
  locked: ['top'],
  slots: ['top', 'bottom'],
  diversity: 0.8,
  budget: 120.5,
  seed: 3,
  filter: { ...NO_FILTER, brands: ['Lindwurm & Co'] },
};

function read(address: string): { id: string; wishes: Wishes } {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  return { id: outfitIdIn(pathname), wishes: readWishes(searchParams) };
}

describe('the address of an outfit', () => {
  it('holds the outfit and all that is asked for', () => {
    expect(read(outfitAddress('x_-9', wishes))).toEqual({ id: 'x_-9', wishes });
  });

  it('tells no locked piece from locks that nobody has chosen yet', () => {
    expect(read(outfitAddress('x', { ...wishes, locked: [] })).wishes.locked).toEqual([]);
    expect(read(outfitAddress('x')).wishes.locked).toBeNull();
  });

  it('is short where nothing is asked for', () => {
    expect(outfitAddress('x')).toBe('/outfits/x');
  });

  it.each(['vary=2', 'budget=-1', 'seed=x', 'to=shop:1', 'to=item:', 'budget=1e99'])(
    'ignores %s',
    (search) => {
      expect(readWishes(new URLSearchParams(search))).toEqual(readWishes(new URLSearchParams()));
    },
  );
});

describe('targetOf', () => {
  it('is what the address says', () => {
    expect(targetOf(outfit(piece('top', 'A'), piece('bottom', 'B')), { to: { itemId: 'B' } })).toEqual({
      itemId: 'B',
    });
    expect(targetOf(outfit(worn('top', 'G')), { to: { photoId: 'P' } })).toEqual({ photoId: 'P' });
  });

  it('is the first piece that was given, if the address does not say or its item is gone', () => {
    const pieces = outfit(piece('top', 'A'), piece('bottom', 'B', true));
    expect(targetOf(pieces, { to: null })).toEqual({ itemId: 'B' });
    expect(targetOf(pieces, { to: { itemId: 'GONE' } })).toEqual({ itemId: 'B' });
    expect(targetOf(outfit(worn('top', 'G')), { to: null })).toEqual({ garmentId: 'G' });
  });
});

describe('what is asked', () => {
  it('keeps the locked items, but does not name the one that the outfit is built around', () => {
    const shown = outfit(piece('top', 'A'), piece('bottom', 'B', true), piece('outerwear', 'C'));
    const to = { itemId: 'B' };
    const kept = keptSlots(shown, { ...wishes, locked: ['top', 'bottom'] }, to);
    expect(kept).toEqual(['top']);
    expect(questionAbout(shown, to, kept, wishes).locked).toEqual(['A']);
  });

  it('keeps what was given, until the visitor chooses', () => {
    const shown = outfit(piece('top', 'A', true), piece('bottom', 'B', true));
    expect(keptSlots(shown, { ...wishes, locked: null }, { itemId: 'B' })).toEqual(['top']);
    expect(keptSlots(shown, { ...wishes, locked: [] }, { itemId: 'B' })).toEqual([]);
  });
});
