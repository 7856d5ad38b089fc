/** The bench's catalogue: the same for the same number and embeddings. */
import { randomOf } from '../../helpers/random.ts';
import type { Embedding } from './embeddings.ts';

/** Share of the second garment of the same category that is mixed in: up to so much. */
const MIX = 0.5;
/**
 * Length of the noise beside the unit vector. It lies along differences between real garments, so many of them summed
 * up: noise in all 256 directions alike would make a set that no real garments look like.
 */
const NOISE = 0.3;
const DIRECTIONS = 8;
/** And so much in all directions alike. */
const GRAIN = 0.03;
/** Of so many items, one has the vector of the item before it. */
const DUPLICATE_EVERY = 50;
/** Of ten items, so many come in groups of three variants. */
const GROUPED_OF_TEN = 3;

export const RECIPE =
  `each vector a training garment's, mixed with up to ${MIX} of another of its category, plus noise of length ${NOISE} along ${DIRECTIONS} differences ` +
  `between training garments and of ${GRAIN} in all directions; ` +
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
  const noise = () => {
    const sum = new Float32Array(train[0]!.vector.length);
    for (let i = 0; i < DIRECTIONS; i++) {
      const [a, b] = [train[pick(train.length)]!.vector, train[pick(train.length)]!.vector];
      for (let d = 0; d < sum.length; d++) sum[d]! += a[d]! - b[d]!;
    }
    return scaled(sum, NOISE);
  };
  const mix = (a: Float32Array, b: Float32Array) => {
    const share = MIX * random();
    const out = noise();
    const grain = (2 * GRAIN) / Math.sqrt(a.length);
    // Three uniform numbers have the variance 1/4 about 1.5.
    for (let d = 0; d < a.length; d++)
      out[d]! += (1 - share) * a[d]! + share * b[d]! + grain * (random() + random() + random() - 1.5);
    return scaled(out, 1);
  };
  const byCategory = groupByCategory(train);
  let before: Float32Array | null = null;
  for (let i = 0; i < count; i++) {
    const base = train[pick(train.length)]!;
    const others = byCategory.get(base.category)!;
    const vector: Float32Array =
      before && i % DUPLICATE_EVERY === 0 ? before : mix(base.vector, others[pick(others.length)]!.vector);
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

/** The vector itself, at this length. */
function scaled(vector: Float32Array, length: number): Float32Array {
  let sum = 0;
  for (let d = 0; d < vector.length; d++) sum += vector[d]! * vector[d]!;
  const factor = length / (Math.sqrt(sum) || 1);
  for (let d = 0; d < vector.length; d++) vector[d]! *= factor;
  return vector;
}
