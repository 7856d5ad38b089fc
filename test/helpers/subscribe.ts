import type { Answer } from './server.ts';

/** The events of a subscription as a client of GraphQL over Server-Sent Events gets them. */
export interface Subscribed {
  readonly status: number;
  readonly contentType: string;
  /** Results until the stream completes; an answer that is no stream is its only one. */
  readonly results: AsyncGenerator<Omit<Answer, 'status'>>;
  /** What a client does that goes away. */
  cancel(): void;
}

export async function subscribeTo(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  options: { key?: string | undefined; origin?: string } = {},
): Promise<Subscribed> {
  const gone = new AbortController();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query, variables }),
    signal: gone.signal,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(options.key && { authorization: `Bearer ${options.key}` }),
      ...(options.origin && { origin: options.origin }),
    },
  });
  const contentType = response.headers.get('content-type') ?? '';
  return {
    status: response.status,
    contentType,
    results: results(response, contentType),
    cancel: () => gone.abort(),
  };
}

async function* results(response: Response, contentType: string): AsyncGenerator<Omit<Answer, 'status'>> {
  if (!contentType.startsWith('text/event-stream')) {
    yield (await response.json()) as Answer;
    return;
  }
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [first, second] = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      if (first === 'event: complete') return;
      if (first === 'event: next') yield JSON.parse(second!.slice('data: '.length));
    }
  }
  throw new Error('The stream ended without being completed.');
}

/** All results until the stream completes. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
