import { type LookupAddress, type LookupAllOptions, lookup as resolveHost } from 'node:dns';
import { STATUS_CODES } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { InvalidInputError } from '../../errors/errors.ts';
import { LIMITS } from '../limits.ts';
import { isPublicAddress } from './address.ts';
import { decoded, UnknownCodingError } from './decoded.ts';
import { fetchErrorReason } from './error-reason.ts';
import { type HostBackoff, openHostBackoff } from './host-backoff.ts';
import { skipContinue } from './skip-continue.ts';
import { conditionsOf, type Validators, validatorsOf } from './validators.ts';

const MAX_REDIRECTS = 3;
const CONNECT_MS = 10_000;
/** Connections to one host, since the shop's server also has to serve its shoppers. */
const CONNECTIONS = 4;
const PATIENCE = {
  /** Until the headers arrive, and between two chunks of the body. */
  silenceMs: 15_000,
  wholeMs: 60_000,
  /** For a file of any length. */
  downloadMs: 120_000,
} as const;
const PORTS = ['', '80', '443'];
/** Of the answer to what was sent. */
const REPLY_BYTES = 2048;

/** `transient` says whether a retry may succeed. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly code: 'FETCH_REFUSED' | 'FETCH_FAILED' | 'IMAGE_TOO_LARGE';
  readonly transient: boolean;

  constructor(
    code: FetchError['code'],
    message: string,
    options: { transient?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.transient = options.transient ?? false;
  }
}

export interface Fetched {
  /** Whether they are an image is found when they are decoded. */
  readonly bytes: Buffer;
  readonly validators: Validators;
}

export interface Fetcher {
  /** What is behind an http(s) URL, at most 20 MB unless said otherwise. Throws FetchError. */
  fetch(url: string): Promise<Fetched>;
  /** The same, unless the server says that nothing has changed since it gave `known`. */
  fetchIfChanged(url: string, known: Validators): Promise<Fetched | 'unchanged'>;
  /**
   * Hands what is behind an http(s) URL to `store` as it arrives, of any length: `store` has to bound it. Throws FetchError,
   * and what `store` throws.
   */
  download(url: string, store: (bytes: Readable) => Promise<void>): Promise<void>;
  /** Sends a text. Whatever is answered is returned, redirects too, which are not followed. Throws FetchError. */
  post(url: string, message: Message): Promise<Reply>;
  close(): Promise<void>;
}

export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Reply {
  readonly status: number;
  /** The beginning of the answer; what comes after it is not read. */
  readonly text: string;
  readonly retryAfter: string | null;
}

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface FetcherOptions {
  readonly allowHosts?: readonly string[];
  /** Resolves names to addresses; the system's resolver by default. */
  readonly resolve?: Resolve;
  readonly patience?: { readonly silenceMs: number; readonly wholeMs: number; readonly downloadMs?: number };
  /** Of a picture. */
  readonly maxBytes?: number;
  /** To one host at a time. */
  readonly connections?: number;
}

/**
 * Fetches the images that feeds and shoppers name, and nothing inside the server's own network. The check is on the
 * address that the socket connects to, so a name that resolves differently the second time gains nothing. Every
 * redirect is checked again. `allowHosts` ("localhost:8080" or "images.internal") lists exceptions, ports included.
 */
