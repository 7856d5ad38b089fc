import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { isOutage } from '../../errors/outage.ts';
import type { IsOver } from '../../watchdog/time-limit.ts';
import { LIMITS } from '../limits.ts';
import { peek } from './bytes.ts';
import { FeedError, OutOfTimeError, RowImageError } from './fault.ts';
import { type FeedFiles, isSystemFile } from './files.ts';
import { kindOf, MAGIC_BYTES } from './kind.ts';
import { openOffice } from './office.ts';
import { type Container, pickFeed } from './pick.ts';
import { indexPictures } from './pictures.ts';
import type { Feed } from './rows.ts';
import type { Part } from './sheets/sheets.ts';
import { type RangedFile, ZipReader } from './zip-reader.ts';

const openPath = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);
const openReader = promisify<yauzl.RandomAccessReader, number, yauzl.Options, yauzl.ZipFile>(
  yauzl.fromRandomAccessReader,
);
const openBuffer = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);
const OPTIONS = { lazyEntries: true, autoClose: false };
/** A sheet inside a zip has to be unpacked as a whole, since its parts are read in any order. */
const MOST_INNER_BYTES = 64 * 1024 * 1024;

/**
 * A zip read in place: entries are found by name in its directory and inflated one at a time, and nothing is ever
 * written under an entry's name. yauzl rejects names that leave the folder and entries longer than they claim, so the
 * sizes added up here can be trusted. An Excel or OpenDocument file is a zip too: its sheet is then the feed. `file` is
 * a path, or what stands for a file elsewhere. Throws FeedError, and OutOfTimeError where the time for the feed is over.
 */
export async function openZip(
  file: string | RangedFile,
  { name = 'upload', isOver = () => false }: { name?: string; isOver?: IsOver } = {},
): Promise<FeedFiles> {
  const opening =
    typeof file === 'string' ? openPath(file, OPTIONS) : openReader(new ZipReader(file), file.size, OPTIONS);
  const zip = await opening.catch((cause: unknown) => {
    if (isOutage(cause)) throw cause;
    throw new FeedError('The file is not a complete zip file.', { cause });
  });
  try {
    const entries = await listEntries(zip);
    const sheets = await openOffice(partsOf(zip, entries, isOver));
    return sheets ? sheetFiles(zip, { ...sheets, name }) : await toFiles(zip, entries, isOver);
  } catch (error) {
    zip.close();
    throw error;
  }
}

function sheetFiles(zip: yauzl.ZipFile, feed: Feed & { name: string }): FeedFiles {
  return {
    feed,
    imageNames: [],
    readImage: async (image) => {
      const reason = `"${image}" is a file, but the sheet came without any: send a zip of both, or http addresses.`;
      throw new RowImageError('IMAGE_NOT_FOUND', reason);
    },
    close: async () => zip.close(),
  };
}

async function toFiles(
  zip: yauzl.ZipFile,
  entries: readonly yauzl.Entry[],
  isOver: IsOver,
): Promise<FeedFiles> {
  const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
  const { feedName, feed, images, notes } = await pickFeed(containerOf(zip, byName, isOver));
  if (!feed) {
    const faults = images.map((name) => unpackingFault(byName.get(name)!));
    if (faults.every((fault) => fault !== null))
      throw new FeedError(`"${images[0]}" in the zip ${faults[0]}.`);
  }
  const pictures = indexPictures(images, feedName, 'zip');
  return {
    feed: feed && feedName !== undefined ? Object.assign(feed, { name: feedName }) : null,
    imageNames: images,
    notes,
    async readImage(name) {
      const entry = byName.get(pictures.find(name) ?? '');
      if (!entry) throw pictures.explain(name);
      if (entry.uncompressedSize > LIMITS.imageBytes) {
        throw new RowImageError('IMAGE_TOO_LARGE', `The image "${name}" is larger than 20 MB.`);
      }
      const fault = unpackingFault(entry);
      if (fault) throw new RowImageError('IMAGE_UNREADABLE', `The image "${name}" ${fault}.`);
      try {
        return await readWhole(readEntry(zip, entry));
      } catch (cause) {
        if (isOutage(cause)) throw cause;
        throw new RowImageError('IMAGE_UNREADABLE', `The image "${name}" is damaged in the zip.`, { cause });
      }
    },
    close: async () => zip.close(),
  };
}

function containerOf(
  zip: yauzl.ZipFile,
  byName: ReadonlyMap<string, yauzl.Entry>,
  isOver: IsOver,
): Container {
  const headOf = async (name: string) => {
    const { head, all } = await peek(readPart(zip, byName.get(name)!, isOver), MAGIC_BYTES);
    await all.return(undefined);
    return head;
  };
  return {
    what: 'zip',
    names: [...byName.keys()],
    headOf,
    async openFeed(name) {
      const entry = byName.get(name)!;
      if (kindOf(await headOf(name)) !== 'zip') return { open: async () => readPart(zip, entry, isOver) };
      return openInner(zip, entry, isOver);
    },
  };
}

/** An Excel or OpenDocument file inside a zip. */
async function openInner(zip: yauzl.ZipFile, entry: yauzl.Entry, isOver: IsOver): Promise<Feed> {
  const { fileName } = entry;
  if (entry.uncompressedSize > MOST_INNER_BYTES)
    throw new FeedError(`"${fileName}" in the zip is too large. Send it without a zip.`);
  const inner = await openBuffer(await readWhole(readPart(zip, entry, isOver)), OPTIONS).catch(
    (cause: unknown) => {
      throw new FeedError(`"${fileName}" in the zip is damaged. Save it again.`, { cause });
    },
  );
  const sheets = await openOffice(partsOf(inner, await listEntries(inner), isOver));
  if (!sheets) throw new FeedError(`"${fileName}" in the zip is a zip itself. Send it alone.`);
  return sheets;
}

function partsOf(zip: yauzl.ZipFile, entries: readonly yauzl.Entry[], isOver: IsOver): Map<string, Part> {
  return new Map(entries.map((entry) => [entry.fileName, () => readPart(zip, entry, isOver)]));
}

/** Like `readEntry`, for what the feed itself is in: throws FeedError whatever is wrong with the entry. */
async function* readPart(zip: yauzl.ZipFile, entry: yauzl.Entry, isOver: IsOver): AsyncGenerator<Buffer> {
  const fault = unpackingFault(entry);
  if (fault) throw new FeedError(`"${entry.fileName}" in the zip ${fault}.`);
  try {
    for await (const chunk of readEntry(zip, entry)) {
      if (isOver()) throw new OutOfTimeError('The feed could not be read in the time that it has.');
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FeedError || isOutage(error)) throw error;
    throw new FeedError(`"${entry.fileName}" in the zip is damaged. Create it again.`, { cause: error });
  }
}

async function readWhole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
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
      if (!entry.fileName.endsWith('/') && !isSystemFile(entry.fileName)) entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (cause) =>
      reject(
        isOutage(cause)
          ? cause
          : new FeedError('The zip is damaged, or contains paths that lead outside it.', { cause }),
      ),
    );
    zip.readEntry();
  });
}

function isBomb({ compressedSize, uncompressedSize }: yauzl.Entry): boolean {
  return uncompressedSize > 1024 * 1024 && uncompressedSize > compressedSize * LIMITS.zipRatio;
}
