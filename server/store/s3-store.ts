import { Readable } from 'node:stream';
import { StoreUnavailableError } from '../errors/store-unavailable.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { type AskS3, openS3Client, type S3Answer, type S3Place } from './s3-client.ts';
import { readXml, textOf } from './s3-xml.ts';

/** Parts of an upload that is larger than one; S3 wants at least 5 MiB. */
const PART_BYTES = 8 * 1024 * 1024;
/** A file is read in pieces, so that no connection has to outlast a slow reader. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Objects of an S3 bucket, on AWS or any store that speaks its protocol, addressed by path
 * (`ENDPOINT/BUCKET/KEY`).
 */
export function openS3Store(place: S3Place, ask: AskS3 = openS3Client(place)): FileStore {
  const put = async (key: string, body: Buffer) => void (await ask({ method: 'PUT', key, body }));

  async function check(): Promise<void> {
    const { status } = await ask({ method: 'HEAD', accept: [404] });
    if (status === 404) throw new StoreUnavailableError(`There is no bucket ${place.bucket}.`);
  }

  async function* list(folder: string): AsyncGenerator<StoredFile> {
    for (let token = ''; ; ) {
      const query = { 'list-type': '2', prefix: `${folder}/`, ...(token && { 'continuation-token': token }) };
      const answer = await ask({ method: 'GET', query });
      const page = readXml(answer.body);
      if (page.name !== 'ListBucketResult') throw new StoreUnavailableError('The store lists no files.');
      for (const found of page.children.filter(({ name }) => name === 'Contents')) {
        const age = ageOf(answer, textOf(found, 'LastModified'));
        yield { key: textOf(found, 'Key'), bytes: Number(textOf(found, 'Size')), age };
      }
      const next = textOf(page, 'NextContinuationToken');
      if (textOf(page, 'IsTruncated') !== 'true' || next === '') return;
      if (next === token) throw new StoreUnavailableError('The store lists the same files over and over.');
      token = next;
    }
  }

  /** Null for a range behind the end. */
  async function readRange(key: string, start: number, end: number): Promise<Buffer> {
    const { status, body } = await ask({ method: 'GET', key, range: { start, end }, accept: [416] });
    return status === 416 ? Buffer.alloc(0) : body;
  }

  async function* pieces(key: string): AsyncGenerator<Buffer> {
    for (let at = 0; ; at += PIECE_BYTES) {
      const piece = await readRange(key, at, at + PIECE_BYTES);
      if (piece.length > 0) yield piece;
      if (piece.length < PIECE_BYTES) return;
    }
  }

  async function stat(key: string): Promise<StoredFile | null> {
    const answer = await ask({ method: 'HEAD', key, accept: [404] });
    if (answer.status === 404) {
      // The answer has no words: a bucket that is not there is told by asking for it.
      await check();
      return null;
    }
    const { headers } = answer;
    const age = ageOf(answer, headers.get('last-modified') ?? '');
    return { key, bytes: Number(headers.get('content-length')), age };
  }

  async function remove(key: string): Promise<void> {
    await ask({ method: 'DELETE', key, accept: [404] });
  }

  return {
    name: `s3 ${place.endpoint}/${place.bucket}`,
    isShared: true,
    put,
    async putStream(key, chunks) {
      const parts = inParts(chunks);
      const first = await parts.next();
      const bytes: Buffer = first.done ? Buffer.alloc(0) : first.value;
      if (bytes.length < PART_BYTES) return put(key, bytes);
      await putInParts(ask, key, bytes, parts);
    },
    // Only a new object has a new date.
    touch: async () => false,
    async read(key) {
      const { status, body } = await ask({ method: 'GET', key, accept: [404] });
      return status === 404 ? null : body;
    },
    readRange,
    stream: (key) => Readable.from(pieces(key), { objectMode: false }),
    stat,
    delete: remove,
    async deleteFolder(key) {
      for await (const found of list(key)) await remove(found.key);
    },
    list,
    localPath: () => null,
    check,
  };
}

/** By the store's own clock, which may differ from ours. */
function ageOf({ headers }: S3Answer, modified: string): number {
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const age = now - Date.parse(modified);
  // One that cannot be told is as one just stored, which nobody removes.
  return Number.isNaN(age) ? 0 : Math.max(0, age);
}

/** Pieces of exactly PART_BYTES, the last one shorter, maybe empty. */
async function* inParts(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    while (bytes >= PART_BYTES) {
      const all = Buffer.concat(held);
      yield all.subarray(0, PART_BYTES);
      held = [all.subarray(PART_BYTES)];
      bytes -= PART_BYTES;
    }
  }
  if (bytes > 0) yield Buffer.concat(held);
}

async function putInParts(
  ask: AskS3,
  key: string,
  first: Buffer,
  rest: AsyncGenerator<Buffer, undefined>,
): Promise<void> {
  const begun = await ask({ method: 'POST', key, query: { uploads: '' } });
  const uploadId = textOf(readXml(begun.body), 'UploadId');
  try {
    const tags: string[] = [];
    let size = 0;
    const send = async (body: Buffer) => {
      size += body.length;
      const query = { partNumber: String(tags.length + 1), uploadId };
      const { headers } = await ask({ method: 'PUT', key, query, body });
      tags.push(headers.get('etag') ?? '');
    };
    await send(first);
    for await (const part of rest) await send(part);
    const listed = tags
      .map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escapeXml(tag)}</ETag></Part>`)
      .join('');
    const body = Buffer.from(`<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`);
    const ended = await ask({ method: 'POST', key, query: { uploadId }, body, accept: [404] });
    // The first answer was lost, and this one is to the second time that it was asked.
    if (ended.status === 404 && (await isStored(ask, key, size))) return;
    if (ended.status === 404) throw new StoreUnavailableError(`The store lost the parts of ${key}.`);
    // S3 begins its answer before it knows the outcome.
    if (readXml(ended.body).name === 'Error')
      throw new Error(`The store could not put ${key} together: ${ended.body.toString('utf8', 0, 500)}`);
  } catch (error) {
    await ask({ method: 'DELETE', key, query: { uploadId }, accept: [404] }).catch(() => undefined);
    throw error;
  }
}

async function isStored(ask: AskS3, key: string, bytes: number): Promise<boolean> {
  const { status, headers } = await ask({ method: 'HEAD', key, accept: [404] });
  return status !== 404 && Number(headers.get('content-length')) === bytes;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
