import { closing } from './closing.ts';

/** The first `size` bytes, or all if there are fewer, and then the whole stream again with them. */
export async function peek(
  chunks: AsyncIterable<Buffer>,
  size: number,
): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const source = chunks[Symbol.asyncIterator]();
  const taken: Buffer[] = [];
  let length = 0;
  let ended = false;
  while (length < size && !ended) {
    const next = await source.next();
    if (next.done) ended = true;
    else {
      taken.push(next.value);
      length += next.value.length;
    }
  }
  const start = Buffer.concat(taken);
  async function* all() {
    if (start.length > 0) yield start;
    while (!ended) {
      const next = await source.next();
      if (next.done) return;
      yield next.value;
    }
  }
  return { head: start.subarray(0, size), all: closing(all(), async () => source.return?.()) };
}
