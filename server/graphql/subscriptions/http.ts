import type { Request, RequestHandler, Response } from 'express';
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  subscribe,
} from 'graphql';
import type { Config } from '../../config.ts';
import { ArmoireError } from '../../errors/errors.ts';
import { makeSlots } from '../slots.ts';
import { openEventStream } from './event-stream.ts';
import { readOperation } from './read-operation.ts';

const STREAMS = { ofClient: 8, all: 500 };

export interface Subscriptions {
  /** Answers requests that accept an event stream, and passes all others on. Wants a body that has been read. */
  readonly handle: RequestHandler;
  /** Completes every stream, so that the server can stop: clients subscribe again elsewhere. */
  stop(): void;
}

export interface SubscriptionParts<Viewer extends { readonly client: string }> {
  readonly schema: GraphQLSchema;
  readonly limits: Config['limits'];
  /** Throws where the key is not good any more. */
  readonly viewerOf: (request: Request) => Promise<Viewer>;
  readonly contextOf: (viewer: Viewer, signal: AbortSignal) => object;
  /** Called once a stream is open. */
  readonly onOpen: (response: Response) => void;
  readonly formatError: (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;
}

/**
 * Subscriptions by Server-Sent Events: ordinary HTTP, which every proxy lets through, with the same header for the
 * key, the same origins and the same limits as any other request.
 */
export function openSubscriptions<Viewer extends { readonly client: string }>(
  parts: SubscriptionParts<Viewer>,
): Subscriptions {
  const slots = makeSlots('subscriptions', STREAMS);
  const open = new Set<AbortController>();

  async function answer(request: Request, response: Response): Promise<void> {
    const viewer = response.locals.viewer as Viewer;
    const { schema, limits } = parts;
    const operation = readOperation(schema, request.body, limits);
    // Hung up while its key was looked up: its end would not be heard of.
    if (response.destroyed) return;
    const giveBack = slots.take(viewer.client);
    const gone = new AbortController();
    open.add(gone);
    response.on('close', () => gone.abort());
    try {
      const contextValue = parts.contextOf(viewer, gone.signal);
      const results = await subscribe({ schema, ...operation, contextValue });
      // Whoever has lost the key since then sees no more.
      const stillWelcome = () => parts.viewerOf(request).catch(() => gone.abort());
      const stream = openEventStream(response, () => void stillWelcome());
      parts.onOpen(response);
      if (isIterable(results)) await send(results, stream.next, gone.signal);
      else await stream.next(formatted(results));
      stream.complete();
    } finally {
      gone.abort();
      open.delete(gone);
      giveBack();
    }
  }

  async function send(
    results: AsyncIterableIterator<ExecutionResult>,
    next: (result: unknown) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
    for (;;) {
      const result = signal.aborted ? null : await Promise.race([results.next(), aborted]);
      if (!result || result.done) break;
      await next(formatted(result.value));
    }
    await results.return?.();
  }

  function formatted({ data, errors }: ExecutionResult) {
    return {
      ...(data !== undefined && { data }),
      ...(errors && { errors: errors.map((error) => parts.formatError(error.toJSON(), error)) }),
    };
  }

  return {
    async handle(request, response, next) {
      if (request.method !== 'POST' || !accepts(request)) return next();
      try {
        await answer(request, response);
      } catch (error) {
        if (!(error instanceof GraphQLError) || error instanceof ArmoireError) throw error;
        response.status(400).json({ errors: [parts.formatError(error.toJSON(), error)] });
      }
    },
    stop() {
      for (const gone of open) gone.abort();
    },
  };
}

function accepts(request: Request): boolean {
  return request.get('accept')?.toLowerCase().includes('text/event-stream') ?? false;
}

function isIterable(
  results: AsyncGenerator<ExecutionResult, void, void> | ExecutionResult,
): results is AsyncGenerator<ExecutionResult, void, void> {
  return Symbol.asyncIterator in results;
}
