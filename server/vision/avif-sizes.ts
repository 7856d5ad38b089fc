/** The sizes that an AVIF states of the pictures in it, of which its alpha may be larger than what is shown. */

/** Of an `ispe` box (ISO/IEC 23008-12, 6.5.3) after its name: version and flags, width, height. */
const ISPE = 'ispe';

/** Pixels of the largest one; 0 where none is stated. libheif refuses a picture whose own size differs from it. */
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

/** The bodies of the file's `meta` boxes: pixels may have the same four bytes in them. */
function* metaBoxes(file: Buffer): Generator<Buffer> {
  for (let at = 0; at + 8 <= file.length; ) {
    const size = file.readUInt32BE(at);
    // 0: to the end of the file; 1: a size of 64 bits, of which a file below the limit needs the lower half.
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
