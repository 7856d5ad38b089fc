import { boxIou } from '../../server/vision/boxes.ts';
import type {
  Compatibility,
  EmbeddingSpace,
  GarmentEmbedder,
  Image,
  Mask,
  ParsedGarment,
  Vision,
} from '../../server/vision/contract.ts';
import { toSpace } from '../../server/vision/embedding-space.ts';
import { decode } from '../../server/vision/image.ts';
import { bytesOf } from '../../server/vision/image-file.ts';
import { fullMask, rleEncode } from '../../server/vision/masks/masks.ts';
import { polygonMask } from '../../server/vision/masks/polygon.ts';
import { ellipse } from '../../server/vision/region.ts';
import { openGate } from '../../server/vision/runtime/gate.ts';
import { TEST_MODEL } from './factories.ts';
import { unit } from './random.ts';

const GRID = 9;
const DIFFERS = 24;

/**
 * A vision without a model, for tests of what stands around it. What differs from the top left pixel is one garment;
 * a picture of one colour has none. Equal pictures have equal embeddings, alike ones similar embeddings. `space` is
 * what the server is told of them; `candidate` embeds what is parsed as well.
 */
export function makeFakeVision(space: Partial<EmbeddingSpace> = {}, candidate?: GarmentEmbedder): Vision {
  const embedding = { ...toSpace(TEST_MODEL, {}), ...space };
  const decoder = openGate(2, 64);
  const own: GarmentEmbedder = {
    space: embedding,
    embed: async (image, garments) => garments.map(() => ({ embedding: embed(image), colour: 'red' })),
  };
  return {
    serving: { provider: 'cpu', passedOver: [] },
    embeddingModel: embedding.model,
    embedding,
    embedders: candidate ? [own, candidate] : [own],
    compatibility: makeFakeCompatibility(embedding.model),
    decode: (file) => decoder.run(async () => decode(await bytesOf(file))),
    async parse(image) {
      const garment = findGarment(image);
      if (!garment) return [];
      if (!candidate) return [garment];
      const [other] = await candidate.embed(image, [
        { mask: fullMask(image.width, image.height), category: null },
      ]);
      return [{ ...garment, further: { model: candidate.space.model, embedding: other!.embedding } }];
    },
    async parseRegion(image, box, outline) {
      const garment = findGarment(image);
      if (outline) {
        const drawn = garmentOf(image, polygonMask(outline, image), box);
        return garment && boxIou(garment.box, box) >= 0.5 ? drawn : { ...drawn, category: null, score: 0 };
      }
      if (garment && boxIou(garment.box, box) >= 0.5) return garment;
      return { ...garmentOf(image, ellipse(box, image), box), category: null, score: 0 };
    },
    embedWhole: async (image) => ({
      ...garmentOf(image, fullMask(image.width, image.height), [0, 0, image.width, image.height]),
      category: null,
      score: 0,
      whole: true,
    }),
    close: async () => undefined,
  };
}

const KINDS = 14;
const table = (size: number, value: number) => Array.from({ length: size }, () => Array(size).fill(value));

/**
 * To which garments go together if they look alike: the probability is 0.99 for equal vectors, 0.88 at a cosine of 0.5
 * and 0.27 for orthogonal ones.
 */
export function makeFakeCompatibility(embeddingModel: string = TEST_MODEL): Compatibility {
  return {
    embeddingModel,
    queries: async (asks) => asks.map(({ embedding }) => embedding),
    calibration: { scale: table(KINDS, 6), bias: table(KINDS, -1) },
    looks: { count: 1000, categoryPairs: table(KINDS, 40), colourPairs: table(13, 30) },
  };
}

function findGarment(image: Image): ParsedGarment | null {
  const mask: Mask = { ...image, data: new Uint8Array(image.width * image.height) };
  let [x1, y1, x2, y2] = [image.width, image.height, 0, 0];
  for (let at = 0; at < mask.data.length; at++) {
    const differs = [0, 1, 2].some((c) => Math.abs(image.data[at * 3 + c]! - image.data[c]!) > DIFFERS);
    if (!differs) continue;
    mask.data[at] = 1;
    const [x, y] = [at % image.width, Math.floor(at / image.width)];
    [x1, y1, x2, y2] = [Math.min(x1, x), Math.min(y1, y), Math.max(x2, x + 1), Math.max(y2, y + 1)];
  }
  return x2 > x1 ? garmentOf(image, mask, [x1, y1, x2, y2]) : null;
}

function garmentOf(image: Image, mask: Mask, box: ParsedGarment['box']): ParsedGarment {
  const area = mask.data.reduce((sum, value) => sum + value, 0);
  return {
    category: 9,
    score: 0.9,
    box,
    rle: rleEncode(mask),
    area,
    whole: false,
    colour: 'red',
    embedding: embed(image),
  };
}

export const CANDIDATE_MODEL = 'candidate-model';

/** Another model's embedder, to which blue means most; its vectors say nothing beside those of the first. */
export function makeFakeCandidate(onEmbed: () => Promise<void> = async () => undefined): GarmentEmbedder {
  return {
    space: toSpace(CANDIDATE_MODEL, {}),
    async embed(image, garments) {
      await onEmbed();
      return garments.map(() => ({ embedding: embedAnew(image), colour: 'navy' }));
    },
  };
}

function embedAnew(image: Image): Float32Array {
  const old = embed(image);
  const vector = new Float32Array(256);
  for (let i = 0; i < GRID * GRID * 3; i++) vector[(i * 7) % 256] = old[i]! * (i % 3 === 2 ? 2 : 0.7);
  return unit(vector);
}

/** The colours of a grid of points, about their middle. */
function embed({ width, height, data }: Image): Float32Array {
  const vector = new Float32Array(256);
  for (let i = 0; i < GRID * GRID; i++) {
    const x = Math.floor((((i % GRID) + 0.5) * width) / GRID);
    const y = Math.floor(((Math.floor(i / GRID) + 0.5) * height) / GRID);
    for (let c = 0; c < 3; c++) vector[i * 3 + c] = data[(y * width + x) * 3 + c]! - 127.5;
  }
  return unit(vector);
}
