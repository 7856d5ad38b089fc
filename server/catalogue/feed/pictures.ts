import { RowImageError } from './fault.ts';
import { nameKey } from './files.ts';

/** Finds the file that a row means. */
export interface PictureIndex {
  find(reference: string): string | undefined;
  /** Why `find` finds none. */
  explain(reference: string): RowImageError;
}

const ENDING = /\.(?:jpe?g|jfif|png|webp|avif|heic|heif|gif|tiff?|bmp)$/i;
/** The only file that a key means, or two of several. */
type Meant = string | readonly [string, string];

/**
 * Finds pictures by the names that rows give: beside the feed, then from the top folder, then by the file's name and its
 * folder's, then by the file's name in any folder, if only one has it. Case, percent-encoding and a missing or different
 * ending do not matter.
 */
export function indexPictures(
  names: readonly string[],
  feedName: string | undefined,
  what: 'zip' | 'folder',
): PictureIndex {
  const byPath = new Map<string, Meant>();
  const byStem = new Map<string, Meant>();
  const byFile = new Map<string, Meant>();
  const byFileStem = new Map<string, Meant>();
  const add = (map: Map<string, Meant>, key: string, name: string) => {
    const other = map.get(key);
    if (other === undefined) map.set(key, name);
    else if (typeof other === 'string' && other !== name) map.set(key, [other, name]);
  };
  for (const name of names) {
    for (const path of new Set([nameKey(name), nameKey(decoded(name))])) {
      add(byPath, path, name);
      add(byStem, stemOf(path), name);
      for (const end of endsOf(path)) {
        add(byFile, end, name);
        add(byFileStem, stemOf(end), name);
      }
    }
  }
  const slash = feedName?.lastIndexOf('/') ?? -1;
  const folder = slash < 0 ? '' : nameKey(feedName!.slice(0, slash + 1));

  function* meant(reference: string): Generator<Meant> {
    const keys = [...new Set([nameKey(reference), nameKey(decoded(reference))])];
    const paths = keys.flatMap((key) => (folder ? [folder + key, key] : [key]));
    const [whole, inFolder, alone] = [paths, keys.flatMap(withFolder), keys.map(fileOf)];
    for (const [map, stems, tried] of [
      [byPath, byStem, whole],
      [byFile, byFileStem, inFolder],
      [byFile, byFileStem, alone],
    ] as const) {
      for (const key of tried) if (map.has(key)) yield map.get(key)!;
      for (const key of tried.map(stemOf)) if (stems.has(key)) yield stems.get(key)!;
    }
  }

  return {
    find(reference) {
      for (const one of meant(reference)) if (typeof one === 'string') return one;
      return undefined;
    },
    explain(reference) {
      const [several] = meant(reference);
      const reason =
        several === undefined || typeof several === 'string'
          ? `The ${what} contains no image "${reference}".`
          : `The ${what} contains several images that "${reference}" may mean, such as ${several.map(quoted).join(' and ')}: ` +
            'write the path of one.';
      return new RowImageError('IMAGE_NOT_FOUND', reason);
    },
  };
}

/** Characters of a name that a message repeats. */
const MOST_SHOWN = 200;
const quoted = (name: string) => `"${name.slice(0, MOST_SHOWN).toWellFormed()}"`;

const fileOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
/** `b/c.jpg` of `a/b/c.jpg`; none of a file alone. */
function withFolder(path: string): string[] {
  const parts = path.split('/');
  return parts.length > 1 ? [parts.slice(-2).join('/')] : [];
}
const endsOf = (path: string) => [fileOf(path), ...withFolder(path)];
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
