import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** How a feed's bytes are to be decoded. */
export interface Encoding {
  /** As TextDecoder calls it. */
  readonly name: string;
  /** Whether some bytes of a UTF-8 feed are not UTF-8: the rows that have them cannot be trusted. */
  readonly damaged: boolean;
}

/** UTF-16 by its byte order mark or, where it has none, by the zeros in every second byte. */
export function wideEncodingOf(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = head.length >> 1;
  if (pairs < 4) return undefined;
  const zeros: [even: number, odd: number] = [0, 0];
  for (let at = 0; at < pairs * 2; at++) if (head[at] === 0) zeros[at & 1 ? 1 : 0] += 1;
  if (zeros[1] > pairs * 0.6 && zeros[0] < pairs * 0.1) return 'utf-16le';
  if (zeros[0] > pairs * 0.6 && zeros[1] < pairs * 0.1) return 'utf-16be';
  return undefined;
}

/** Counts the characters beyond ASCII that are UTF-8, and the bytes that are not. */
export class Utf8Survey {
  good = 0;
  bad = 0;
  /** The start of a character whose rest is in the next piece. */
  private rest = Buffer.alloc(0);

  add(chunk: Buffer): void {
    if (this.rest.length === 0 && isAscii(chunk)) return;
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const whole = bytes.length - startedAt(bytes);
    this.rest = Buffer.from(bytes.subarray(whole));
    const part = bytes.subarray(0, whole);
    if (isUtf8(part)) this.good += isAscii(part) ? 0 : charactersIn(part);
    else this.count(part);
  }

  /** Whether the last character is cut off. */
  get isCutOff(): boolean {
    return this.rest.length > 0;
  }

  private count(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const length = sequenceLength(bytes[at]!);
      if (length === 1) {
        at += 1;
      } else if (length > 1 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length) {
        this.good += 1;
        at += length;
      } else {
        this.bad += 1;
        at += 1;
      }
    }
  }
}

/** How many characters beyond ASCII valid UTF-8 has: each begins with one byte of this range. */
function charactersIn(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! >= 0xc2) count += 1;
  return count;
}

/** How many bytes a character has that starts with this byte; 0 if none does. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** How many bytes at the end belong to a character that is not complete. */
function startedAt(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** `encoding="…"` of an XML declaration, if it is one that can be decoded. */
export function declaredEncoding(head: Buffer): string | undefined {
  const label = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head.toString('latin1'))?.[1];
  if (!label) return undefined;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding.startsWith('utf-') ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** The stream as UTF-8 without its byte order mark. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
    return;
  }
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < 3) continue;
    yield head.subarray(0, 3).equals(MARK) ? head.subarray(3) : head;
    head = undefined;
  }
  if (head?.length) yield head;
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The stream as text. Bytes that are not UTF-8 become U+FFFD. */
export async function* toText(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest) yield rest;
}
