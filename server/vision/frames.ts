/**
 * Whether a picture has more frames than are opened. Of a film only the first one is decoded, but libwebp looks for each
 * frame from the first one on, so that 60,000 of them (3 MB) take seconds and 400,000 minutes; and libaom decodes all
 * that one picture of an AVIF holds: 200 KB are some 1,300 frames of 13 megapixels. Nothing can interrupt either.
 */
import { av1Streams } from './avif-items.ts';
import type { Format } from './format.ts';

/** Of a WebP: the chunk that each frame has. */
const FRAME_CHUNK = 'ANMF';
/** Seven minutes of film; opening so many takes a quarter of a second. */
const MOST_WEBP_FRAMES = 10_000;
/** A still picture is one frame, or one of up to four sizes, each made from the one before. */
const MOST_AV1_FRAMES = 8;

export function hasTooManyFrames(bytes: Uint8Array, format: Format): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (format === 'webp') return countAtMost(file, FRAME_CHUNK, MOST_WEBP_FRAMES) > MOST_WEBP_FRAMES;
  if (format !== 'avif') return false;
  const streams = av1Streams(file);
  return streams === null || streams.some((stream) => framesOf(stream) > MOST_AV1_FRAMES);
}

/** How often the text occurs, counted no further than past the limit. */
function countAtMost(file: Buffer, text: string, limit: number): number {
  let count = 0;
  for (let at = file.indexOf(text); at >= 0 && count <= limit; at = file.indexOf(text, at + 4)) count += 1;
  return count;
}

/** Open bitstream units (AV1, 5.3 and 6.2.2) that begin a frame: a frame's header alone, or with its tiles. */
const BEGINS_FRAME = new Set([3, 6]);

/** Counted no further than past the limit. What is no stream of units has none: libaom reads it no further, either. */
function framesOf(stream: Buffer): number {
  let frames = 0;
  for (let at = 0; at < stream.length && frames <= MOST_AV1_FRAMES; ) {
    const header = stream[at]!;
    // Zeros may stand between frames.
    if (header === 0) {
      at += 1;
      continue;
    }
    const hasExtension = (header & 4) !== 0;
    const hasSize = (header & 2) !== 0;
    if (BEGINS_FRAME.has((header >> 3) & 15)) frames += 1;
    if (!hasSize) break;
    at += hasExtension ? 2 : 1;
    // LEB128: seven bits a byte, the lowest first.
    let size = 0;
    for (let i = 0; i < 8 && at < stream.length; i++) {
      const byte = stream[at]!;
      at += 1;
      size += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) break;
    }
    at += size;
  }
  return frames;
}
