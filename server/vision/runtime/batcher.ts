/**
 * Batches the concurrent requests of several photos to a model whose inputs and outputs have the batch as first
 * dimension.
 */
import { own } from '../../vocabulary/own.ts';
import type { Turn } from '../contract.ts';
import type { Bytes, OutputData, Session } from './session.ts';

type Feeds = Readonly<Record<string, Bytes>>;
type Outputs = Record<string, OutputData>;

interface Ask {
  readonly feeds: Feeds;
  readonly rows: number;
  readonly resolve: (outputs: Outputs) => void;
  readonly reject: (error: unknown) => void;
}

export interface Batcher {
  /** Resolves with this request's own rows of the outputs. Shoppers' requests go before the catalogue's. */
  run(feeds: Feeds, turn?: Turn): Promise<Outputs>;
}

/**
 * One run at a time, of at most `most` rows (more only for a single larger request). It never waits to fill a batch:
 * requests that arrive during a run go into the next. The caller limits how many run concurrently.
 */
export function openBatcher(session: Session, most: number): Batcher {
  const queues: { shopper: Ask[]; catalogue: Ask[] } = { shopper: [], catalogue: [] };
  let running = false;

  const take = (): Ask[] => {
    const batch: Ask[] = [];
    let rows = 0;
    for (const queue of [queues.shopper, queues.catalogue]) {
      while (queue.length > 0 && (batch.length === 0 || rows + queue[0]!.rows <= most)) {
        rows += queue[0]!.rows;
        batch.push(queue.shift()!);
      }
    }
    return batch;
  };

  const serve = async (batch: readonly Ask[]): Promise<void> => {
    try {
      const outputs = await session.run(join(batch));
      split(batch, outputs);
    } catch (error) {
      // An invalid request must not fail the others in its batch.
      if (batch.length === 1) batch[0]!.reject(error);
      else for (const ask of batch) await serve([ask]);
    }
  };

  const work = async (): Promise<void> => {
    running = true;
    for (let batch = take(); batch.length > 0; batch = take()) await serve(batch);
    running = false;
  };

  return {
    run: (feeds, turn = 'shopper') =>
      new Promise((resolve, reject) => {
        const rows = Object.values(feeds)[0]!.shape[0]!;
        queues[turn === 'shopper' ? turn : 'catalogue'].push({ feeds, rows, resolve, reject });
        if (!running) void work();
      }),
  };
}

function join(batch: readonly Ask[]): Feeds {
  if (batch.length === 1) return batch[0]!.feeds;
  const names = Object.keys(batch[0]!.feeds);
  return Object.fromEntries(
    names.map((name) => {
      const parts = batch.map(({ feeds }) => own(feeds, name)!);
      const data = new Uint8Array(parts.reduce((sum, part) => sum + part.data.length, 0));
      let at = 0;
      for (const part of parts) {
        data.set(part.data, at);
        at += part.data.length;
      }
      const rows = batch.reduce((sum, ask) => sum + ask.rows, 0);
      return [name, { data, shape: [rows, ...parts[0]!.shape.slice(1)] }];
    }),
  );
}

function split(batch: readonly Ask[], outputs: Outputs): void {
  const rows = batch.reduce((sum, ask) => sum + ask.rows, 0);
  let first = 0;
  for (const ask of batch) {
    const [from, to] = [first, first + ask.rows];
    const mine = Object.entries(outputs).map(([name, data]) => {
      const stride = data.length / rows;
      return [name, data.slice(from * stride, to * stride)] as const;
    });
    ask.resolve(Object.fromEntries(mine));
    first = to;
  }
}
