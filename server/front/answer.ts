import type { AnswerFor } from '../pages.ts';
import { forwardedFor } from './forwarded-for.ts';

/** A page must not wait longer for its first content than a browser would look at nothing: it asks by itself then. */
const WITHIN_MS = 5000;

/** Asks the API over the network, with the client's address as in the requests that are handed on. */
export function answerFrom(api: URL): AnswerFor {
  const url = new URL('/graphql', api);
  return (request) => async (query) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor(request) },
      body: JSON.stringify(query),
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  };
}
