/** Moves the vector to search with towards liked garments and away from disliked ones. */
import type { EmbeddingSpace } from '../vision/contract.ts';
import type { ColourName } from '../vocabulary/taxonomy.ts';

/**
 * Rocchio's weights of the garment itself, of the mean of what is liked and of the mean of what is not (Manning,
 * Raghavan and Schütze, Introduction to Information Retrieval, 9.1.1).
 */
const ROCCHIO = { own: 1, liked: 0.75, disliked: 0.15 } as const;

export interface Change {
  readonly liked: readonly (readonly number[])[];
  readonly disliked: readonly (readonly number[])[];
  /** Replace the garment's own colour. */
  readonly colours: readonly ColourName[];
  /** Parts that a condition already decides: they do not affect the order. */
  readonly settled: readonly ('category' | 'colour' | 'pattern')[];
}

/** What to search with; a match's similarity is `offset` + `scale` × its cosine. */
export interface Refined {
  readonly embedding: readonly number[];
  readonly offset: number;
  readonly scale: number;
}

/** Refines each block of the vector and keeps its weight. */
export function refine(space: EmbeddingSpace, embedding: readonly number[], change: Change): Refined {
  if (Object.values(change).every(({ length }) => length === 0)) return { embedding, offset: 0, scale: 1 };
  const parts = space.parts ?? [{ name: 'whole', from: 0, to: embedding.length, weight: 1 } as const];
  let offset = 0;
  let kept = 0;
  const blocks = parts.map(({ name, from, to, weight }) => {
    const cut = (vector: readonly number[]) => vector.slice(from, to);
    if (name !== 'whole' && change.settled.includes(name)) {
      offset += weight;
      return cut(embedding).fill(0);
    }
    kept += weight;
    const prototypes = name === 'colour' ? prototypesOf(space, change.colours) : [];
    const block =
      prototypes.length > 0
        ? mean(prototypes)
        : rocchio(cut(embedding), change.liked.map(cut), change.disliked.map(cut));
    return times(toUnit(block), Math.sqrt(weight));
  });
  // No part is left to order by: use all of them.
  if (kept <= 0) return refine(space, embedding, { ...change, settled: [] });
  return { embedding: blocks.flat(), offset, scale: Math.sqrt(kept) };
}

/** The model's prototypes for these colours; it may lack some. */
export function prototypesOf(
  { prototypes }: EmbeddingSpace,
  colours: readonly ColourName[],
): (readonly number[])[] {
  return colours.flatMap((colour) => {
    const prototype = prototypes?.[colour];
    return prototype ? [prototype] : [];
  });
}

/** Works on unit vectors, so that a longer block counts for no more. */
function rocchio(
  own: readonly number[],
  liked: readonly (readonly number[])[],
  disliked: readonly (readonly number[])[],
): readonly number[] {
  const moved = sum([
    times(toUnit(own), ROCCHIO.own),
    ...(liked.length > 0 ? [times(mean(liked), ROCCHIO.liked)] : []),
    ...(disliked.length > 0 ? [times(mean(disliked), -ROCCHIO.disliked)] : []),
  ]);
  return moved.some((value) => value !== 0) ? moved : own;
}

function mean(vectors: readonly (readonly number[])[]): number[] {
  return times(sum(vectors.map(toUnit)), 1 / vectors.length);
}

function sum(vectors: readonly (readonly number[])[]): number[] {
  return vectors[0]!.map((_, i) => vectors.reduce((total, vector) => total + vector[i]!, 0));
}

function times(vector: readonly number[], factor: number): number[] {
  return vector.map((value) => value * factor);
}

/** Zeros stay zeros. */
function toUnit(vector: readonly number[]): number[] {
  return times(vector, 1 / (Math.hypot(...vector) || 1));
}
