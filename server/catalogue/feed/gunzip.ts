import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isOutage } from '../../errors/outage.ts';
import { LIMITS } from '../limits.ts';
import { FeedError } from './fault.ts';

const RATIO_FROM = 1024 * 1024;

/**
 * Unpacks a gzip file piece by piece. Throws FeedError if it is damaged, cut off, or compressed more than a feed can be.
 * The checksum is at the end, so what was yielded before may be damaged.
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let packed = 0;
  let unpacked = 0;
  async function* counted() {
    for await (const chunk of chunks) {
      packed += chunk.length;
      yield chunk;
    }
  }
  const source = Readable.from(counted(), { objectMode: false });
  const stream = createGunzip();
  source.on('error', (error) => stream.destroy(error));
  source.pipe(stream);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > RATIO_FROM && unpacked > packed * LIMITS.zipRatio)
        throw new FeedError('The gzip file is compressed too much to be a feed.');
      if (unpacked > LIMITS.zipBytes) throw new FeedError('The gzip file unpacks to more than 32 GiB.');
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FeedError || isOutage(error) || !isZlibError(error)) throw error;
    throw new FeedError('The gzip file is damaged or cut off. Create it again.', { cause: error });
  } finally {
    stream.destroy();
    source.destroy();
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
