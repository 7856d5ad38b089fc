import { keepOwnPhoto } from '../own-photos.ts';
import { currentKey } from '../session.ts';
import { noteRefusal, request } from './client.ts';
import { ApiError, readBody } from './errors.ts';
import { ParsePhotoAtDocument, ParsePhotoDocument } from './generated/documents/photos.ts';
import type { ParsePhotoMutation, TypedDocumentString } from './generated/graphql.ts';
import { type Photo, shapePhoto } from './shapes.ts';

export interface UploadOptions {
  /** Share of the bytes sent so far, 0 to 1. */
  onProgress(share: number): void;
  signal: AbortSignal;
}

/**
 * Uploads a photo and resolves with its garments. This browser keeps the token that proves the photo is the visitor's.
 */
export async function parsePhoto(file: File, options: UploadOptions): Promise<Photo> {
  const { parsePhoto } = await upload(ParsePhotoDocument, 'image', file, {}, options);
  return keep(parsePhoto);
}

/** The same with the picture behind a link, which the server fetches. */
export async function parsePhotoAt(url: string, signal: AbortSignal): Promise<Photo> {
  return keep((await request(ParsePhotoAtDocument, { url }, signal)).parsePhotoAt);
}

function keep({ ownerToken: token, ...photo }: ParsePhotoMutation['parsePhoto']): Photo {
  if (token) keepOwnPhoto(photo.id, { token, expiresAt: photo.expiresAt });
  return shapePhoto(photo);
}

/**
 * Sends an operation whose variable `name` is a file, by the GraphQL multipart request specification
 * (https://github.com/jaydenseric/graphql-multipart-request-spec).
 * XMLHttpRequest, because fetch does not report the progress of an upload.
 */
export function upload<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  name: keyof TVariables & string,
  file: File,
  variables: Omit<TVariables, typeof name>,
  { onProgress, signal }: UploadOptions,
): Promise<TResult> {
  const form = new FormData();
  const operation = { query: document.toString(), variables: { ...variables, [name]: null } };
  form.set('operations', JSON.stringify(operation));
  form.set('map', JSON.stringify({ 0: [`variables.${name}`] }));
  form.set('0', file, file.name);
  const key = currentKey();

  return new Promise((resolve, reject) => {
    // Given up while the file was being prepared.
    signal.throwIfAborted();
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    signal.addEventListener('abort', abort, { once: true });
    xhr.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    xhr.upload.onload = () => onProgress(1);
    xhr.onerror = () => reject(new ApiError('UNREACHABLE', 'The server could not be reached.'));
    xhr.onabort = () => reject(new DOMException('Cancelled', 'AbortError'));
    xhr.onload = () => {
      try {
        resolve(readBody<TResult>(xhr.status, xhr.response));
      } catch (error) {
        noteRefusal(error, key);
        reject(error);
      }
    };
    xhr.onloadend = () => signal.removeEventListener('abort', abort);
    xhr.open('POST', '/graphql');
    xhr.responseType = 'json';
    // Apollo rejects multipart bodies without this header, which makes browsers send a preflight for cross-site
    // requests.
    xhr.setRequestHeader('apollo-require-preflight', 'true');
    if (key) xhr.setRequestHeader('authorization', `Bearer ${key}`);
    xhr.send(form);
  });
}
