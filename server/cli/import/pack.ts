import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { classOf, isImageName } from '../../catalogue/feed/files.ts';
import { listFeedFolder, openFolder } from '../../catalogue/feed/folder.ts';
import { readFeed } from '../../catalogue/feed/read.ts';
import { isWebLink } from '../../catalogue/feed/row.ts';
import type { Source } from '../../catalogue/staging/staging.ts';

export interface Packed {
  readonly name: string;
  readonly stream: Readable;
}

/** What is uploaded to a running server: a file as it is, a folder as a zip made while it is sent. */
export async function packSource(source: Source): Promise<Packed> {
  if (source.kind === 'file') return { name: basename(source.path), stream: fileAt(source.path) };
  const { path, feed } = source;
  const images = feed === undefined ? [] : await imagesOfFeed(path, feed);
  if (feed !== undefined && images.length === 0) return { name: feed, stream: fileAt(join(path, feed)) };
  const names = feed === undefined ? await listFeedFolder(path) : [feed, ...images];
  const zip = new yazl.ZipFile();
  zip.on('error', (error) => (zip.outputStream as Readable).destroy(error));
  for (const name of names) {
    // Images are compressed already.
    if (classOf(name) !== 'litter') zip.addFile(join(path, name), name, { compress: !isImageName(name) });
  }
  zip.end();
  return { name: `${basename(path)}.zip`, stream: Readable.from(explained(zip.outputStream)) };
}

/** What was to be sent cannot be read. */
export class UnreadableSourceError extends Error {}

const fileAt = (path: string) => Readable.from(explained(createReadStream(path)));

/** Says in words which file it was: one may go while the others are sent. */
async function* explained(bytes: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  try {
    yield* bytes as AsyncIterable<Buffer>;
  } catch (cause) {
    const { code, path = 'A file', message } = cause as NodeJS.ErrnoException;
    throw new UnreadableSourceError(
      code === 'ENOENT'
        ? `${path} is no longer there, and nothing was imported. Start again.`
        : `${path} cannot be read, and nothing was imported: ${message}`,
      { cause },
    );
  }
}

/** The files beside a feed that its rows name: not everything that happens to lie there. */
async function imagesOfFeed(path: string, feed: string): Promise<string[]> {
  const files = await openFolder(path, feed);
  const named = new Set<string>();
  for await (const read of readFeed(files)) {
    for (const image of 'row' in read ? read.row.images : []) {
      const name = isWebLink(image) ? undefined : files.findImage(image);
      if (name !== undefined) named.add(name);
    }
  }
  return [...named];
}
