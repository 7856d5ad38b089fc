import { Parser } from 'htmlparser2';
import { LIMITS } from '../limits.ts';
import { FeedError } from './fault.ts';

export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(data: string): void;
  /** `torn` if the feed ends before the element does. */
  close(name: string, torn: boolean): void;
}

const DEEPEST = 200;

/**
 * Reads XML as a stream of events, and stops after each piece so that its results can be passed on. Entities other than
 * XML's own five and numbers stay as they are: nothing is expanded and nothing fetched. A stray `&` or `<` is text.
 * Throws FeedError if a tag or comment is too long to be kept.
 */
export async function* readEvents(
  chunks: AsyncIterable<string>,
  handler: XmlHandler,
  what: string,
): AsyncGenerator<void> {
  let depth = 0;
  let silent = 0;
  let isOver = false;
  let isTagOpen = false;
  const parser = new Parser(
    {
      onopentagname() {
        isTagOpen = true;
      },
      onopentag(name, attributes) {
        isTagOpen = false;
        silent = 0;
        depth += 1;
        if (depth > DEEPEST)
          throw new FeedError(`${what} has more than ${DEEPEST} elements inside each other.`);
        handler.open(name, attributes);
      },
      ontext(data) {
        silent = 0;
        handler.text(data);
      },
      onclosetag(name) {
        // Where the feed ends inside a start tag, the parser closes what it never opened.
        if (isTagOpen) {
          isTagOpen = false;
          return;
        }
        silent = 0;
        depth -= 1;
        handler.close(name, isOver);
      },
      oncomment() {
        silent = 0;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.slice(at, at + PIECE);
      silent += piece.length;
      parser.write(piece);
      if (silent > LIMITS.lineBytes) {
        throw new FeedError(
          `${what} has a tag, a comment or a section longer than ${LIMITS.lineBytes} bytes.`,
        );
      }
      yield;
    }
  }
  isOver = true;
  parser.end();
  yield;
}

/** A chunk may hold all of a small feed: cut, so that few rows wait at a time. */
const PIECE = 64 * 1024;
