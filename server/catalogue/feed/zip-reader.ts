import { Readable } from 'node:stream';
import yauzl from 'yauzl';

/** A file that can be read at any place, such as one in a bucket. */
export interface RangedFile {
  readonly size: number;
  /** The bytes from `start` up to `end`, without `end`. */
  read(start: number, end: number): Promise<Buffer>;
}

/** A zip's directory is read in small steps and its images mostly in order: a block serves many of them. */
const BLOCK_BYTES = 256 * 1024;
const BLOCKS_KEPT = 8;

/** Lets yauzl read a zip that is not on this machine, in blocks of which the last few are kept. */
export class ZipReader extends yauzl.RandomAccessReader {
  readonly #file: RangedFile;
  readonly #blocks = new Map<number, Promise<Buffer>>();

  constructor(file: RangedFile) {
    super();
    this.#file = file;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#copy(buffer, offset, length, position).then(() => callback(null), callback);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false });
  }

  async #copy(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    let at = offset;
    for await (const piece of this.#pieces(position, position + length)) at += piece.copy(buffer, at);
    if (at !== offset + length) throw new Error('The file is shorter than it was.');
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const index = Math.floor(at / BLOCK_BYTES);
      const block = await this.#block(index);
      const piece = block.subarray(at - index * BLOCK_BYTES, end - index * BLOCK_BYTES);
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  #block(index: number): Promise<Buffer> {
    const known = this.#blocks.get(index);
    // A Map keeps insertion order: the first block is the one used longest ago.
    this.#blocks.delete(index);
    const start = index * BLOCK_BYTES;
    const block = known ?? this.#file.read(start, Math.min(start + BLOCK_BYTES, this.#file.size));
    this.#blocks.set(index, block);
    // If reading fails, the next attempt may succeed.
    block.catch(() => this.#blocks.delete(index));
    if (this.#blocks.size > BLOCKS_KEPT) this.#blocks.delete(this.#blocks.keys().next().value!);
    return block;
  }
}
