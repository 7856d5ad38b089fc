import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { z } from 'zod';
import type { ServerFile } from '../../db/lock.ts';
import { urlOf } from '../server.ts';
import { type ImportClient, ServerGoneError } from './client.ts';
import { type Packed, packSource, UnreadableSourceError } from './pack.ts';

const State = z
  .string()
  .transform((state) => z.enum(['running', 'done', 'failed', 'cancelled']).parse(state.toLowerCase()));
const Severity = z
  .string()
  .transform((severity) => z.enum(['error', 'warning']).parse(severity.toLowerCase()));
const Status = z.object({
  state: State,
  failure: z.string().nullable(),
  notes: z.array(z.string()),
  rowsTotal: z.number(),
  rowsRejected: z.number(),
  rowsUnchanged: z.number(),
  warningCount: z.number(),
  itemsReady: z.number(),
  itemsFailed: z.number(),
  itemsPending: z.number(),
});
const Started = z.object({ importCatalogue: z.object({ id: z.string() }) });
const Polled = z.object({ importJob: Status });
const Errors = z.object({
  importJob: z.object({
    errors: z.array(
      z.object({
        row: z.number(),
        itemId: z.string().nullable(),
        severity: Severity,
        column: z.string().nullable(),
        code: z.string(),
        reason: z.string(),
      }),
    ),
  }),
});
const Answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }))
    .optional(),
});

const START = `mutation Import($feed: Upload!, $mode: FeedMode!, $force: Boolean!) {
  importCatalogue(feed: $feed, mode: $mode, force: $force) { id } }`;
const STATUS = `query ImportStatus($id: ID!) { importJob(id: $id) {
  state failure notes rowsTotal rowsRejected rowsUnchanged warningCount itemsReady itemsFailed itemsPending } }`;
const ERRORS = `query ImportErrors($id: ID!, $after: Int) { importJob(id: $id) {
  errors(first: 1000, after: $after) { row itemId severity column code reason } } }`;

/** Imports through the server that runs on this data folder, with the control token that only its user can read. */
export function openRemoteClient(server: ServerFile): ImportClient {
  const url = `${urlOf(server)}/graphql`;

  async function post(body: string | AsyncIterable<Buffer | string>, contentType: string): Promise<unknown> {
    const { status, text } = await send(body, contentType).catch((cause: unknown) => {
      if (cause instanceof UnreadableSourceError) throw cause;
      throw new ServerGoneError(`The server does not answer: ${(cause as Error).message}`, { cause });
    });
    const parsed = Answer.safeParse(parseJson(text));
    if (!parsed.success) throw new Error(`The server answers with status ${status}: ${text.slice(0, 200)}`);
    const error = parsed.data.errors?.[0];
    // Each start has a control token of its own.
    if (error?.extensions?.code === 'UNAUTHENTICATED') throw new ServerGoneError(error.message);
    if (error) throw new Error(error.message);
    return parsed.data.data;
  }
  async function send(body: string | AsyncIterable<Buffer | string>, contentType: string) {
    const answer = await request(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.token}`,
        'content-type': contentType,
        'apollo-require-preflight': 'true',
      },
      body: typeof body === 'string' ? body : Readable.from(toBody(body)),
      headersTimeout: 0,
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }
  const ask = (query: string, variables: object) =>
    post(JSON.stringify({ query, variables }), 'application/json');

  return {
    async start({ source, name, mode, force }) {
      const packed = await packSource(source);
      const boundary = `armoire-${randomUUID()}`;
      const body = multipart(
        { ...packed, name: name || packed.name },
        { mode: mode.toUpperCase(), force },
        boundary,
      );
      return Started.parse(await post(body, `multipart/form-data; boundary=${boundary}`)).importCatalogue.id;
    },
    status: async (id) => Polled.parse(await ask(STATUS, { id })).importJob,
    errors: async (id, after) => Errors.parse(await ask(ERRORS, { id, after })).importJob.errors,
    close: async () => undefined,
  };
}

/** The GraphQL multipart request specification: operations, then the map, then the file. */
async function* multipart(
  { name, stream }: Packed,
  options: { mode: string; force: boolean },
  boundary: string,
): AsyncGenerator<Buffer | string> {
  const part = (headers: string, content: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${content}`;
  yield part(
    'name="operations"',
    `${JSON.stringify({ query: START, variables: { feed: null, ...options } })}\r\n`,
  );
  yield part('name="map"', '{"0":["variables.feed"]}\r\n');
  yield part(
    `name="0"; filename="${encodeURIComponent(name)}"\r\nContent-Type: application/octet-stream`,
    '',
  );
  yield* stream;
  yield `\r\n--${boundary}--\r\n`;
}

async function* toBody(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
