import { expect, it } from 'vitest';
import type { GarmentEmbedder } from '../../../../server/vision/contract.ts';
import type { EmbeddedCrop } from '../../../../server/vision/embedder.ts';
import { toSpace } from '../../../../server/vision/embedding-space.ts';
import { completeGarments, wholeImage } from '../../../../server/vision/garments.ts';
import { fullMask } from '../../../../server/vision/masks/masks.ts';
import type { CropEmbedder } from '../../../../server/vision/open-models.ts';

const image = { width: 4, height: 3, data: new Uint8Array(36) };
const embedding = new Float32Array(256);
const embedderOf = (crops: readonly Uint8Array[]): CropEmbedder => ({
  space: toSpace('own', {}),
  embed: async () => crops.map((crop) => ({ embedding, colour: null, crop })),
});

it('has attributes read from the crops that were embedded, but not from that of a whole picture', async () => {
  const crops: Uint8Array[] = [new Uint8Array(1), new Uint8Array(1), new Uint8Array(1)];
  const garment = { ...wholeImage(image), mask: fullMask(4, 3), whole: false };
  const seen: number[] = [];
  const attributes = {
    read: async (garments: readonly EmbeddedCrop[]) =>
      garments.map(({ crop }) => {
        const number = crops.indexOf(crop);
        seen.push(number);
        return { model: `read ${number}`, pattern: null };
      }),
  };
  const found = await completeGarments(
    { own: embedderOf(crops), candidate: null, attributes, onTiming: undefined },
    image,
    [garment, wholeImage(image), garment],
  );
  expect(seen).toEqual([0, 2]);
  expect(found.map((one) => one.attributes?.model)).toEqual(['read 0', undefined, 'read 2']);
  // Pixels are not kept with what is stored.
  expect(found.some((one) => 'crop' in one)).toBe(false);
});

it('completes garments without the vectors of a candidate that fails', async () => {
  const own = embedderOf([new Uint8Array(1)]);
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
