import { FeedError } from './fault.ts';
import { classOf } from './files.ts';
import { isPicture, kindOf, refusalOf } from './kind.ts';
import { closeFeed, type Feed, hasUsableStart } from './rows.ts';

/** A zip or a folder as a list of names. */
export interface Container {
  /** For messages: `zip` or `folder`. */
  readonly what: string;
  readonly names: readonly string[];
  /** The first bytes of a file. */
  headOf(name: string): Promise<Buffer>;
  /** Throws FeedError if the file cannot be one. */
  openFeed(name: string): Promise<Feed>;
}

export interface Picked {
  readonly feedName: string | undefined;
  readonly feed: Feed | null;
  readonly images: readonly string[];
  readonly notes: readonly string[];
}

/** Files without an ending whose bytes are looked at; beyond, they are taken for pictures. */
const MOST_BARE = 2000;
const MOST_FEEDS = 50;
const MOST_LISTED = 5;

/**
 * Tells the feed from the pictures and from what is neither. Of several files that may be feeds, the one whose header
 * can be used is taken. Throws FeedError if there is no such file or more than one, and if there is no feed but
 * something that is not understood: its pictures are then not taken for items.
 */
export async function pickFeed(container: Container): Promise<Picked> {
  const { what } = container;
  const { images, feeds, others } = await sort(container);
  if (feeds.length === 0) {
    if (images.length === 0) throw new FeedError(nothing(what, others));
    if (others.length > 0) {
      throw new FeedError(
        `The ${what} has pictures but no feed, and also ${list(others)}, which cannot be read. Add a feed (CSV, XML, ` +
          'JSON or an Excel sheet), or send the pictures alone.',
      );
    }
    return { feedName: undefined, feed: null, images, notes: [] };
  }
  const feedName = feeds.length === 1 ? feeds[0]! : await choose(container, feeds);
  const unread = [...others, ...feeds.filter((name) => name !== feedName)];
  const feed = await container.openFeed(feedName);
  const notes = unread.length > 0 ? [`Other files in the ${what} were not read: ${list(unread)}.`] : [];
  return { feedName, feed, images, notes };
}

async function sort({ names, headOf }: Container) {
  const [images, feeds, others]: [string[], string[], string[]] = [[], [], []];
  let bare = 0;
  for (const name of names) {
    const kind = classOf(name);
    if (kind === 'image') images.push(name);
    else if (kind === 'feed') feeds.push(name);
    else if (kind === 'other') others.push(name);
    else if (kind === 'bare') {
      bare += 1;
      const head = bare > MOST_BARE ? null : await headOf(name);
      if (head === null || isPicture(head)) images.push(name);
      else if (head.length === 0) continue;
      else if (refusalOf(head) || kindOf(head) === 'zip' || head.includes(0)) others.push(name);
      else feeds.push(name);
    }
  }
  return { images: images.sort(), feeds, others };
}

async function choose(container: Container, feeds: readonly string[]): Promise<string> {
  const usable: string[] = [];
  for (const name of feeds.slice(0, MOST_FEEDS)) {
    const feed = await container.openFeed(name).catch((error: unknown) => {
      if (error instanceof FeedError) return null;
      throw error;
    });
    if (feed && (await hasUsableStart(feed))) usable.push(name);
    await closeFeed(feed);
  }
  const [only, ...more] = usable;
  if (only !== undefined && more.length === 0) return only;
  const { what } = container;
  throw new FeedError(
    only === undefined
      ? `The ${what} contains several files that may be feeds, but none has the columns id, title and image_link: ${list(feeds)}.`
      : `The ${what} contains several feeds: ${list(usable)}. Send one at a time.`,
  );
}

function nothing(what: string, others: readonly string[]): string {
  const found = others.length > 0 ? `, only ${list(others)}` : '';
  return `The ${what} contains neither a feed (CSV, XML, JSON or an Excel sheet) nor images${found}.`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join(', ');
  return names.length > MOST_LISTED ? `${shown} and ${names.length - MOST_LISTED} more` : shown;
}
