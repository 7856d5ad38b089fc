/**
 * Whether reading a picture's Exif costs what it should. libexif, which reads it whenever an image is opened, follows
 * each entry that names a directory, three levels deep: 36 KB of entries that name each other keep it for hours, and
 * nothing can interrupt it. It also copies what each entry names, so that few bytes can be copied over and over.
 */
import type { Format } from './format.ts';

/** Of a TIFF header: byte order, then 42 in that order. */
const HEADERS = ['II*\0', 'MM\0*'].map((header) => Buffer.from(header, 'latin1'));
/** Entries that name a directory: Exif, GPS, Interoperability. */
const DIRECTORIES = new Set([0x8769, 0x8825, 0xa005]);
const ENTRY = 12;
/** Bytes of one value by its type: Exif 2.32, 4.6.2. */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** Of all headers together. A camera writes five, and a few more in its own notes, previews and gain maps. */
const MOST_DIRECTORIES = 256;
/** Of entries and of what they name. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A JPEG keeps Exif in a segment, which is no longer. */
const SEGMENT = 65_536;

export function isExifCostly(bytes: Uint8Array, format: Format): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const spent = { directories: 0, bytes: 0 };
  for (const header of HEADERS) {
    // It may stand anywhere in a file, and pixels may look like one.
    for (let at = file.indexOf(header); at >= 0; at = file.indexOf(header, at + 1)) {
      walk(file.subarray(at, format === 'jpeg' ? at + SEGMENT : undefined), header === HEADERS[0], spent);
      if (isOver(spent)) return true;
    }
  }
  return false;
}

interface Spent {
  directories: number;
  bytes: number;
}

function isOver({ directories, bytes }: Spent): boolean {
  return directories > MOST_DIRECTORIES || bytes > MOST_BYTES;
}

/** Goes through the directories as libexif does, though never less often; stops when too much is spent. */
function walk(tiff: Buffer, littleEndian: boolean, spent: Spent): void {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  spent.directories += 1;
  if (tiff.length < 8) return;
  const first = view.getUint32(4, littleEndian);
  const waiting = [first];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    if (from + 2 > tiff.length) continue;
    const stated = view.getUint16(from, littleEndian);
    const entries = Math.min(stated, Math.floor((tiff.length - from - 2) / ENTRY));
    for (let i = 0; i < entries; i++) {
      const at = from + 2 + i * ENTRY;
      const named = view.getUint32(at + 8, littleEndian);
      if (DIRECTORIES.has(view.getUint16(at, littleEndian))) {
        waiting.push(named);
        spent.directories += 1;
      } else spent.bytes += bytesNamed(view, at, named, littleEndian);
      spent.bytes += ENTRY;
      if (isOver(spent)) return;
    }
    const next = from + 2 + entries * ENTRY;
    // The thumbnail's. A directory that names itself as the next is not read again and again.
    if (from === first && entries === stated && next + 4 <= tiff.length) {
      const thumbnail = view.getUint32(next, littleEndian);
      if (thumbnail !== first) waiting.push(thumbnail);
    }
  }
}

/** What libexif copies of an entry: nothing where that would not lie within the data. */
function bytesNamed(view: DataView, entry: number, named: number, littleEndian: boolean): number {
  const type = view.getUint16(entry + 2, littleEndian);
  const bytes = (VALUE_BYTES[type] ?? 0) * view.getUint32(entry + 4, littleEndian);
  return bytes <= 4 || named + bytes > view.byteLength ? 0 : bytes;
}
