import { TextDecoder } from 'node:util';
import { LIMITS } from '../limits.ts';
import type { Fault } from './fault.ts';

/** A physical line without its line ending. `fault` says why `text` cannot be trusted. */
export interface Line {
  readonly text: string;
  readonly fault?: Fault;
}

const NEWLINE = 0x0a;
const TOO_LONG: Fault = {
  code: 'LINE_TOO_LONG',
  reason: `The line is longer than ${LIMITS.lineBytes} bytes.`,
};
const NOT_UTF8: Fault = { code: 'INVALID_ENCODING', reason: 'The row is not UTF-8; save the feed as UTF-8.' };

/**
 * Splits a byte stream into lines, with one chunk in memory at a time. Each line is decoded by itself, so that one bad
 * byte costs one row. Accepts UTF-8 with or without a byte order mark, and UTF-16 with one (Excel's "Unicode text").
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let parts: Buffer[] = [];
  let size = 0;
  const keep = (bytes: Buffer) => {
    size += bytes.length;
    if (size <= LIMITS.lineBytes) parts.push(bytes);
  };
  const take = (): Line => {
    const line =
      size > LIMITS.lineBytes ? { text: '', fault: TOO_LONG } : decode(decoder, Buffer.concat(parts));
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of toUtf8(chunks)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield take();
}

function decode(decoder: TextDecoder, bytes: Buffer): Line {
  try {
    return { text: decoder.decode(bytes).replace(/\r$/, '') };
  } catch {
    return { text: '', fault: NOT_UTF8 };
  }
}

/** Drops the byte order mark of UTF-8, and converts UTF-16, detected by its own, to UTF-8. */
async function* toUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let wide: TextDecoder | undefined;
  for await (let chunk of chunks) {
    if (head) {
      chunk = Buffer.concat([head, chunk]);
      if (chunk.length < 3) {
        head = chunk;
        continue;
      }
      head = undefined;
      if (chunk.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) chunk = chunk.subarray(3);
      else if (chunk[0] === 0xff && chunk[1] === 0xfe) wide = new TextDecoder('utf-16le');
      else if (chunk[0] === 0xfe && chunk[1] === 0xff) wide = new TextDecoder('utf-16be');
    }
    yield wide ? Buffer.from(wide.decode(chunk, { stream: true })) : chunk;
  }
  if (head?.length) yield head;
  if (wide) yield Buffer.from(wide.decode());
}
