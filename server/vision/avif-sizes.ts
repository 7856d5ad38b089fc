/** The image sizes that an AVIF declares. Its alpha plane may be larger than the image shown. */
import { topBoxes } from './avif-boxes.ts';

/** In an `ispe` box (ISO/IEC 23008-12, 6.5.3), after its name: version and flags, width, height. */
const ISPE = 'ispe';

/** Pixels of the largest image; 0 if no size is declared. libheif rejects an image whose real size differs from it. */
export function largestAvifPicture(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let largest = 0;
  for (const { type, body: box } of topBoxes(file)) {
    // Pixel data may contain the same four bytes.
    if (type !== 'meta') continue;
    for (let at = box.indexOf(ISPE); at >= 0 && at + 16 <= box.length; at = box.indexOf(ISPE, at + 4)) {
      largest = Math.max(largest, box.readUInt32BE(at + 8) * box.readUInt32BE(at + 12));
    }
  }
  return largest;
}
