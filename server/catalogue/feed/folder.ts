import { createReadStream, type ReadStream } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LIMITS } from '../limits.ts';
import { peek } from './bytes.ts';
import { FeedError, RowImageError } from './fault.ts';
import { classOf, type FeedFiles, isSystemFile } from './files.ts';
import type { Source } from './inspect.ts';
import { kindOf, MAGIC_BYTES } from './kind.ts';
import { type Container, type Picked, pickFeed } from './pick.ts';
import { indexPictures } from './pictures.ts';
import { closeFeed, type Feed } from './rows.ts';
import { openZip } from './zip.ts';

/** A folder, in which the command that sends it looks for what its rows name. */
export interface FolderFiles extends FeedFiles {
  findImage(name: string): string | undefined;
}

/**
 * A folder on the server's own disk, which only the import command can name. `chosenFeed` selects one of several feeds.
 * Symbolic links that leave the folder are not followed.
 */
export async function openFolder(folder: string, chosenFeed?: string): Promise<FolderFiles> {
  const root = await realpath(folder);
  const container = await containerOf(root);
  const { feedName, feed, images, notes } = chosenFeed
    ? await withChosen(container, chosenFeed)
    : await pickFeed(container);
  const pictures = indexPictures(images, feedName, 'folder');
  return {
    feed: feed && feedName !== undefined ? Object.assign(feed, { name: feedName }) : null,
    imageNames: images,
    notes,
    findImage: (name) => pictures.find(name),
    async readImage(name) {
      const found = pictures.find(name);
      if (!found) throw pictures.explain(name);
      const path = join(root, found);
      if (!(await isFileWithin(root, path))) {
        throw pictures.explain(name);
      }
      if ((await stat(path)).size > LIMITS.imageBytes) {
        throw new RowImageError('IMAGE_TOO_LARGE', `The image "${name}" is larger than 20 MB.`);
      }
      return readFile(path);
    },
    close: () => closeFeed(feed),
  };
}

async function containerOf(root: string): Promise<Container> {
  return {
    what: 'folder',
    names: await listFeedFolder(root),
    headOf: (name) => headOf(join(root, name)),
    openFeed: (name) => openFeed(join(root, name)),
  };
}

/** The rest of the folder is nobody's concern; files without an ending may be its pictures. */
async function withChosen(container: Container, feedName: string): Promise<Picked> {
  const mayBeImage = (name: string) => ['image', 'bare'].includes(classOf(name)) && name !== feedName;
  const images = container.names.filter(mayBeImage);
  return { feedName, feed: await container.openFeed(feedName), images, notes: [] };
}

async function headOf(path: string): Promise<Buffer> {
  const { head, all } = await peek(createReadStream(path, { end: MAGIC_BYTES - 1 }), MAGIC_BYTES);
  await all.return(undefined);
  return head;
}

/** A feed by itself, which may be an Excel or OpenDocument file. Throws FeedError. */
async function openFeed(path: string): Promise<Feed> {
  const head = await headOf(path).catch(() => Buffer.alloc(0));
  if (kindOf(head) !== 'zip') return openBytes(path);
  const { feed, close } = await openZip(path);
  if (feed && 'sheets' in feed) return { ...feed, close };
  await close();
  throw new FeedError('The feed is a zip. Import it without naming its folder.');
}

/** Closed with the feed, however far each has been read: a deleted file keeps its room until then. */
function openBytes(path: string): Source & { close(): Promise<void> } {
  const streams = new Set<ReadStream>();
  return {
    async open() {
      const stream = createReadStream(path);
      streams.add(stream);
      stream.once('close', () => streams.delete(stream));
      return stream;
    },
    async close() {
      for (const stream of streams) stream.destroy();
    },
  };
}

/** A single feed whose images are URLs. */
export function openFeedFile(path: string, name: string): FeedFiles {
  const bytes = openBytes(path);
  return {
    feed: { ...bytes, name },
    imageNames: [],
    readImage: async (image) => {
      const reason = `"${image}" is a file, but the feed came without any: send a zip of both, or http addresses.`;
      throw new RowImageError('IMAGE_NOT_FOUND', reason);
    },
    close: bytes.close,
  };
}

/**
 * The files in a folder and below it, by relative name, sorted, without those of the operating system. Links count where
 * they lead to a file within the folder; pipes and the like do not.
 */
export async function listFeedFolder(root: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const isListed = entry.isSymbolicLink()
      ? await isFileWithin(await realpath(root), join(entry.parentPath, entry.name))
      : entry.isFile();
    if (!isListed) continue;
    const name = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (!isSystemFile(name)) names.push(name);
    if (names.length > LIMITS.zipEntries)
      throw new FeedError(`The folder has more than ${LIMITS.zipEntries} files.`);
  }
  return names.sort();
}

/** Whether it is a file there, or a link that leads to one. `root` is as `realpath` has it. */
async function isFileWithin(root: string, path: string): Promise<boolean> {
  const target = await realpath(path).catch(() => null);
  if (target === null || relative(root, target).startsWith(`..${sep}`)) return false;
  return (await stat(target)).isFile();
}
