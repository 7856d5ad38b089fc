import { type Duplex, pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { peek } from '../feed/bytes.ts';

/** A coding of an answer that nobody here can undo. */
export class UnknownCodingError extends Error {
  readonly coding: string;

  constructor(coding: string) {
    super(`The answer is coded as ${coding}.`);
    this.coding = coding;
  }
}

const CODINGS = new Map<string, (body: Readable) => Promise<Readable>>([
  ['gzip', async (body) => through(body, createGunzip())],
  ['x-gzip', async (body) => through(body, createGunzip())],
  ['br', async (body) => through(body, createBrotliDecompress())],
  ['deflate', inflate],
]);

/**
 * The body without its Content-Encoding (RFC 9110, 8.4), which some hosts apply whatever they are asked for. Throws
 * UnknownCodingError. What is read of it has to be bounded: it may unpack to a thousand times its size.
 */
export async function decoded(
  body: Readable,
  header: string | string[] | undefined,
  { leaveGzip = false } = {},
): Promise<Readable> {
  const codings = [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse();
  // Two are more than any host applies.
  if (codings.length > 2) throw new UnknownCodingError(codings.join(', '));
  let text = body;
  for (const coding of codings) {
    const undo = CODINGS.get(coding);
    if (!undo) throw new UnknownCodingError(coding.slice(0, 50));
    if (!(leaveGzip && coding.endsWith('gzip') && codings.length === 1)) text = await undo(text);
  }
  return text;
}

/** "deflate" is zlib's format, but some send what is inside of it alone. */
async function inflate(body: Readable): Promise<Readable> {
  const { head, all } = await peek(body, 1);
  const isZlib = head.length === 0 || (head[0]! & 0x0f) === 8;
  const again = Readable.from(all, { objectMode: false });
  return through(again, isZlib ? createInflate() : createInflateRaw());
}

/** An error of either ends both; whoever reads the result is told. */
function through(body: Readable, transform: Duplex): Readable {
  pipeline(body, transform, () => undefined);
  return transform;
}
