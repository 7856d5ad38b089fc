/** The bench's catalogue: the same for the same number and embeddings. */
import { randomOf } from '../../helpers/random.ts';
import type { Embedding } from './embeddings.ts';

/** Share of the second garment of the same category that is mixed in: up to so much. */
const MIX = 0.5;
/** Length of the noise that is added to the unit vector, evenly in all directions. */
const NOISE = 0.3;
/** Of so many items, one has the vector of the item before it. */
const DUPLICATE_EVERY = 50;
/** Of ten items, so many come in groups of three variants. */
const GROUPED_OF_TEN = 3;

export const RECIPE =
  `each vector a training garment's, mixed with up to ${MIX} of another of its category, plus noise of length ${NOISE}; ` +
  `1 of ${DUPLICATE_EVERY} equal to the one before; ${GROUPED_OF_TEN} of 10 items in groups of three`;

export interface BenchItem {
  readonly id: string;
  readonly title: string;
  readonly brand: string;
  readonly color: string;
  readonly availability: 'in_stock' | 'out_of_stock';
  readonly priceMinor: number;
  readonly group: string | null;
  readonly attributes: { readonly material: string };
  readonly category: number;
  readonly vector: Float32Array;
}

/** Filters that let so much of the catalogue pass. */
export const LEVELS = {
  none: {},
  '50 %': { availability: ['in_stock'] },
  '5 %': { colors: ['colour 7'] },
  '0.1 %': { brands: ['brand 77'] },
} as const;
export type Level = keyof typeof LEVELS;

const WORDS = [
  'linen',
  'striped',
  'pleated',
  'cropped',
  'wide',
  'ribbed',
  'quilted',
  'sheer',
  'vintage',
  'soft',
];

export function* makeCatalogue(train: readonly Embedding[], count: number): Generator<BenchItem> {
  const random = randomOf(20);
  const pick = (n: number) => Math.floor(random() * n);
  const byCategory = groupByCategory(train);
  let before: Float32Array | null = null;
  for (let i = 0; i < count; i++) {
    const base = train[pick(train.length)]!;
    const others = byCategory.get(base.category)!;
    const vector: Float32Array =
      before && i % DUPLICATE_EVERY === 0
        ? before
        : mix(base.vector, others[pick(others.length)]!.vector, random);
    before = vector;
    yield {
      id: `item-${i}`,
      title: `${WORDS[pick(WORDS.length)]} ${WORDS[pick(WORDS.length)]} garment ${i}`,
      brand: `Brand ${pick(1000)}`,
      color: `Colour ${pick(20)}`,
      availability: random() < 0.5 ? 'in_stock' : 'out_of_stock',
      priceMinor: 1000 + pick(20000),
      group: Math.floor(i / 3) % 10 < GROUPED_OF_TEN ? `group-${Math.floor(i / 3)}` : null,
      attributes: { material: `material ${pick(10)}` },
      category: base.category,
      vector,
    };
  }
}

function groupByCategory(train: readonly Embedding[]): Map<number, Embedding[]> {
  const groups = new Map<number, Embedding[]>();
  for (const one of train) groups.set(one.category, [...(groups.get(one.category) ?? []), one]);
  return groups;
}

function mix(a: Float32Array, b: Float32Array, random: () => number): Float32Array {
  const share = MIX * random();
  const out = new Float32Array(a.length);
  // Three uniform numbers have the variance 1/4 about 1.5.
  const scale = (2 * NOISE) / Math.sqrt(a.length);
  let length = 0;
  for (let d = 0; d < a.length; d++) {
    const noise = (random() + random() + random() - 1.5) * scale;
    const value = (1 - share) * a[d]! + share * b[d]! + noise;
    out[d] = value;
    length += value * value;
  }
  length = Math.sqrt(length);
  for (let d = 0; d < out.length; d++) out[d] = out[d]! / length;
  return out;
}
