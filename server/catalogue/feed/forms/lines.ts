import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { LIMITS } from '../../limits.ts';
import { type Fault, FeedError } from '../fault.ts';

/** A physical line without its line ending. `fault` says why `text` cannot be trusted. */
export interface Line {
  readonly text: string;
  readonly fault?: Fault;
}

/** After so many, others get their turn. */
const LINES_AT_ONCE = 1000;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const TOO_LONG: Fault = {
  code: 'LINE_TOO_LONG',
  reason: `The line is longer than ${LIMITS.lineBytes} bytes.`,
};
export const NOT_UTF8: Fault = {
  code: 'INVALID_ENCODING',
  reason: 'The row is not UTF-8, as most of the feed is; save the feed as UTF-8.',
};

/** Whether lines end with a carriage return alone, as in files from old Macs. */
export function hasLoneReturns(sample: string): boolean {
  const at = sample.search(/[\r\n]/);
  return at >= 0 && sample[at] === '\r' && at + 1 < sample.length && sample[at + 1] !== '\n';
}

/**
 * Splits UTF-8 bytes into lines, with one chunk in memory at a time. Each line is decoded by itself, so that one bad
 * byte costs one row.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, loneReturns = false): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const mark = loneReturns ? CARRIAGE_RETURN : LINE_FEED;
  let parts: Buffer[] = [];
  let size = 0;
  let count = 0;
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
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(mark); end >= 0; end = chunk.indexOf(mark, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
      count += 1;
      // Lines of one chunk come without a pause, and may be as many as its bytes.
      if (count % LINES_AT_ONCE === 0) await setImmediate();
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield take();
}

function decode(decoder: TextDecoder, bytes: Buffer): Line {
  try {
    return { text: withoutEnd(decoder.decode(bytes)) };
  } catch {
    return { text: withoutEnd(bytes.toString()), fault: NOT_UTF8 };
  }
}

const withoutEnd = (text: string) => text.replace(/\r$|^\n/, '');

/** Counts the lines of a feed that have no content. */
export class EmptyLines {
  private count = 0;

  /** Throws FeedError where they go on without end: each takes as long as a row. */
  add(): void {
    this.count += 1;
    if (this.count <= LIMITS.emptyLines) return;
    throw new FeedError(`The feed has more than ${LIMITS.emptyLines} empty lines. Remove them.`);
  }
}
