/** A PNG's texts: nobody reads them here, but libpng inflates and keeps each when a file is opened. */
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt'].map((name) => Buffer.from(name).readUInt32BE()));
const SIGNATURE = 8;
/** A chunk's length and name before its data, and the checksum behind. */
const HEAD = 8;
const CHECKSUM = 4;

/** The PNG without them: twenty megabytes of them are twenty gigabytes of zeros, and nothing can interrupt that. */
export function withoutTexts(png: Uint8Array): Uint8Array {
  const file = Buffer.from(png.buffer, png.byteOffset, png.length);
  let without: Buffer | undefined;
  let size = 0;
  let from = 0;
  for (let at = SIGNATURE; at + HEAD <= file.length; ) {
    const end = at + HEAD + file.readUInt32BE(at) + CHECKSUM;
    if (TEXTS.has(file.readUInt32BE(at + 4))) {
      without ??= Buffer.allocUnsafe(file.length);
      size += file.copy(without, size, from, at);
      from = end;
    }
    at = end;
  }
  if (!without) return png;
  size += from < file.length ? file.copy(without, size, from) : 0;
  return without.subarray(0, size);
}
