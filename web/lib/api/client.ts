import { ApiError, readBody, toApiError } from './errors.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** Sends one operation to the server that served the page. */
export async function request<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  signal?: AbortSignal,
): Promise<TResult> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal,
  }).catch((cause: unknown) => {
    throw toApiError(cause);
  });
  return readBody<TResult>(response.status, await response.json().catch(() => null));
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
