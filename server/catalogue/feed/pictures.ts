import { nameKey } from './files.ts';

/** Finds the file that a row means. */
export interface PictureIndex {
  find(reference: string): string | undefined;
}

const ENDING = /\.(?:jpe?g|jfif|png|webp|avif|heic|heif|gif|tiff?|bmp)$/i;
const AMBIGUOUS = null;

/**
 * Finds pictures by the names that rows give: beside the feed, then from the top folder, then by the file's name in
 * any folder if only one has it. Case, percent-encoding and a missing or different ending do not matter.
 */
export function indexPictures(names: readonly string[], feedName: string | undefined): PictureIndex {
  const byPath = new Map<string, string | null>();
  const byStem = new Map<string, string | null>();
  const byFile = new Map<string, string | null>();
  const byFileStem = new Map<string, string | null>();
  const add = (map: Map<string, string | null>, key: string, name: string) => {
    const other = map.get(key);
    map.set(key, other === undefined || other === name ? name : AMBIGUOUS);
  };
  for (const name of names) {
    for (const path of new Set([nameKey(name), nameKey(decoded(name))])) {
      add(byPath, path, name);
      add(byStem, stemOf(path), name);
      add(byFile, fileOf(path), name);
      add(byFileStem, stemOf(fileOf(path)), name);
    }
  }
  const slash = feedName?.lastIndexOf('/') ?? -1;
  const folder = slash < 0 ? '' : nameKey(feedName!.slice(0, slash + 1));

  return {
    find(reference) {
      const keys = [...new Set([nameKey(reference), nameKey(decoded(reference))])];
      const paths = keys.flatMap((key) => (folder ? [folder + key, key] : [key]));
      return (
        first(paths, (path) => byPath.get(path)) ??
        first(paths, (path) => byStem.get(stemOf(path))) ??
        first(keys, (key) => byFile.get(fileOf(key))) ??
        first(keys, (key) => byFileStem.get(stemOf(fileOf(key))))
      );
    },
  };
}

function first(
  keys: readonly string[],
  find: (key: string) => string | null | undefined,
): string | undefined {
  for (const key of keys) {
    const name = find(key);
    if (name) return name;
  }
  return undefined;
}

const fileOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const stemOf = (path: string) => path.replace(ENDING, '');

/** `jacket%20front.jpg` is `jacket front.jpg`. */
function decoded(name: string): string {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
