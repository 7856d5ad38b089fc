import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../../server/errors/errors.ts';
import { decodeOutfit, encodeOutfit, type NamedOutfit } from '../../../../server/outfits/outfit-id.ts';

const outfit: NamedOutfit = {
  pieces: [
    { kind: 'item', id: 'sku-1042', slot: 'top', isGiven: true },
    { kind: 'garment', id: '0f8fad5b-d9cb-469f-a165-70867728950e', slot: 'bottom', isGiven: true },
    { kind: 'item', id: 'Schuhe-ß/7', slot: 'shoes', isGiven: false },
  ],
  lookId: 'summer look',
};

describe('the id of an outfit', () => {
  it('holds the outfit, in a short text that an address can carry', () => {
    const id = encodeOutfit(outfit);
    expect(decodeOutfit(id, 'id')).toEqual(outfit);
    expect(id).toMatch(/^[\w-]+$/);
    expect(id.length).toBeLessThan(110);
    const plain = { pieces: outfit.pieces.slice(0, 1), lookId: null };
    expect(decodeOutfit(encodeOutfit(plain), 'id')).toEqual(plain);
    expect(encodeOutfit(plain)).toHaveLength(19);
  });

  it('is refused if anything of it was changed so that it no longer is one', () => {
    const id = encodeOutfit(outfit);
    const refused = [
      '',
      'A',
      id.slice(0, -1),
      `${id}A`,
      `${id}=`,
      ` ${id}`,
      'Ag'.repeat(9000),
      `B${id.slice(1)}`,
    ];
    for (const hostile of refused) {
      expect(() => decodeOutfit(hostile, 'id'), hostile.slice(0, 20)).toThrow(InvalidInputError);
    }
  });

  it('is refused where two pieces fill one slot, or a slot of all shops is written out', () => {
    const twice = { ...outfit, pieces: [outfit.pieces[0]!, outfit.pieces[0]!] };
    expect(() => decodeOutfit(encodeOutfit(twice), 'id')).toThrow(InvalidInputError);
    const bytes = Buffer.concat([
      Buffer.from([1, 1, 0, 255, 0, 3]),
      Buffer.from('top'),
      Buffer.from([0, 1, 65]),
    ]);
    expect(() => decodeOutfit(bytes.toString('base64url'), 'id')).toThrow(InvalidInputError);
  });

  it('never fails in any other way, and whatever is read is written the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const id = Buffer.from([1, ...bytes]).toString('base64url');
        try {
          expect(encodeOutfit(decodeOutfit(id, 'id'))).toBe(id);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
