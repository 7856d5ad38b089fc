/** Garments in, query vectors out: the code around compatibility.onnx. */

import { type Compatibility, type CompatibilityAsk, EMBEDDING_SIZE } from './contract.ts';
import type { Manifest } from './manifest.ts';
import type { Numbers, Session } from './runtime/session.ts';

/** Garments in one run: it copies a projection for each of them. */
const BATCH = 256;

export function makeCompatibility(
  session: Pick<Session<Numbers>, 'run'>,
  { embedder, calibration, looks }: NonNullable<Manifest['compatibility']>,
): Compatibility {
  return {
    embeddingModel: embedder,
    calibration,
    looks: looks ?? null,
    async queries(asks) {
      const found: Float32Array[] = [];
      for (let from = 0; from < asks.length; from += BATCH) {
        found.push(...(await runBatch(session, asks.slice(from, from + BATCH))));
      }
      return found;
    },
  };
}

async function runBatch(
  session: Pick<Session<Numbers>, 'run'>,
  asks: readonly CompatibilityAsk[],
): Promise<Float32Array[]> {
  const embedding = new Float32Array(asks.length * EMBEDDING_SIZE);
  asks.forEach((ask, i) => {
    embedding.set(ask.embedding, i * EMBEDDING_SIZE);
  });
  const categories = (of: 'source' | 'target') => ({
    data: BigInt64Array.from(asks, (ask) => BigInt(ask[of])),
    shape: [asks.length],
  });
  const { query } = await session.run({
    embedding: { data: embedding, shape: [asks.length, EMBEDDING_SIZE] },
    source: categories('source'),
    target: categories('target'),
  });
  if (!(query instanceof Float32Array)) throw new TypeError('output query is not float32');
  return asks.map((_, i) => query.slice(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE));
}
