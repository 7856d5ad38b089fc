/** A feed and the images beside it: a zip, a folder, or a feed alone. Names are relative, with forward slashes. */
export interface FeedFiles {
  /** Null if there are only images: each of them is then an item. */
  readonly feed: { readonly name: string; open(): Promise<AsyncIterable<Buffer>> } | null;
  /** Every image's name, sorted. */
  readonly imageNames: readonly string[];
  /**
   * The bytes of the image that a row names, relative to the feed or to the top folder, ignoring case. Throws
   * RowImageError.
   */
  readImage(name: string): Promise<Buffer>;
  close(): Promise<void>;
}

const FEED_NAME = /\.(?:csv|tsv|txt|jsonl|ndjson)$/i;
const IMAGE_NAME = /\.(?:jpe?g|jfif|png|webp|avif|heic|heif|gif|tiff?|bmp)$/i;

export const isFeedName = (name: string) => FEED_NAME.test(name);
export const isImageName = (name: string) => IMAGE_NAME.test(name);

/** Left by archivers and operating systems: `__MACOSX/`, `.DS_Store`, `Thumbs.db`. */
export function isSystemFile(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db');
}

/** Where to look for the image that a row names: beside the feed first, then from the top folder. */
export function candidateNames(feedName: string | undefined, name: string): string[] {
  const slash = feedName?.lastIndexOf('/') ?? -1;
  const names = slash < 0 ? [name] : [`${feedName?.slice(0, slash)}/${name}`, name];
  // Composed and decomposed accents are the same name; macOS writes the latter.
  return names.map((candidate) => nameKey(candidate));
}

export const nameKey = (name: string) => name.normalize('NFC').toLowerCase();
