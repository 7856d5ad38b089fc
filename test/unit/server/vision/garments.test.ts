import { expect, it } from 'vitest';
import type { GarmentEmbedder } from '../../../../server/vision/contract.ts';
import { toSpace } from '../../../../server/vision/embedding-space.ts';
import { completeGarments, wholeImage } from '../../../../server/vision/garments.ts';

it('completes garments without the vectors of a candidate that fails', async () => {
  const image = { width: 4, height: 3, data: new Uint8Array(36) };
  const own: GarmentEmbedder = {
    space: toSpace('own', {}),
    embed: async () => [{ embedding: new Float32Array(256), colour: null }],
  };
  const candidate: GarmentEmbedder = {
    space: toSpace('candidate', {}),
    embed: async () => {
      throw new TypeError('output embeddings has a vector of length NaN, not 1');
    },
  };
  const garments = [wholeImage(image)];
  const [garment] = await completeGarments({ own, candidate, onTiming: undefined }, image, garments);
  expect(garment!.embedding).toHaveLength(256);
  expect(garment!.further).toBeUndefined();
});
