/** Garments of one image in, their patterns out: the code around attributes.onnx. */

import { PATTERNS } from '../vocabulary/taxonomy.ts';
import { EMBEDDING_SIZE, type Embedded, type Image, type Mask, type SeenAttributes } from './contract.ts';
import { cropBatch } from './embedder.ts';
import type { Manifest } from './manifest.ts';
import type { Numbers, Session } from './runtime/session.ts';
import { type OnTiming, timed } from './timing.ts';

type Settings = Pick<NonNullable<Manifest['attributes']>, 'side' | 'model' | 'thresholds'>;

/** Crops in one run: bounds its memory. */
const BATCH = 8;

/** One per mask and its embedding, in order; every mask must have at least one pixel. */
export async function readAttributes(
  session: Pick<Session<Numbers>, 'run'>,
  { side, model, thresholds }: Settings,
  image: Image,
  masks: readonly Mask[],
  embedded: readonly Embedded[],
  onTiming?: OnTiming,
): Promise<SeenAttributes[]> {
  const seen: SeenAttributes[] = [];
  for (let from = 0; from < masks.length; from += BATCH) {
    const batch = masks.slice(from, from + BATCH);
    const data = await cropBatch(image, batch, side);
    const shape = [batch.length, side, side, 4];
    const vectors = new Float32Array(batch.length * EMBEDDING_SIZE);
    batch.forEach((_, i) => {
      vectors.set(embedded[from + i]!.embedding, i * EMBEDDING_SIZE);
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
