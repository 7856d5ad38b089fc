/** Garments of one image in, unit vectors out: what stands around embedder.onnx. */
import { maskBounds } from './bounds.ts';
import type { Box, Image, Mask } from './contract.ts';
import { resizeRegion } from './image.ts';
import { EMBEDDING_SIZE, type Manifest } from './manifest.ts';
import { fitSize, placeCrop } from './preprocess.ts';
import type { Session } from './session.ts';
import { type OnTiming, timed } from './timing.ts';

/** Crops in one run: bounds its memory. */
const BATCH = 16;

/** One Float32Array [256] of unit length for each mask, in their order; every mask has at least one pixel. */
export async function embedGarments(
  session: Session,
  settings: Manifest['embedder'],
  image: Image,
  masks: readonly Mask[],
  onTiming?: OnTiming,
): Promise<Float32Array[]> {
  const embeddings: Float32Array[] = [];
  for (let from = 0; from < masks.length; from += BATCH) {
    const batch = masks.slice(from, from + BATCH);
    const data = await timed(onTiming, 'crops', () => cropBatch(image, batch, settings.side));
    const shape = [batch.length, settings.side, settings.side, 4];
    const outputs = await timed(onTiming, 'embedder', () => session.run({ crops: { data, shape } }));
    const vectors = outputs.embeddings;
    if (!(vectors instanceof Float32Array)) throw new TypeError('output embeddings is not float32');
    batch.forEach((_, i) => {
      embeddings.push(vectors.slice(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE));
    });
  }
  return embeddings;
}

/**
 * Crops Uint8Array [B, side, side, 4], RGBA. Each is cut at its mask's own bounds, not at the parser's box: so were
 * the crops that the embedder learnt from (`trim` in model/armoire/views.py).
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
