import { isOutage } from '../../errors/outage.ts';
import { own } from '../../vocabulary/own.ts';
import { peek } from './bytes.ts';
import { declaredEncoding, toUtf8, Utf8Survey, wideEncodingOf } from './encoding.ts';
import { FeedError } from './fault.ts';
import { gunzip } from './gunzip.ts';
import { kindOf, MAGIC_BYTES, refusalOf } from './kind.ts';

/** Bytes that can be read from the start as often as needed. */
export interface Source {
  open(): Promise<AsyncIterable<Buffer>>;
  /** For whoever opened the file. */
  close?(): Promise<void>;
}

/** What a feed's bytes are, told before a row is read. */
export interface Form {
  /** As TextDecoder calls it. */
  readonly encoding: string;
  /** Whether some bytes of a UTF-8 feed are not UTF-8: the rows that have them cannot be trusted. */
  readonly isDamaged: boolean;
  /** The start of the text, enough to tell a format and to find a header. */
  readonly sample: string;
}

/** Long enough for the first items of any feed, and the texts above them. */
const SAMPLE_BYTES = 256 * 1024;
/** Some servers compress a file that is compressed already. */
const MOST_LAYERS = 2;

/** The bytes with gzip taken off. Throws FeedError for a kind of file that is no feed. */
export async function unpacked(source: Source): Promise<AsyncIterable<Buffer>> {
  let { head, all } = await peek(readable(source), MAGIC_BYTES);
  for (let layer = 0; kindOf(head) === 'gzip'; layer++) {
    if (layer === MOST_LAYERS) throw new FeedError('The feed is compressed several times over.');
    ({ head, all } = await peek(gunzip(all), MAGIC_BYTES));
    if (kindOf(head) === 'zip') {
      await all.return(undefined);
      throw new FeedError('The gzip file holds a zip or an Excel sheet. Send that without gzip.');
    }
  }
  const refusal = refusalOf(head);
  if (refusal === null) return all;
  await all.return(undefined);
  throw new FeedError(refusal);
}

/** Throws FeedError if the bytes are not available. Temporary errors, such as too many open files, are passed on. */
async function* readable(source: Source): AsyncGenerator<Buffer> {
  try {
    yield* await source.open();
  } catch (error) {
    if (error instanceof FeedError || isOutage(error)) throw error;
    throw new FeedError(`The feed cannot be read: ${whyUnreadable(error)}.`, { cause: error });
  }
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'its file is no longer there';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'the server may not open its file';
  return 'its file is damaged';
}

/**
 * Reads the feed once from start to end: only then is it known that no part is damaged, and in which encoding it is.
 * A feed that is UTF-8 but for a few bytes stays UTF-8. One with more bytes that are not UTF-8 than characters that
 * are is Windows-1252, or what its XML declaration says.
 */
export async function inspect(source: Source): Promise<Form> {
  const survey = new Utf8Survey();
  const { head, all } = await peek(await unpacked(source), SAMPLE_BYTES);
  const wide = wideEncodingOf(head.subarray(0, MAGIC_BYTES * 2));
  for await (const chunk of all) if (!wide) survey.add(chunk);
  const isUtf8 = survey.bad === 0 || survey.good > survey.bad;
  const encoding = wide ?? (isUtf8 ? 'utf-8' : (declaredEncoding(head) ?? 'windows-1252'));
  const isDamaged = !wide && isUtf8 && (survey.bad > 0 || survey.isCutOff);
  return { encoding, isDamaged, sample: await sampleText(head, encoding) };
}

/** What can be told from the start alone, without reading to the end. */
export async function inspectStart(source: Source): Promise<Form & { readonly bytes: Buffer }> {
  const { head, all } = await peek(await unpacked(source), SAMPLE_BYTES);
  await all.return(undefined);
  const survey = new Utf8Survey();
  survey.add(head);
  const isUtf8 = survey.bad === 0 || survey.good > survey.bad;
  const wide = wideEncodingOf(head.subarray(0, MAGIC_BYTES * 2));
  const encoding = wide ?? (isUtf8 ? 'utf-8' : (declaredEncoding(head) ?? 'windows-1252'));
  return { encoding, isDamaged: true, sample: await sampleText(head, encoding), bytes: head };
}

async function sampleText(bytes: Buffer, encoding: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of toUtf8(once(bytes), encoding)) parts.push(part);
  return Buffer.concat(parts).toString();
}

export async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

const NAMES: Readonly<Record<string, string>> = { 'windows-1252': 'Windows-1252' };

/** What the merchandiser should know about the encoding; null if it is the usual one. */
export function encodingNote({ encoding }: Form): string | null {
  if (encoding.startsWith('utf-')) return null;
  const name = own(NAMES, encoding) ?? encoding.toUpperCase();
  return `The feed is not UTF-8. It was read as ${name}; if letters such as ä or € look wrong, save it as UTF-8.`;
}
