import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { LIMITS } from '../limits.ts';
import { FeedError, RowImageError } from './fault.ts';
import { candidateNames, type FeedFiles, isFeedName, isImageName, isSystemFile, nameKey } from './files.ts';

const open = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);

/**
 * A zip read in place: entries are found by name in its directory and inflated one at a time, and nothing is ever
 * written under an entry's name. yauzl rejects names that leave the folder and entries longer than they claim, so the
 * sizes added up here can be trusted. Throws FeedError.
 */
export async function openZip(path: string): Promise<FeedFiles> {
  const zip = await open(path, { lazyEntries: true, autoClose: false }).catch((cause: unknown) => {
    throw new FeedError('The file is not a complete zip file.', { cause });
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
      `The zip contains several feeds: ${feeds
        .slice(0, 5)
        .map(({ fileName }) => fileName)
        .join(', ')}.`,
    );
  }
  if (!feed && images.length === 0)
    throw new FeedError('The zip contains neither a feed (CSV or JSON Lines) nor images.');
  const firstFault = unpackingFault(feed ?? images[0]!);
  if (firstFault && (feed || images.every(unpackingFault))) {
    throw new FeedError(`"${(feed ?? images[0]!).fileName}" in the zip ${firstFault}.`);
  }
  let checked = false;
  const openFeed = async (entry: yauzl.Entry) => {
    // Checked before the first row is imported: damaged data often still parses, with other words and prices.
    for await (const _ of checked ? [] : readEntry(zip, entry));
    checked = true;
    return readEntry(zip, entry);
  };
  const byName = new Map(images.map((entry) => [nameKey(entry.fileName), entry]));
  return {
    feed: feed ? { name: feed.fileName, open: () => openFeed(feed) } : null,
    imageNames: images.map(({ fileName }) => fileName).sort(),
    async readImage(name) {
      const entry = candidateNames(feed?.fileName, name)
        .map((key) => byName.get(key))
        .find(Boolean);
      if (!entry) throw new RowImageError('IMAGE_NOT_FOUND', `The zip contains no image "${name}".`);
      if (entry.uncompressedSize > LIMITS.imageBytes) {
        throw new RowImageError('IMAGE_TOO_LARGE', `The image "${name}" is larger than 20 MB.`);
      }
      const fault = unpackingFault(entry);
      if (fault) throw new RowImageError('IMAGE_UNREADABLE', `The image "${name}" ${fault}.`);
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of readEntry(zip, entry)) chunks.push(chunk);
        return Buffer.concat(chunks);
      } catch (cause) {
        throw new RowImageError('IMAGE_UNREADABLE', `The image "${name}" is damaged in the zip.`, { cause });
      }
    },
    close: async () => zip.close(),
  };
}

const STORED = 0;
const DEFLATE = 8;
/** Numbers from the ZIP specification, section 4.4.5. */
const METHODS: ReadonlyMap<number, string> = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'XZ'],
  [98, 'PPMd'],
]);

/** Why an entry cannot be unpacked, as the end of a sentence; null if it can. */
function unpackingFault(entry: yauzl.Entry): string | null {
  if (entry.isEncrypted()) return 'is locked with a password; pack it without one';
  const { compressionMethod: method } = entry;
  if (method === STORED || method === DEFLATE) return null;
  return `is packed by ${METHODS.get(method) ?? `method ${method}`}; pack it with the usual one, Deflate`;
}

/** The bytes of an entry. Throws FeedError at the end if their checksum is wrong. */
async function* readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  let crc = 0;
  for await (const chunk of stream) {
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== entry.crc32)
    throw new FeedError(`"${entry.fileName}" in the zip is damaged. Create the zip again.`);
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
        return refuse(`"${entry.fileName}" in the zip is compressed too much to be a feed or an image.`);
      const wanted = isFeedName(entry.fileName) || isImageName(entry.fileName);
      if (wanted && !isSystemFile(entry.fileName)) entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (cause) =>
      reject(new FeedError('The zip is damaged, or contains paths that lead outside it.', { cause })),
    );
    zip.readEntry();
  });
}

function isBomb({ compressedSize, uncompressedSize }: yauzl.Entry): boolean {
  return uncompressedSize > 1024 * 1024 && uncompressedSize > compressedSize * LIMITS.zipRatio;
}
