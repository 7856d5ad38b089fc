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
  if (source.kind === 'file') return { name: basename(source.path), stream: createReadStream(source.path) };
  const { path, feed } = source;
  const images = feed === undefined ? [] : await imagesOfFeed(path, feed);
  if (feed !== undefined && images.length === 0)
    return { name: feed, stream: createReadStream(join(path, feed)) };
  const names = feed === undefined ? await listFeedFolder(path) : [feed, ...images];
  const zip = new yazl.ZipFile();
  for (const name of names) {
    // Images are compressed already.
    if (classOf(name) !== 'litter') zip.addFile(join(path, name), name, { compress: !isImageName(name) });
  }
  zip.end();
  return { name: `${basename(path)}.zip`, stream: Readable.from(zip.outputStream as AsyncIterable<Buffer>) };
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
