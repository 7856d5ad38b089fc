import type { Request, RequestHandler, Response } from 'express';
import { makeFairQueue } from '../db/fair-queue.ts';
import { BusyError } from '../errors/errors.ts';
import { whenDone } from './answering.ts';

/** How many requests of one client are worked on at a time. A browser opens six connections; several may share an address. */
const OF_CLIENT = 16;
const MOST_WAITING = 500;
const MOST_WAIT_MS = 30_000;
const RETRY_AFTER_SECONDS = 5;

export interface Turns {
  /** Waits until few enough of the client's requests are worked on, and then as `begin` does. */
  readonly enter: RequestHandler;
  /** Waits for a turn of the event loop in which nobody else's work begins. */
  readonly begin: RequestHandler;
  /** For a request that goes on for long without work, such as a stream of events: others may enter. */
  leave(response: Response): void;
}

interface Row {
  working: number;
  /** Those who wait, the first one first. */
  readonly waiting: Set<() => void>;
}

/**
 * What has arrived at a moment is all worked on before anything else is heard, and nothing interrupts the validation of a
 * document or the making of a page. So one request begins in each turn of the event loop, clients one after another, and of
 * each client only a few are worked on at a time: whoever sends a thousand at once waits for themselves.
 */
export function makeTurns(
  clientOf: (request: Request, response: Response) => string,
  isExempt: (request: Request) => boolean,
): Turns {
  const rows = new Map<string, Row>();
  const leaves = new WeakMap<Response, () => void>();
  const begins = makeFairQueue(1, MOST_WAIT_MS, 'The server');

  async function begin(client: string, response: Response, next: (error?: unknown) => void): Promise<void> {
    try {
      await begins.take(client);
    } catch (error) {
      return next(error);
    }
    setImmediate(begins.give);
    if (!response.destroyed) next();
  }

  function enter(client: string, row: Row, response: Response, next: (error?: unknown) => void): void {
    row.working += 1;
    let isIn = true;
    const leave = () => {
      if (!isIn) return;
      isIn = false;
      row.working -= 1;
      goOn(client, row);
    };
    leaves.set(response, leave);
    whenDone(response, leave);
    void begin(client, response, next);
  }

  function goOn(client: string, { working, waiting }: Row): void {
    const [go] = waiting;
    if (go && working < OF_CLIENT) go();
    else if (working === 0 && !go) rows.delete(client);
  }

  return {
    enter(request, response, next) {
      // Nobody is there any more, and no `close` will come.
      if (response.destroyed) return;
      if (isExempt(request)) return next();
      const client = clientOf(request, response);
      const row = rows.get(client) ?? { working: 0, waiting: new Set() };
      rows.set(client, row);
      if (row.working < OF_CLIENT) return enter(client, row, response, next);
      if (row.waiting.size >= MOST_WAITING) throw busy();
      const stop = () => {
        row.waiting.delete(go);
        clearTimeout(timer);
        response.off('close', stop);
      };
      const go = () => {
        stop();
        enter(client, row, response, next);
      };
      const timer = setTimeout(() => {
        stop();
        next(busy());
      }, MOST_WAIT_MS);
      row.waiting.add(go);
      response.once('close', stop);
    },
    begin(request, response, next) {
      if (response.destroyed) return;
      void begin(clientOf(request, response), response, next);
    },
    leave: (response) => leaves.get(response)?.(),
  };
}

function busy(): BusyError {
  return new BusyError('You have too many requests open already.', RETRY_AFTER_SECONDS);
}
