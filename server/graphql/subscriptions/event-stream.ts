import type { Response } from 'express';

/** Keeps proxies from taking a quiet stream for a dead one; most give up after 30 s or more. */
const HEARTBEAT_MS = 10_000;

export interface EventStream {
  next(result: unknown): Promise<void>;
  /** Says that nothing more will come, and ends the answer. */
  complete(): void;
}

/**
 * Answers as GraphQL over Server-Sent Events has it ("distinct connections mode"): an event `next` for each result,
 * and `complete`. `onBeat` is called now and then.
 */
export function openEventStream(response: Response, onBeat: () => void, beatMs = HEARTBEAT_MS): EventStream {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // nginx would keep events back until its buffer is full.
    'X-Accel-Buffering': 'no',
    Connection: 'keep-alive',
  });
  response.flushHeaders();
  const beat = setInterval(() => {
    response.write(':\n\n');
    onBeat();
  }, beatMs);
  response.on('close', () => clearInterval(beat));
  return {
    async next(result) {
      if (response.closed || response.writableEnded) return;
      if (response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`)) return;
      // A client that does not read makes its own stream wait, and nothing else.
      await new Promise<void>((resolve) => {
        const done = () => {
          response.off('drain', done).off('close', done);
          resolve();
        };
        response.on('drain', done).on('close', done);
      });
    },
    complete() {
      clearInterval(beat);
      if (!response.writableEnded) response.end('event: complete\ndata:\n\n');
    },
  };
}