export function openFetcher(options: FetcherOptions = {}): Fetcher {
  const { resolve = resolveHost, patience = PATIENCE, maxBytes = LIMITS.imageBytes } = options;
  const { connections = CONNECTIONS } = options;
  const allowed = new Set(options.allowHosts?.map((host) => host.toLowerCase()));
  const isAllowed = (url: URL) => allowed.has(url.host) || allowed.has(url.hostname);
  const agent = {
    headersTimeout: patience.silenceMs,
    bodyTimeout: patience.silenceMs,
    connections,
  };
  const connectors = {
    guarded: guardedConnector(resolve),
    trusting: withoutContinue(buildConnector({ timeout: CONNECT_MS })),
  };
  const dispatchers: Dispatchers = {
    guarded: new Agent({ connect: connectors.guarded, ...agent }),
    trusting: new Agent({ connect: connectors.trusting, ...agent }),
  };
  const backoff = openHostBackoff();
  const picture = { ...pictures(maxBytes), ms: patience.wholeMs };

  async function follow<T>(
    link: string,
    { ms, ...manner }: Pick<Manner<T>, 'conditions' | 'accept' | 'take'> & { ms: number },
    { guarded, trusting } = dispatchers,
  ): Promise<T | 'unchanged'> {
    return within(ms, async (signal) => {
      let url = new URL(link);
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        checkUrl(url, isAllowed(url));
        await backoff.wait(url);
        const dispatcher = isAllowed(url) ? trusting : guarded;
        const answer = await get(url, { ...manner, dispatcher, signal, backoff });
        if (!(answer instanceof URL)) return answer;
        url = answer;
      }
      throw new FetchError('FETCH_FAILED', `${link} redirects more than ${MAX_REDIRECTS} times.`);
    });
  }

  return {
    async fetch(link) {
      // Without conditions, `get` takes a 304 for a failure.
      return (await follow(link, { ...picture, conditions: {} })) as Fetched;
    },
    fetchIfChanged: (link, known) => follow(link, { ...picture, conditions: conditionsOf(known) }),
    async download(link, store) {
      const ms = patience.downloadMs ?? PATIENCE.downloadMs;
      let broken: Error | undefined;
      const watched = (connect: buildConnector.connector) =>
        new Agent({
          ...agent,
          connect: watchSockets(connect, (error) => {
            broken ??= error;
          }),
        });
      const own = { guarded: watched(connectors.guarded), trusting: watched(connectors.trusting) };
      // Feeds in gzip are read as they are.
      const take = async (_: URL, body: Readable, head: Headers) =>
        store(
          await decoded(Readable.from(toItsEnd(body, () => broken)), head['content-encoding'], {
            leaveGzip: true,
          }),
        );
      try {
        await follow(link, { accept: '*/*', ms, conditions: {}, take }, own);
      } finally {
        await Promise.all([own.guarded.destroy(), own.trusting.destroy()]);
      }
    },
    async post(link, message) {
      const url = new URL(link);
      checkUrl(url, isAllowed(url));
      const dispatcher = isAllowed(url) ? dispatchers.trusting : dispatchers.guarded;
      return within(
        patience.wholeMs,
        (signal) => post(url, { ...message, dispatcher, signal }),
        message.signal,
      );
    },
    async close() {
      await Promise.all([dispatchers.guarded.destroy(), dispatchers.trusting.destroy()]);
    },
  };
}

interface Dispatchers {
  readonly guarded: Dispatcher;
  readonly trusting: Dispatcher;
}

function watchSockets(
  connect: buildConnector.connector,
  broken: (error: Error) => void,
): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]: Parameters<typeof callback>) => {
      if (error) return callback(error, null);
      socket?.once('error', broken);
      callback(null, socket!);
    });
}

function withoutContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]: Parameters<typeof callback>) => {
      if (error) return callback(error, null);
      skipContinue(socket!);
      callback(null, socket!);
    });
}

/** Of an answer that states neither length nor chunks, undici takes a connection that breaks for one that ends. */
async function* toItsEnd(body: Readable, broken: () => Error | undefined): AsyncGenerator<Buffer> {
  yield* body;
  const error = broken();
  if (error) throw error;
}

/** Throws FetchError for an address that is refused whatever its host resolves to. */
export function checkAddress(link: string, allowHosts: readonly string[] = []): void {
  const url = new URL(link);
  const allowed = allowHosts.map((host) => host.toLowerCase());
  checkUrl(url, allowed.includes(url.host) || allowed.includes(url.hostname));
}

/** What can be checked before connecting: scheme, credentials, port, and numeric addresses, which no lookup sees. */
function checkUrl(url: URL, isAllowed: boolean): void {
  // Addresses are shown in lists, errors and logs, and undici does not send what stands before the @. Checked first,
  // since the other messages name the address.
  if (url.username || url.password) throw refused(url.host, 'is given with a user name or password');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(url.href, 'is neither http nor https');
  if (isAllowed) return;
  if (!PORTS.includes(url.port)) throw refused(url.origin, 'names a port other than 80 and 443');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (/(?:^|\.)localhost\.?$/.test(host)) throw refused(url.origin, 'is not on the public internet');
  if (isIP(host) && !isPublicAddress(host)) throw refused(url.origin, 'is not on the public internet');
}

function refused(address: string, why: string): FetchError {
  return new FetchError('FETCH_REFUSED', `${address.slice(0, 200)} ${why}.`);
}

/**
 * A name that resolves inside the network and one that does not resolve get the same error and the same retries:
 * otherwise a shop could find out which names exist. It is retried because the name server may be down.
 */
function notPublic(hostname: string): FetchError {
  return new FetchError('FETCH_REFUSED', `${hostname} is not found on the public internet.`, {
    transient: true,
  });
}

function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const open = error ? [] : addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (!first) return callback(notPublic(hostname), '');
      if (options.all) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };
}

function guardedConnector(resolve: Resolve): buildConnector.connector {
  const connect = withoutContinue(buildConnector({ timeout: CONNECT_MS, lookup: publicLookup(resolve) }));
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      if (isPublicAddress(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(notPublic(options.hostname), null);
    });
}

