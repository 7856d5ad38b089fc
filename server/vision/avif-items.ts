/** The streams of AV1 in an AVIF, of whatever its items are: ISO/IEC 14496-12, 8.11.3, and the AV1 ISOBMFF binding. */
import { topBoxes } from './avif-boxes.ts';

/** Where items lie, where small ones may lie instead of in the file, and a property that holds a stream's first units. */
const [ILOC, IDAT, AV1C] = ['iloc', 'idat', 'av1C'];
/** After its name. */
const AV1C_UNITS = 8;
/** Of the two boxes that a file has once. Their names may also stand in a text. */
const MOST_BOXES = 8;
/** libheif reads no item of more. */
const MOST_EXTENTS = 256;
/** Bytes that all items may name together: encoders write equal tiles once, so that items share them. */
const mostNamed = (file: Buffer) => Math.max(2 * file.length, 8 * 1024 * 1024);

/** Null if the file is of a kind that cannot be told, or its items name the same bytes over and over. */
export function av1Streams(file: Buffer): Buffer[] | null {
  const streams: Buffer[] = [];
  let left = mostNamed(file);
  for (const { type, body } of topBoxes(file)) {
    // A picture without items: of a later edition, and of no encoder that is in use.
    if (type === 'mini') return null;
    if (type !== 'meta') continue;
    const [ilocs, idats] = [placesOf(body, ILOC), placesOf(body, IDAT)];
    if (ilocs.length > MOST_BOXES || idats.length > MOST_BOXES) return null;
    for (const stream of [...firstUnits(body), ...items(file, body, ilocs, idats)]) {
      left -= stream.length;
      if (left < 0) return null;
      streams.push(stream);
    }
  }
  return streams;
}

/** Where a box of this name may begin its body; one more than enough at the most. */
function placesOf(body: Buffer, name: string): number[] {
  const places: number[] = [];
  for (let at = body.indexOf(name); at >= 0 && places.length <= MOST_BOXES; at = body.indexOf(name, at + 4)) {
    places.push(at + name.length);
  }
  return places;
}

function* firstUnits(body: Buffer): Generator<Buffer> {
  for (let at = body.indexOf(AV1C); at >= 4; at = body.indexOf(AV1C, at + 4)) {
    const end = at - 4 + body.readUInt32BE(at - 4);
    if (end > at + AV1C_UNITS) yield body.subarray(at + AV1C_UNITS, end);
  }
}

function* items(file: Buffer, body: Buffer, ilocs: number[], idats: number[]): Generator<Buffer> {
  for (const iloc of ilocs) {
    for (const { inIdat, extents } of placedItems(body.subarray(iloc))) {
      for (const source of inIdat ? idats.map((idat) => body.subarray(idat)) : [file]) {
        const parts = extents.map(({ from, length }) => source.subarray(from, length && from + length));
        // More than the caller takes is not put together first.
        const length = parts.reduce((sum, part) => sum + part.length, 0);
        if (length > mostNamed(file)) yield* parts;
        else if (length > 0) yield parts.length === 1 ? parts[0]! : Buffer.concat(parts);
      }
    }
  }
}

interface PlacedItem {
  readonly inIdat: boolean;
  /** Length 0 is up to the end. */
  readonly extents: readonly { readonly from: number; readonly length: number | undefined }[];
}

/** Reads the body of an `iloc` box as far as it goes: what is cut off has no picture. */
function* placedItems(box: Buffer): Generator<PlacedItem> {
  let at = 0;
  const read = (bytes: number): number => {
    const value = bytes === 0 ? 0 : bytes === 8 ? Number(box.readBigUInt64BE(at)) : box.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  try {
    const version = read(4) >>> 24;
    const [sizes, more] = [read(1), read(1)];
    const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 4, sizes & 15, more >> 4];
    const indexBytes = version === 0 ? 0 : more & 15;
    const count = read(version < 2 ? 2 : 4);
    for (let i = 0; i < count; i++) {
      read(version < 2 ? 2 : 4);
      const method = version === 0 ? 0 : read(2) & 15;
      read(2);
      const base = read(baseBytes);
      const extents = Array.from({ length: Math.min(read(2), MOST_EXTENTS + 1) }, () => {
        read(indexBytes);
        const from = base + read(offsetBytes);
        return { from, length: read(lengthBytes) || undefined };
      });
      if (extents.length > MOST_EXTENTS) return;
      yield { inIdat: method === 1, extents };
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
  }
}
