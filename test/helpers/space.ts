/** Embeddings made by hand, of which each cosine can be told in advance. */
import { type EmbeddingSpace } from '../../server/vision/contract.ts';
import { COLOURS, type ColourName } from '../../server/vocabulary/taxonomy.ts';
import { TEST_MODEL } from './factories.ts';

/** Similarity 0.2 is score 0.1, 0.6 is 0.5, 1 is 0.9; skirts end at 0.3, that is similarity 0.4. */
export const TEST_SPACE = {
  model: TEST_MODEL,
  parts: [
    { name: 'category', from: 0, to: 128, weight: 0.5 },
    { name: 'colour', from: 128, to: 192, weight: 0.3 },
    { name: 'pattern', from: 192, to: 256, weight: 0.2 },
  ],
  prototypes: Object.fromEntries(COLOURS.map((colour, i) => [colour, axis(64, i)])),
  score: {
    points: [
      [0.2, 0.1],
      [1, 0.9],
    ],
    cutoff: 0.1,
    cutoffByCategory: { skirt: 0.3 },
  },
} as const satisfies EmbeddingSpace;

/**
 * A unit vector whose blocks point along one axis each: two of them have as similarity the sum of the weights of the
 * parts in which they agree.
 */
export function embeddingOf(of: { cut?: number; colour?: ColourName; pattern?: number }): Float32Array {
  const [category, colour, pattern] = TEST_SPACE.parts.map(({ weight }) => Math.sqrt(weight));
  const vector = new Float32Array(256);
  vector[of.cut ?? 0] = category!;
  vector[128 + COLOURS.indexOf(of.colour ?? 'red')] = colour!;
  vector[192 + (of.pattern ?? 0)] = pattern!;
  return vector;
}

function axis(size: number, at: number): number[] {
  return Array.from({ length: size }, (_, i) => Number(i === at));
}