/**
 * Aborts the work after so long, or with `outer`. Node's own timeout signals are not used: one that is only combined with
 * another (`AbortSignal.any`) is collected as garbage, with its timer, and never fires (nodejs/node#57736).
 */
async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const inner = new AbortController();
  const timer = setTimeout(() => inner.abort(new DOMException('It took too long.', 'TimeoutError')), ms);
  const end = () => inner.abort(outer?.reason);
  if (outer?.aborted) end();
  outer?.addEventListener('abort', end);
  try {
    return await work(inner.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', end);
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

interface Manner<T> {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly backoff: HostBackoff;
  readonly conditions: Readonly<Record<string, string>>;
  readonly accept: string;
  /** Reads the body of a good answer. */
  take(url: URL, body: Readable, head: Headers): Promise<T>;
}

/** How pictures are fetched. */
function pictures(maxBytes: number): Pick<Manner<Fetched>, 'accept' | 'take'> {
  return {
    accept: 'image/*',
    async take(url, body, head) {
      const text = await decoded(body, head['content-encoding']);
      const bytes = await readBody(url, text, Number(head['content-length'] ?? 0), maxBytes);
      return { bytes, validators: validatorsOf(head) };
    },
  };
}

/** What `take` makes of what is there, or the address to continue at. */
async function get<T>(
  url: URL,
  { dispatcher, signal, backoff, conditions, accept, take }: Manner<T>,
): Promise<T | URL | 'unchanged'> {
  try {
    const headers = {
      ...conditions,
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'Armoire',
    };
    const { statusCode, headers: head, body } = await request(url, { dispatcher, signal, headers });
    // To undici, destroying a body early is an error, and an unhandled one would end the process.
    body.on('error', () => undefined);
    if (
      statusCode >= 300 &&
      statusCode < 400 &&
      typeof head.location === 'string' &&
      URL.canParse(head.location, url.href)
    ) {
      // The connection is closed instead of reading the rest.
      body.destroy();
      return new URL(head.location, url.href);
    }
    if (statusCode === 304 && Object.keys(conditions).length > 0) {
      body.destroy();
      return 'unchanged';
    }
    if (statusCode !== 200) {
      body.destroy();
      if (statusCode === 429 || statusCode === 503) backoff.begin(url, String(head['retry-after'] ?? ''));
      const meaning = STATUS_CODES[statusCode] ? ` (${STATUS_CODES[statusCode]})` : '';
      const transient = statusCode >= 500 || statusCode === 429 || statusCode === 408;
      throw new FetchError('FETCH_FAILED', `${url.href} answers with status ${statusCode}${meaning}.`, {
        transient,
      });
    }
    return await take(url, body, head);
  } catch (error) {
    throw toFetchError(url, error);
  }
}

async function post(
  url: URL,
  { dispatcher, signal, headers, body }: Message & { dispatcher: Dispatcher; signal: AbortSignal },
): Promise<Reply> {
  try {
    const own = { 'accept-encoding': 'identity', 'user-agent': 'Armoire' };
    const options = { method: 'POST', dispatcher, signal, headers: { ...headers, ...own }, body } as const;
    const { statusCode, headers: head, body: answer } = await request(url, options);
    answer.on('error', () => undefined);
    const retryAfter = typeof head['retry-after'] === 'string' ? head['retry-after'] : null;
    return { status: statusCode, text: await readBeginning(answer), retryAfter };
  } catch (error) {
    throw toFetchError(url, error);
  }
}

async function readBeginning(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= REPLY_BYTES) break;
  }
  body.destroy();
  return Buffer.concat(chunks).subarray(0, REPLY_BYTES).toString();
}

async function readBody(url: URL, body: Readable, announced: number, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = announced;
  if (size <= maxBytes) {
    size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  }
  if (size > maxBytes) {
    body.destroy();
    throw new FetchError(
      'IMAGE_TOO_LARGE',
      `${url.href} is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`,
    );
  }
  return Buffer.concat(chunks);
}

function toFetchError(url: URL, error: unknown): FetchError | InvalidInputError {
  if (error instanceof FetchError || error instanceof InvalidInputError) return error;
  // Errors from the connector may be wrapped.
  if (error instanceof Error && error.cause instanceof FetchError) return error.cause;
  if (error instanceof UnknownCodingError) {
    const message = `${url.href} is sent in a coding that was not asked for (${error.coding}).`;
    return new FetchError('FETCH_FAILED', message, { cause: error });
  }
  const why = fetchErrorReason(error);
  return new FetchError('FETCH_FAILED', `${url.href} ${why}.`, { transient: true, cause: error });
}
