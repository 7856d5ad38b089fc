import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import type { Config } from '../../config.ts';
import { InvalidImageError, InvalidInputError } from '../../errors/errors.ts';
import { whenDone } from '../../http/answering.ts';
import { refuseLongBody } from '../../http/refusals.ts';
import { makeSlots } from '../slots.ts';
import { FIELD_BYTES, readMultipart } from './multipart.ts';
import { FileTooLargeError } from './upload.ts';

/** As Apollo has it: with one of these, a browser asks the server before it sends another site's request. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

/** Refuses, before a byte of it is read, a multipart request that a page of another site could have sent. */
export const requirePreflight: RequestHandler = (request, _, next) => {
  if (isMultipart(request.headers) && !PREFLIGHT_HEADERS.some((name) => request.get(name))) {
    const message = 'A multipart request must carry the header "apollo-require-preflight: true".';
    throw new InvalidInputError(message, { code: 'BAD_REQUEST' });
  }
  next();
};

/**
 * Uploads that are received or worked on at once: as many photos as the parser and its queue have room for, so that
 * none is read only to be refused. One shopper's address has few of them, so that no two or three addresses can keep
 * all others out. A shop's own uploads do not wait behind its shoppers', nor all behind those of another shop.
 */
const SLOTS = {
  shoppers: { ofClient: 4, all: 32 },
  merchandisers: { ofClient: 16, all: 32 },
};

/** `operations`, `map`, and the headers of all parts. */
const AROUND_FILE_BYTES = 3 * FIELD_BYTES;

export interface Sender {
  /** Whose places are taken. */
  readonly client: string;
  readonly mayImport: boolean;
}

/**
 * Takes files in, on the disk. Whoever may import may send more than a photo. `confirm` throws if the sender may no longer do so
 * once a file has arrived, which can take minutes.
 */
export function acceptUploads(
  config: Pick<Config, 'dataDir' | 'limits'>,
  senderOf: (response: Response) => Sender,
  confirm: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  const folder = join(config.dataDir, 'uploads');
  // What a killed server has left.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { photoBytes, feedBytes } = config.limits;
  const shoppers = makeSlots('uploads', SLOTS.shoppers);
  const merchandisers = makeSlots('uploads', SLOTS.merchandisers);
  return async (request, response, next) => {
    if (!isMultipart(request.headers)) return next();
    // The client disconnected while its key was looked up: no `close` event would free the slot.
    if (response.destroyed) return;
    const { client, mayImport } = senderOf(response);
    const maxFileBytes = mayImport ? Math.max(photoBytes, feedBytes) : photoBytes;
    const tooLarge = mayImport ? new FileTooLargeError(maxFileBytes) : photoTooLarge(photoBytes);
    refuseLongBody(request, response, maxFileBytes + AROUND_FILE_BYTES, tooLarge);
    whenDone(response, (mayImport ? merchandisers : shoppers).take(client));
    request.body = await readMultipart(request, response, {
      folder,
      maxFileBytes,
      confirm: () => confirm(request, response),
    });
    next();
  };
}

/** Who may not import can send photos alone, so a file too large is answered as `parsePhoto` answers one. */
function photoTooLarge(maxBytes: number): InvalidImageError {
  const message = `This file has more than ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
  return new InvalidImageError('IMAGE_TOO_LARGE', message);
}

export function isMultipart(headers: { 'content-type'?: string | undefined }): boolean {
  return /^\s*multipart\//i.test(headers['content-type'] ?? '');
}
