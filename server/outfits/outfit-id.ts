/**
 * An outfit's id holds the outfit: what it consists of, by slot, so that it can be restored from a link. It is no secret
 * and not signed: it names rows of one shop, which are read like any other. Bytes in base64url: a version, then for each
 * piece its flags, its slot and its id, then the id of the look.
 */
import { InvalidInputError } from '../errors/errors.ts';
import { isBuiltInSlot } from '../vocabulary/slots.ts';
import { isWellFormed } from '../vocabulary/text.ts';
import { MAX_ITEM_ID, MAX_SLOTS } from './limits.ts';

export interface NamedPiece {
  readonly kind: 'item' | 'garment';
  readonly id: string;
  readonly slot: string;
  readonly isGiven: boolean;
}

export interface NamedOutfit {
  readonly pieces: readonly NamedPiece[];
  readonly lookId: string | null;
}

const VERSION = 1;
/** Those that every shop has, in one byte each; 255 is followed by a name. */
const BUILT_IN = ['outerwear', 'top', 'dress', 'bottom'];
const NAMED = 255;
const GARMENT = 1;
const GIVEN = 2;
const MAX_SLOT_NAME = 30;
const MAX_LOOK_ID = 100;
/** Longer ones cannot be ours: 8 pieces with ids of 100 characters of at most 4 bytes. */
const MAX_ID = 6_000;

export function encodeOutfit({ pieces, lookId }: NamedOutfit): string {
  const parts = pieces.map(({ kind, id, slot, isGiven }) => {
    const flags = (kind === 'garment' ? GARMENT : 0) | (isGiven ? GIVEN : 0);
    const place = BUILT_IN.indexOf(slot);
    const name = place >= 0 ? Buffer.from([place]) : Buffer.concat([Buffer.from([NAMED]), text(slot)]);
    const bytes = kind === 'garment' ? Buffer.from(id.replaceAll('-', ''), 'hex') : text(id);
    return Buffer.concat([Buffer.from([flags]), name, bytes]);
  });
  const look = lookId === null ? Buffer.alloc(0) : text(lookId);
  return Buffer.concat([Buffer.from([VERSION, pieces.length]), ...parts, look]).toString('base64url');
}

/** Throws InvalidInputError with the code INVALID_OUTFIT for what `encodeOutfit` did not make. */
export function decodeOutfit(id: string, field: string): NamedOutfit {
  const invalid = new InvalidInputError('This id is not that of an outfit.', {
    code: 'INVALID_OUTFIT',
    field,
  });
  if (id.length > MAX_ID) throw invalid;
  const read = reader(Buffer.from(id, 'base64url'), invalid);
  if (read.byte() !== VERSION) throw invalid;
  const count = read.byte();
  if (count < 1 || count > MAX_SLOTS + BUILT_IN.length) throw invalid;
  const pieces: NamedPiece[] = [];
  for (let i = 0; i < count; i++) {
    const flags = read.byte();
    const place = read.byte();
    const slot = place === NAMED ? read.text(MAX_SLOT_NAME) : BUILT_IN[place];
    if (slot === undefined || pieces.some((piece) => piece.slot === slot)) throw invalid;
    if (place === NAMED && isBuiltInSlot(slot)) throw invalid;
    const isGarment = (flags & GARMENT) !== 0;
    const piece = isGarment ? read.uuid() : read.text(MAX_ITEM_ID);
    pieces.push({ kind: isGarment ? 'garment' : 'item', id: piece, slot, isGiven: (flags & GIVEN) !== 0 });
  }
  const lookId = read.isAtEnd() ? null : read.text(MAX_LOOK_ID);
  // One outfit has one id: nothing may be left over, and no bit may be set that says nothing.
  if (!read.isAtEnd() || encodeOutfit({ pieces, lookId }) !== id) throw invalid;
  return { pieces, lookId };
}

/** Its length in two bytes, then UTF-8. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function reader(bytes: Buffer, invalid: InvalidInputError) {
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw invalid;
    at += length;
    return bytes.subarray(at - length, at);
  };
  return {
    byte: () => take(1)[0]!,
    text(longest: number): string {
      const value = take(take(2).readUInt16BE(0)).toString('utf8');
      if (value.length === 0 || value.length > longest || !isWellFormed(value)) throw invalid;
      return value;
    },
    uuid: () =>
      take(16)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    isAtEnd: () => at === bytes.length,
  };
}
