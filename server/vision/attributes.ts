/** The crops of garments and their embeddings in, patterns out: the code around attributes.onnx. */

import { PATTERNS } from '../vocabulary/taxonomy.ts';
import { EMBEDDING_SIZE, type SeenAttributes } from './contract.ts';
import type { EmbeddedCrop } from './embedder.ts';
import type { Manifest } from './manifest.ts';
import type { Numbers, Session } from './runtime/session.ts';
import { type OnTiming, timed } from './timing.ts';

type Settings = Pick<NonNullable<Manifest['attributes']>, 'side' | 'model' | 'thresholds'>;

/** Crops in one run: bounds its memory. More of them are no faster on a CPU. */
const BATCH = 2;

/** One per garment, in order. Reads the crops that the embedder read. */
export async function readAttributes(
  session: Pick<Session<Numbers>, 'run'>,
  { side, model, thresholds }: Settings,
  garments: readonly EmbeddedCrop[],
  onTiming?: OnTiming,
): Promise<SeenAttributes[]> {
  const stride = side * side * 4;
  const seen: SeenAttributes[] = [];
  for (let from = 0; from < garments.length; from += BATCH) {
    const batch = garments.slice(from, from + BATCH);
    const data = new Uint8Array(batch.length * stride);
    const shape = [batch.length, side, side, 4];
    const vectors = new Float32Array(batch.length * EMBEDDING_SIZE);
    batch.forEach(({ crop, embedding }, i) => {
      data.set(crop, i * stride);
      vectors.set(embedding, i * EMBEDDING_SIZE);
    });
    const { patterns } = await timed(onTiming, 'attributes', () =>
      session.run({
        crops: { data, shape },
        embeddings: { data: vectors, shape: [batch.length, EMBEDDING_SIZE] },
      }),
    );
    if (!(patterns instanceof Float32Array) || patterns.length !== batch.length * PATTERNS.length) {
      throw new TypeError('output patterns is not float32 with a number for each pattern and crop');
    }
    batch.forEach((_, i) => {
      seen.push({ model, pattern: surest(patterns.subarray(i * PATTERNS.length), thresholds) });
    });
  }
  return seen;
}

/** The most probable pattern of the first garment in `probabilities`; null where it is not sure enough. */
function surest(probabilities: Float32Array, thresholds: Settings['thresholds']): SeenAttributes['pattern'] {
  const own = probabilities.subarray(0, PATTERNS.length);
  const confidence = Math.max(...own);
  const name = PATTERNS[own.indexOf(confidence)];
  return name && confidence >= thresholds[name] ? { name, confidence: Math.min(1, confidence) } : null;
}
