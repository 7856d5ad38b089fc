import { currentKey, endSession } from '../session.ts';
import { ApiError, readBody, toApiError } from './errors.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** Sends one operation to the server that served the page, with the key of whoever is signed in. */
export async function request<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  signal?: AbortSignal,
): Promise<TResult> {
  const key = currentKey();
  try {
    return await requestWith(key, document, variables, signal);
  } catch (error) {
    noteRefusal(error, key);
    throw error;
  }
}

/** As `request`, with a key that nobody has signed in with yet. */
export async function requestWith<TResult, TVariables>(
  key: string | null,
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  signal?: AbortSignal,
): Promise<TResult> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal,
  }).catch((cause: unknown) => {
    throw toApiError(cause);
  });
  return readBody<TResult>(response.status, await response.json().catch(() => null));
}

/** A key that was revoked while somebody was signed in with it ends the session. */
export function noteRefusal(error: unknown, key: string | null): void {
  if (key && error instanceof ApiError && error.code === 'UNAUTHENTICATED' && key === currentKey()) {
    endSession(true);
  }
}

/** The bytes of one of the page's own pictures, such as a drawn scene. */
export async function fetchPicture(address: string, name: string): Promise<File> {
  const response = await fetch(address).catch((cause: unknown) => {
    throw toApiError(cause);
  });
  if (!response.ok) throw new ApiError('NOT_FOUND', `${address} could not be loaded.`);
  const bytes = await response.blob();
  return new File([bytes], name, { type: bytes.type });
}
