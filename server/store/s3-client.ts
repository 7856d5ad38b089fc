import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { Config } from '../config.ts';
import { StoreUnavailableError } from '../errors/store-unavailable.ts';

export type S3Place = NonNullable<Config['s3']>;

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** The bytes from `start` up to `end`, without `end`, of which the answer has no more than these. */
  readonly range?: { readonly start: number; readonly end: number };
  /** Statuses that are answers, beside 2xx. */
  readonly accept?: readonly number[];
}

export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export type AskS3 = (request: S3Request) => Promise<S3Answer>;

/** An answer that takes longer has gone astray: the parts that are sent and read have a few megabytes. */
const PATIENCE_MS = 20_000;
/** After an answer that asks to come again, or a broken connection. Whoever has waited in vain does not wait again. */
const PAUSES_MS = [200, 1000];

/** More than a picture (1600 × 1600 pixels) or a page of a list has: no answer without a range is longer. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The keys were replaced, a clock is wrong, a gateway stands in between: no request's fault, and passing. */
const WITHOUT_ACCESS = new Set([301, 302, 307, 308, 401, 403, 407, 511]);
/** What a store calls a thing that is not in the bucket. Any other 404 says that there is no such bucket. */
const NOT_IN_BUCKET = new Set(['NoSuchKey', 'NoSuchUpload']);

/**
 * Sends signed requests, each whole in memory and with a time limit. Throws StoreUnavailableError if the store does not
 * answer, cannot at the moment or lets nobody in, and an Error with the store's own words if it refuses.
 */
export function openS3Client(place: S3Place, patienceMs = PATIENCE_MS): AskS3 {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = place;
  const keys = new Map<string, ArrayBuffer>();

  async function send(request: S3Request): Promise<S3Answer> {
    const { method, key = '', query = {}, body, range } = request;
    const headers = range
      ? { ...request.headers, range: `bytes=${range.start}-${range.end - 1}` }
      : request.headers;
    const url = new URL(`${endpoint}/${bucket}${key && `/${key}`}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      // With its sum in the signature, nothing can change the body on the way.
      headers: { ...headers, 'x-amz-content-sha256': sha256(body ?? Buffer.alloc(0)) },
      service: 's3',
      region,
      accessKeyId,
      secretAccessKey,
      cache: keys,
    }).sign();
    const response = await fetch(signed.url, {
      method,
      headers: signed.headers,
      body: (body as Buffer<ArrayBuffer> | undefined) ?? null,
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'manual',
    });
    return {
      status: response.status,
      headers: response.headers,
      body: range && response.ok ? await readRange(response, range) : await readWhole(response),
    };
  }

  return async (request) => {
    for (let tried = 0; ; tried++) {
      const answer = await send(request).catch((error: unknown) => error as Error);
      if (answer instanceof Error) {
        if (answer instanceof StoreUnavailableError) throw answer;
        if (answer.name === 'TimeoutError' || tried === PAUSES_MS.length)
          throw new StoreUnavailableError(`The store at ${endpoint} does not answer.`, { cause: answer });
      } else if (isWithoutBucket(request, answer)) {
        throw new StoreUnavailableError(`The bucket at ${endpoint} is not there: ${wordsOf(answer)}`);
      } else if (answer.status < 300 || request.accept?.includes(answer.status)) {
        return answer;
      } else if (answer.status < 500 && answer.status !== 429) {
        const message = `The store refused a ${request.method}: ${wordsOf(answer)}`;
        throw WITHOUT_ACCESS.has(answer.status) ? new StoreUnavailableError(message) : new Error(message);
      } else if (tried === PAUSES_MS.length) {
        throw new StoreUnavailableError(`The store at ${endpoint} cannot answer: ${wordsOf(answer)}`);
      }
      await pause(PAUSES_MS[tried]);
    }
  };
}

async function readWhole({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new StoreUnavailableError('The store sends more than any file here has.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Of a store that knows no ranges and sends all of it, too. Throws if it sends less than there is. */
async function readRange(
  { status, headers, body }: Response,
  { start, end }: { start: number; end: number },
) {
  const chunks: Uint8Array[] = [];
  let at = status === 206 ? start : 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk.subarray(Math.max(0, start - at), Math.max(0, end - at)));
    at += chunk.length;
    // An exact answer is read to its end, so that its connection is used again.
    if (at > end) break;
  }
  const [, total] = /\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  if (total !== undefined && at < Math.min(end, Number(total)))
    throw new StoreUnavailableError('The store sends less of a file than was asked for.');
  return Buffer.concat(chunks);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A bucket that is gone, or a gateway that does not know it, may come back: its files are not gone. */
function isWithoutBucket({ method, accept }: S3Request, answer: S3Answer): boolean {
  if (answer.status !== 404 || method === 'HEAD') return false;
  const code = codeOf(answer);
  return accept?.includes(404) ? code === 'NoSuchBucket' : !NOT_IN_BUCKET.has(code ?? '');
}

function codeOf({ body }: S3Answer): string | undefined {
  return /<Code>([^<]*)<\/Code>/.exec(body.toString('utf8', 0, 2000))?.[1];
}

/** What the store says of an error, for the log. */
function wordsOf(answer: S3Answer): string {
  const { status, body } = answer;
  const text = body.toString('utf8', 0, 2000);
  const code = codeOf(answer);
  const [, message] = /<Message>([^<]*)<\/Message>/.exec(text) ?? [];
  return [`status ${status}`, code, message].filter(Boolean).join(', ');
}
