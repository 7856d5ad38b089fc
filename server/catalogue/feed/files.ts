import { normalForm } from '../../vocabulary/text.ts';
import type { Feed } from './rows.ts';

/** A feed and the images beside it: a zip, a folder, or a feed alone. Names are relative, with forward slashes. */
export interface FeedFiles {
  /** Null if there are only images: each of them is then an item. */
  readonly feed: (Feed & { readonly name: string }) | null;
  /** Every image's name, sorted. */
  readonly imageNames: readonly string[];
  /** What the merchandiser should know about the other files. */
  readonly notes?: readonly string[];
  /**
   * The bytes of the image that a row names, relative to the feed or to the top folder, ignoring case. Throws
   * RowImageError.
   */
  readImage(name: string): Promise<Buffer>;
  close(): Promise<void>;
}

const FEED_NAME = /\.(?:csv|tsv|tab|txt|jsonl|ndjson|json|xml|rss|atom|xlsx|xlsm|ods|gz)$/i;
const IMAGE_NAME = /\.(?:jpe?g|jfif|png|webp|avif|heic|heif|gif|tiff?|bmp)$/i;
/** What people put beside a feed for people, with the endings that it has. */
const LITTER_NAME =
  /^(?:read[ _-]?me|lies[ _-]?mich|lisez[ _-]?moi|leeme|leggimi|licen[cs]e|copying|copyright|change(?:s|log)|notice|authors|credits|contents?|index|instructions?|anleitung|hinweise?|info|about|terms|manifest)(?:[ _-][\w -]*)?(?:\.[a-z]{2})?(?:\.(?:txt|md|rst|html?|pdf|docx?|rtf))?$/i;
const LITTER_ENDING = /\.(?:md|rst|url|webloc|lnk|ini|inf|log|tmp|bak|nfo|md5|sha\d*|sfv|asc|sig)$/i;

export const isFeedName = (name: string) => FEED_NAME.test(name);
export const isImageName = (name: string) => IMAGE_NAME.test(name);

/** Left by archivers and operating systems: `__MACOSX/`, `.DS_Store`, `Thumbs.db`. */
export function isSystemFile(name: string): boolean {
  return name
    .split('/')
    .some(
      (part) =>
        part.startsWith('.') || part === '__MACOSX' || /^(?:thumbs\.db|desktop\.ini|~\$.*)$/i.test(part),
    );
}

export type FileClass = 'image' | 'feed' | 'bare' | 'litter' | 'other';

/** What a file beside others seems to be by its name. Those without an ending (`bare`) can be anything. */
export function classOf(name: string): FileClass {
  const file = name.slice(name.lastIndexOf('/') + 1);
  if (isSystemFile(name) || LITTER_NAME.test(file) || LITTER_ENDING.test(file)) return 'litter';
  if (isImageName(file)) return 'image';
  if (isFeedName(file)) return 'feed';
  return /\.[a-z]\w{0,5}$/i.test(file) ? 'other' : 'bare';
}

export const nameKey = (name: string) => normalForm(name, 'NFC').toLowerCase();
