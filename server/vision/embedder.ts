/** Garments of one image in, unit vectors and colours out: the code around embedder.onnx. */

import { COLOURS, type ColourName } from '../vocabulary/taxonomy.ts';
import {
  type Box,
  EMBEDDING_SIZE,
  type Embedded,
  type Image,
  type Mask,
  type MaskedGarment,
} from './contract.ts';
import { resizeRegion } from './image.ts';
import { type Manifest, takesLabels } from './manifest.ts';
import { maskBounds } from './masks/bounds.ts';
import { fitSize, placeCrop } from './preprocess.ts';
import type { Bytes, Session } from './runtime/session.ts';
import { type OnTiming, timed } from './timing.ts';

/** Crops of one image in one run: bounds its memory. More than 8 are slower on a CPU, because of its caches. */
const BATCH = 8;
/** How far a vector's length may be from 1. */
const TOLERANCE = 0.01;

/** One garment's embedding with the crop that it was made from, which other models read too. */
export interface EmbeddedCrop extends Embedded {
  /** Uint8Array [side, side, 4], RGBA. */
  readonly crop: Uint8Array;
}

/** One per garment, in order. */
export async function embedGarments(
  session: Session,
  settings: Manifest['embedder'],
  image: Image,
  garments: readonly MaskedGarment[],
  onTiming?: OnTiming,
): Promise<EmbeddedCrop[]> {
  const stride = settings.side * settings.side * 4;
  const embedded: EmbeddedCrop[] = [];
  for (let from = 0; from < garments.length; from += BATCH) {
    const batch = garments.slice(from, from + BATCH);
    const masks = batch.map(({ mask }) => mask);
    const crops = await timed(onTiming, 'crops', () => cropBatch(image, masks, settings.side));
    const labels = batch.map(({ category }) => category ?? 0);
    const feeds = embedderFeeds(settings, crops, labels);
    const outputs = await timed(onTiming, 'embedder', () => session.run(feeds));
    const { embeddings, colours } = outputs;
    checkEmbeddings(embeddings, batch.length);
    batch.forEach((_, i) => {
      embedded.push({
        embedding: embeddings.slice(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE),
        colour: colours instanceof Float32Array ? dominantColour(colours, i) : null,
        crop: crops.subarray(i * stride, (i + 1) * stride),
      });
    });
  }
  return embedded;
}

/** What the model takes: crops Uint8Array [B, side, side, 4] and, unless it does without, labels (1–13, 0 for none). */
export function embedderFeeds(
  { side, inputs }: Pick<Manifest['embedder'], 'side' | 'inputs'>,
  crops: Uint8Array,
  labels: readonly number[],
): Record<string, Bytes> {
  const count = labels.length;
  return {
    crops: { data: crops, shape: [count, side, side, 4] },
    ...(takesLabels(inputs) && { labels: { data: Uint8Array.from(labels), shape: [count] } }),
  };
}

/** Throws TypeError unless these are so many unit vectors, Float32Array [count, 256]. */
export function checkEmbeddings(data: unknown, count: number): asserts data is Float32Array {
  if (!(data instanceof Float32Array)) throw new TypeError('output embeddings is not float32');
  if (data.length !== count * EMBEDDING_SIZE) {
    throw new TypeError(`output embeddings has ${data.length} numbers for ${count} crops`);
  }
  for (let i = 0; i < count; i++) {
    const vector = data.subarray(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE);
    const length = Math.hypot(...vector);
    // NaN fails too.
    if (!(Math.abs(length - 1) <= TOLERANCE)) {
      throw new TypeError(`output embeddings has a vector of length ${length}, not 1`);
    }
  }
}

/** The most probable colour of garment `i`; `probabilities` is Float32Array [B, 13]. */
function dominantColour(probabilities: Float32Array, i: number): ColourName {
  const own = probabilities.subarray(i * COLOURS.length, (i + 1) * COLOURS.length);
  return COLOURS[own.indexOf(Math.max(...own))]!;
}

/**
 * Crops Uint8Array [B, side, side, 4], RGBA. Each is cut at the bounds of its mask, not at the parser's box, like the
 * crops in training (`trim` in model/armoire/retrieval/views.py).
 */
export async function cropBatch(image: Image, masks: readonly Mask[], side: number): Promise<Uint8Array> {
  const stride = side * side * 4;
  const data = new Uint8Array(masks.length * stride);
  await Promise.all(
    masks.map(async (mask, i) => {
      const { x1, y1, x2, y2 } = maskBounds(mask);
      const box: Box = [x1, y1, x2, y2];
      const size = fitSize({ width: x2 - x1, height: y2 - y1 }, side);
      const region = await resizeRegion(image, box, size.width, size.height);
      placeCrop(data.subarray(i * stride, (i + 1) * stride), side, region, mask, box);
    }),
  );
  return data;
}
