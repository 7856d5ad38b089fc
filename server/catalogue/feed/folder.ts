import { createReadStream } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LIMITS } from '../limits.ts';
import { FeedError, RowImageError } from './fault.ts';
import { candidateNames, type FeedFiles, isFeedName, isImageName, isSystemFile, nameKey } from './files.ts';

/**
 * A folder on the server's own disk, which only the import command can name. `chosenFeed` selects one of several feeds.
 * Symbolic links that leave the folder are not followed.
 */
export async function openFolder(folder: string, chosenFeed?: string): Promise<FeedFiles> {
  const root = await realpath(folder);
  const names = await listFeedFolder(root);
  const feeds = chosenFeed ? [chosenFeed] : names.filter(isFeedName);
  const images = names.filter(isImageName);
  if (feeds.length > 1)
    throw new FeedError(`The folder contains several feeds: ${feeds.slice(0, 5).join(', ')}.`);
  if (feeds.length === 0 && images.length === 0) {
    throw new FeedError('The folder contains neither a feed (CSV or JSON Lines) nor images.');
  }
  const byName = new Map(images.map((name) => [nameKey(name), name]));
  const feedName = feeds[0];
  return {
    feed: feedName ? { name: feedName, open: async () => createReadStream(join(root, feedName)) } : null,
    imageNames: images,
    async readImage(name) {
      const found = candidateNames(feedName, name)
        .map((key) => byName.get(key))
        .find(Boolean);
      if (!found) throw new RowImageError('IMAGE_NOT_FOUND', `The folder contains no image "${name}".`);
      const path = await realpath(join(root, found)).catch(() => undefined);
      if (!path || relative(root, path).startsWith(`..${sep}`)) {
        throw new RowImageError('IMAGE_NOT_FOUND', `The folder contains no image "${name}".`);
      }
      if ((await stat(path)).size > LIMITS.imageBytes) {
        throw new RowImageError('IMAGE_TOO_LARGE', `The image "${name}" is larger than 20 MB.`);
      }
      return readFile(path);
    },
    close: async () => undefined,
  };
}

/** A single feed whose images are URLs. */
export function openFeedFile(path: string, name: string): FeedFiles {
  return {
    feed: { name, open: async () => createReadStream(path) },
    imageNames: [],
    readImage: async (image) => {
      const reason = `"${image}" is a file, but the feed came without any: send a zip of both, or http addresses.`;
      throw new RowImageError('IMAGE_NOT_FOUND', reason);
    },
    close: async () => undefined,
  };
}

/** The feeds and images in a folder and below it, by relative name, sorted. */
export async function listFeedFolder(root: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const name = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    if ((isFeedName(name) || isImageName(name)) && !isSystemFile(name)) names.push(name);
    if (names.length > LIMITS.zipEntries)
      throw new FeedError(`The folder has more than ${LIMITS.zipEntries} files.`);
  }
  return names.sort();
}
