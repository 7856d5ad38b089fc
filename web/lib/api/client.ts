import { currentKey, endSession } from '../session.ts';
import { ApiError, readBody, toApiError } from './errors.ts';
import { readEvents } from './events.ts';
import type { TypedDocumentString } from './generated/graphql.ts';
import { serverBridge } from './in-server.ts';

/**
 * Sends an operation to the server that served the page, with the signed-in user's key. On the server, calls it
 * directly.
 */
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

/** Like `request`, with a key that nobody has signed in with yet. */
export async function requestWith<TResult, TVariables>(
  key: string | null,
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  signal?: AbortSignal,
): Promise<TResult> {
  const inServer = serverBridge();
  if (inServer) {
    const { status, body } = await inServer.answer({ query: document.toString(), variables });
    return readBody<TResult>(status, body);
  }
  const accepted = 'application/graphql-response+json, application/json';
  const response = await post(key, accepted, { query: document.toString(), variables }, signal);
  return readBody<TResult>(response.status, await response.json().catch(() => null));
}

/** The results of a subscription as they arrive, as Server-Sent Events, until it ends or is cancelled. */
export async function* subscribe<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  signal: AbortSignal,
): AsyncGenerator<TResult, void, undefined> {
  const body = { query: document.toString(), variables };
  const response = await post(currentKey(), 'text/event-stream', body, signal);
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    readBody(response.status, await response.json().catch(() => null));
    throw new ApiError('INTERNAL_SERVER_ERROR', 'The server sends no events.');
  }
  for await (const { event, data } of readEvents(response.body)) {
    if (event === 'complete') return;
    if (event === 'next') yield readBody<TResult>(response.status, JSON.parse(data));
  }
}

/** Sends an operation whose answer nobody waits for. It arrives even if the page is left meanwhile. */
export function tell<TVariables>(
  document: TypedDocumentString<unknown, TVariables>,
  variables: TVariables,
): void {
  const body = { query: document.toString(), variables };
  // Nothing that a visitor does depends on it.
  post(currentKey(), 'application/graphql-response+json', body, undefined, true).catch(() => undefined);
}

async function post(
  key: string | null,
  accept: string,
  body: { query: string; variables: unknown },
  signal: AbortSignal | undefined,
  keepalive = false,
): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    accept,
    ...(key && { authorization: `Bearer ${key}` }),
  };
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: signal ?? null,
      keepalive,
    });
  } catch (cause) {
    throw toApiError(cause);
  }
}

/** A key that is revoked while signed in ends the session. */
export function noteRefusal(error: unknown, key: string | null): void {
  if (key && error instanceof ApiError && error.code === 'UNAUTHENTICATED' && key === currentKey()) {
    endSession(true);
  }
}

/** The bytes of one of the page's own images, such as a drawn scene. */
export async function fetchPicture(address: string, name: string, signal: AbortSignal): Promise<File> {
  const response = await fetch(address, { signal }).catch((cause: unknown) => {
    throw toApiError(cause);
  });
  if (!response.ok) throw new ApiError('NOT_FOUND', `${address} could not be loaded.`);
  const bytes = await response.blob().catch((cause: unknown) => {
    throw toApiError(cause);
  });
  return new File([bytes], name, { type: bytes.type });
}
