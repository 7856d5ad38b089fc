/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Float32Array [256], unit length, in a random direction. */
export function randomUnit(random: () => number): Float32Array {
  return unit(Float32Array.from({ length: 256 }, () => random() + random() + random() - 1.5));
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** Cosine distance of two unit vectors, 0 to 2. */
export function distanceOf(a: Float32Array, b: Float32Array): number {
  return 1 - a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
