/** A PNG's texts (zTXt, iTXt, tEXt): nobody reads them here, but libpng inflates each when a file is opened. */
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);
const SIGNATURE = 8;
/** A chunk's length and name before its data, and the checksum behind. */
const HEAD = 8;
const CHECKSUM = 4;

/** The PNG without them: twenty megabytes of them are twenty gigabytes of zeros, and nothing can interrupt that. */
export function withoutTexts(png: Uint8Array): Uint8Array {
  const file = Buffer.from(png.buffer, png.byteOffset, png.length);
  const kept: Buffer[] = [];
  let from = 0;
  let at = SIGNATURE;
  while (at + HEAD <= file.length) {
    const end = at + HEAD + file.readUInt32BE(at) + CHECKSUM;
    if (TEXTS.has(file.toString('latin1', at + 4, at + HEAD))) {
      kept.push(file.subarray(from, at));
      from = end;
    }
    at = end;
  }
  return from === 0 ? png : Buffer.concat([...kept, file.subarray(from)]);
}
