import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { InvalidInputError } from '../../errors/errors.ts';
import { badMultipart, type Operation, placeUploads, readOperations } from './map.ts';
import { PACE, watchPace } from './pace.ts';
import { cutOff, FileTooLargeError, type FileUpload, openFile } from './upload.ts';

/** What a JSON body may have, too. */
export const FIELD_BYTES = 256 * 1024;
const LIMITS = { fields: 2, fieldSize: FIELD_BYTES, files: 1, parts: 3, headerPairs: 20, headerSize: 8192 };
/** RFC 2046, 5.1.1. A long one makes the search for it slow. */
const MAX_BOUNDARY = 70;
/**
 * More than a request brings at a time (64 KiB). The parser passes over a part that is neither a field nor a file; if
 * such a part ends in a piece that is longer than its buffer, the parser waits for ever to be read from
 * (@fastify/busboy 3.2.6: Dicer is not resumed once the part has ended).
 */
const PART_BUFFER_BYTES = 128 * 1024;

interface ReadOptions {
  readonly folder: string;
  readonly maxFileBytes: number;
  /** Asked once the file has arrived; what it throws is the file's error. */
  confirm(): Promise<void>;
}

/**
 * Reads a request by the GraphQL multipart request specification: `operations`, `map`, one file. Returns the operation
 * when its file begins to arrive, so that it can be refused before the file is taken in; the file is written to
 * `folder`, and removed when the request has been answered. Throws InvalidInputError.
 */
export function readMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, maxFileBytes, confirm }: ReadOptions,
): Promise<Operation> {
  const parser = openParser(request);
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    let operation: Operation | undefined;
    let uploads: Map<string, FileUpload> | undefined;

    /** The first fault counts. What still comes is read and forgotten, so that the client hears of it. */
    const fail = (error: unknown) => {
      if (over.signal.aborted) return;
      over.abort(error);
      request.unpipe(parser);
      request.resume();
      for (const upload of uploads?.values() ?? []) upload.reject(error);
      reject(error);
    };

    const onField = (name: string | undefined, text: string, truncated: boolean) => {
      if (truncated) throw badMultipart(`The field "${name}" has more than ${FIELD_BYTES} bytes.`);
      if (name === 'operations') {
        if (operation) throw badMultipart('The field "operations" may appear only once.');
        operation = readOperations(text);
      } else if (name === 'map') {
        if (!operation) throw badMultipart('The field "map" must follow "operations".');
        if (uploads) throw badMultipart('The field "map" may appear only once.');
        uploads = placeUploads(operation, text);
      }
    };

    const onFile = (name: string | undefined, stream: BusboyFileStream, filename: string | undefined) => {
      if (!operation || !uploads) throw badMultipart('A file must follow "operations" and "map".');
      if (name === undefined) throw badMultipart('A file must have the field name that "map" uses.');
      const upload = uploads.get(name);
      if (!upload) return void stream.resume();
      const path = join(folder, randomUUID());
      const remove = () => void rm(path, { force: true }).catch(() => undefined);
      const written = writeFile(stream, path, maxFileBytes, over.signal);
      written
        .then(async (bytes) => {
          await confirm();
          upload.resolve(openFile(path, filename ?? '', bytes));
        })
        .catch(fail);
      response.once('close', () => written.then(remove, remove));
      resolve(operation);
    };

    const onFinish = () => {
      if (!operation) throw badMultipart('The field "operations" is missing.');
      if (!uploads) throw badMultipart('The field "map" is missing.');
      // No effect where it came.
      if (uploads.size > 0) reject(new InvalidInputError('The file is missing.', { code: 'FILE_MISSING' }));
      else resolve(operation);
    };

    const guarded =
      <Values extends unknown[]>(handle: (...values: Values) => void) =>
      (...values: Values) => {
        if (over.signal.aborted) return;
        try {
          handle(...values);
        } catch (error) {
          fail(error);
        }
      };
    const tooMany = () => fail(badMultipart('Send "operations", "map" and one file, nothing else.'));
    parser
      .on(
        'field',
        guarded((name, text, _, truncated) => onField(name, text, truncated)),
      )
      .on('file', (name, stream, filename) => {
        // The parser's own error, which comes before, or the disk's, which ends the writing.
        stream.on('error', () => undefined);
        guarded(onFile)(name, stream, filename);
      })
      .on('finish', guarded(onFinish))
      .on('error', (cause) => fail(cutOff(cause)))
      .on('fieldsLimit', tooMany)
      .on('filesLimit', tooMany)
      .on('partsLimit', tooMany);
    request.once('close', () => request.complete || fail(cutOff()));
    response.once('close', () => fail(cutOff()));
    request.pipe(parser);
    const endWatch = watchPace(request, () => {
      if (!response.headersSent) response.setHeader('Connection', 'close');
      fail(tooSlow());
    });
    request.once('close', endWatch);
    response.once('close', endWatch);
  });
}

function openParser({ headers }: IncomingMessage): BusboyInstance {
  const boundary = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(headers['content-type'] ?? '');
  const length = (boundary?.[1] ?? boundary?.[2] ?? '').length;
  if (length < 1 || length > MAX_BOUNDARY) {
    throw badMultipart(`The Content-Type must name a boundary of 1 to ${MAX_BOUNDARY} characters.`);
  }
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type']! },
      limits: LIMITS,
      fileHwm: PART_BUFFER_BYTES,
    });
  } catch (cause) {
    throw badMultipart('The Content-Type cannot be read.', cause);
  }
}

/** Returns the number of bytes. Throws FileTooLargeError. */
async function writeFile(
  stream: BusboyFileStream,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0;
  const bounded = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new FileTooLargeError(maxBytes);
      yield chunk;
    }
  };
  await pipeline(stream, bounded, createWriteStream(path, { mode: 0o600 }), { signal });
  return bytes;
}

function tooSlow(): InvalidInputError {
  const message = `The upload is too slow: it must bring ${PACE.bytesPerSecond / 1024} KiB a second.`;
  return new InvalidInputError(message, { code: 'UPLOAD_TOO_SLOW' });
}
