import { ApiError, readBody } from './errors.ts';
import { ParsePhotoDocument, type ParsePhotoMutation } from './generated/graphql.ts';
import { type Photo, shapePhoto } from './shapes.ts';

export interface UploadOptions {
  /** Share of the bytes that have left, 0 to 1. */
  onProgress(share: number): void;
  signal: AbortSignal;
}

/**
 * Uploads a photo by the GraphQL multipart request specification
 * (https://github.com/jaydenseric/graphql-multipart-request-spec) and resolves with its garments.
 * XMLHttpRequest, because fetch does not report the progress of an upload.
 */
export function parsePhoto(file: File, { onProgress, signal }: UploadOptions): Promise<Photo> {
  const form = new FormData();
  form.set(
    'operations',
    JSON.stringify({ query: ParsePhotoDocument.toString(), variables: { image: null } }),
  );
  form.set('map', JSON.stringify({ 0: ['variables.image'] }));
  form.set('0', file, file.name);

  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    signal.addEventListener('abort', abort, { once: true });
    xhr.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    xhr.upload.onload = () => onProgress(1);
    xhr.onerror = () => reject(new ApiError('UNREACHABLE', 'The server could not be reached.'));
    xhr.onabort = () => reject(new DOMException('Cancelled', 'AbortError'));
    xhr.onload = () => {
      try {
        resolve(shapePhoto(readBody<ParsePhotoMutation>(xhr.status, xhr.response).parsePhoto));
      } catch (error) {
        reject(error);
      }
    };
    xhr.onloadend = () => signal.removeEventListener('abort', abort);
    xhr.open('POST', '/graphql');
    xhr.responseType = 'json';
    // Apollo refuses multipart bodies without it: it is what makes a browser ask before a cross-site request.
    xhr.setRequestHeader('apollo-require-preflight', 'true');
    xhr.send(form);
  });
}
