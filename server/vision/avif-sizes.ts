/** The image sizes that an AVIF declares. Its alpha plane may be larger than the image shown. */

/** In an `ispe` box (ISO/IEC 23008-12, 6.5.3), after its name: version and flags, width, height. */
const ISPE = 'ispe';

/** Pixels of the largest image; 0 if no size is declared. libheif rejects an image whose real size differs from it. */
export function largestAvifPicture(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let largest = 0;
  for (const box of metaBoxes(file)) {
    for (let at = box.indexOf(ISPE); at >= 0 && at + 16 <= box.length; at = box.indexOf(ISPE, at + 4)) {
      largest = Math.max(largest, box.readUInt32BE(at + 8) * box.readUInt32BE(at + 12));
    }
  }
  return largest;
}

/** Only the bodies of the file's `meta` boxes: pixel data may contain the same four bytes. */
function* metaBoxes(file: Buffer): Generator<Buffer> {
  for (let at = 0; at + 8 <= file.length; ) {
    const size = file.readUInt32BE(at);
    // 0: to the end of the file; 1: a 64-bit size, of which files below the limit need only the lower half.
    const length =
      size === 0
        ? file.length - at
        : size === 1 && at + 16 <= file.length
          ? file.readUInt32BE(at + 12)
          : size;
    if (length < 8) return;
    if (file.toString('latin1', at + 4, at + 8) === 'meta') yield file.subarray(at + 8, at + length);
    at += length;
  }
}
