/** Noise that is the same for the same seed and text, and nothing for seed 0. */
export function noiseOf(seed: number, strength: number): (text: string) => number {
  if (seed === 0) return () => 0;
  return (text) => strength * (2 * share(seed, text) - 1);
}

/** From 0 to 1: FNV-1a over the text, mixed with the seed (mulberry32). */
function share(seed: number, text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  let t = (hash ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
