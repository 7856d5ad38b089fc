import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { LIMITS } from '../limits.ts';
import { FeedError, RowImageError } from './fault.ts';
import { candidateNames, type FeedFiles, isFeedName, isImageName, isLitter, nameKey } from './files.ts';

const open = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);

/**
 * A zip read in place: entries are found by name in its directory and inflated one at a time; nothing is ever
 * written under an entry's name. yauzl refuses names that leave the folder and entries longer than they claim to be,
 * so the sizes added up here are true. Throws FeedError.
 */
export async function openZip(path: string): Promise<FeedFiles> {
  const zip = await open(path, { lazyEntries: true, autoClose: false }).catch((cause: unknown) => {
    throw new FeedError('The file is not a whole zip.', { cause });
  });
  try {
    return toFiles(zip, await listEntries(zip));
  } catch (error) {
    zip.close();
    throw error;
  }
}

function toFiles(zip: yauzl.ZipFile, entries: readonly yauzl.Entry[]): FeedFiles {
  const feeds = entries.filter(({ fileName }) => isFeedName(fileName));
  const images = entries.filter(({ fileName }) => isImageName(fileName));
  const feed = feeds[0];
  if (feeds.length > 1) {
    throw new FeedError(
      `The zip holds several feeds: ${feeds
        .slice(0, 5)
        .map(({ fileName }) => fileName)
        .join(', ')}.`,
    );
  }
  if (!feed && images.length === 0)
    throw new FeedError('The zip holds neither a feed (CSV or JSON Lines) nor images.');
  const byName = new Map(images.map((entry) => [nameKey(entry.fileName), entry]));
  return {
    feed: feed ? { name: feed.fileName, open: () => openEntry(zip, feed) } : null,
    imageNames: images.map(({ fileName }) => fileName).sort(),
    async readImage(name) {
      const entry = candidateNames(feed?.fileName, name)
        .map((key) => byName.get(key))
        .find(Boolean);
      if (!entry) throw new RowImageError('IMAGE_NOT_FOUND', `The zip holds no image "${name}".`);
      if (entry.uncompressedSize > LIMITS.imageBytes) {
        throw new RowImageError('IMAGE_TOO_LARGE', `The image "${name}" is larger than 20 MB.`);
      }
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of await openEntry(zip, entry)) chunks.push(chunk);
        return Buffer.concat(chunks);
      } catch (cause) {
        throw new RowImageError('IMAGE_UNREADABLE', `The image "${name}" cannot be unpacked.`, { cause });
      }
    },
    close: async () => zip.close(),
  };
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<AsyncIterable<Buffer>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

function listEntries(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    let bytes = 0;
    const refuse = (reason: string) => reject(new FeedError(reason));
    if (zip.entryCount > LIMITS.zipEntries)
      return refuse(`The zip has more than ${LIMITS.zipEntries} entries.`);
    zip.on('entry', (entry: yauzl.Entry) => {
      bytes += entry.uncompressedSize;
      if (bytes > LIMITS.zipBytes) return refuse('The zip unpacks to more than 32 GiB.');
      if (isBomb(entry))
        return refuse(`"${entry.fileName}" in the zip is packed too tightly to be a feed or an image.`);
      const wanted = isFeedName(entry.fileName) || isImageName(entry.fileName);
      if (wanted && !isLitter(entry.fileName)) entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (cause) =>
      reject(new FeedError('The zip is damaged, or names files outside of itself.', { cause })),
    );
    zip.readEntry();
  });
}

function isBomb({ compressedSize, uncompressedSize }: yauzl.Entry): boolean {
  return uncompressedSize > 1024 * 1024 && uncompressedSize > compressedSize * LIMITS.zipRatio;
}
