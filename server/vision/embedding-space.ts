/**
 * What the numbers of an embedding mean, according to the manifest. All of it is optional, and validated if present.
 */
import { z } from 'zod';
import { CATEGORIES, COLOURS } from '../vocabulary/taxonomy.ts';
import { EMBEDDING_SIZE, type EmbeddingSpace, PARTS } from './contract.ts';

/** Tolerance for numbers that went through JSON and float32. */
const TOLERANCE = 1e-3;

const share = z.number().min(0).max(1);
const partSchema = z.object({ name: z.enum(PARTS), from: z.int(), to: z.int(), weight: share });
const scoreSchema = z.object({
  points: z
    .array(z.tuple([z.number().min(-1).max(1), share]))
    .min(2)
    .max(1000),
  cutoff: share,
  cutoffByCategory: z.partialRecord(z.enum(CATEGORIES), share).default({}),
});

/** Fields of `manifest.embedder`. */
export const spaceFields = {
  parts: z.array(partSchema).superRefine(checkParts).optional(),
  /** The order of the output `colours`. */
  colours: z.array(z.string()).superRefine(checkColours).optional(),
  colourPrototypes: z.partialRecord(z.enum(COLOURS), z.array(z.number())).optional(),
  score: scoreSchema.superRefine(checkScore).optional(),
};
const spaceSchema = z.object(spaceFields);
type SpaceFields = z.infer<typeof spaceSchema>;

type Refusal = (path: (string | number)[], message: string) => void;
const refuser =
  (context: z.RefinementCtx): Refusal =>
  (path, message) =>
    context.addIssue({ code: 'custom', path, message });

/** Consecutive blocks that cover the whole vector, with weights that sum to 1. */
function checkParts(parts: readonly z.infer<typeof partSchema>[], context: z.RefinementCtx): void {
  const refuse = refuser(context);
  PARTS.forEach((name, i) => {
    const part = parts[i];
    const from = i === 0 ? 0 : (parts[i - 1]?.to ?? 0);
    if (part?.name !== name) refuse([i, 'name'], `is ${part?.name ?? 'missing'}, not ${name}`);
    else if (part.from !== from) refuse([i, 'from'], `is ${part.from}, not ${from}`);
    else if (part.to <= part.from) refuse([i, 'to'], `is ${part.to}, not above ${part.from}`);
  });
  const last = parts[PARTS.length - 1];
  if (last && last.to !== EMBEDDING_SIZE) {
    refuse([PARTS.length - 1, 'to'], `is ${last.to}, not ${EMBEDDING_SIZE}`);
  }
  if (parts.length > PARTS.length) refuse([], `has ${parts.length} entries, not ${PARTS.length}`);
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > TOLERANCE) refuse([], `has weights that sum to ${sum}, not 1`);
}

function checkColours(colours: readonly string[], context: z.RefinementCtx): void {
  const refuse = refuser(context);
  COLOURS.forEach((colour, i) => {
    if (colours[i] !== colour) refuse([i], `is ${colours[i] ?? 'missing'}, not ${colour}`);
  });
  if (colours.length > COLOURS.length) refuse([], `has ${colours.length} entries, not ${COLOURS.length}`);
}

/** The curve must rise, and some similarity must reach each cutoff: otherwise nothing would ever match. */
function checkScore(score: z.infer<typeof scoreSchema>, context: z.RefinementCtx): void {
  const { points, cutoff, cutoffByCategory } = score;
  // Refused for that already.
  if (points.length === 0) return;
  const refuse = refuser(context);
  points.slice(1).forEach(([similarity, probability], i) => {
    const [similarityBefore, probabilityBefore] = points[i]!;
    if (similarity <= similarityBefore) {
      refuse(['points', i + 1, 0], `is ${similarity}, not above ${similarityBefore}`);
    }
    if (probability < probabilityBefore) {
      refuse(['points', i + 1, 1], `is ${probability}, below ${probabilityBefore}`);
    }
  });
  const [, most] = points.at(-1)!;
  const cutoffs = Object.entries(cutoffByCategory).map(
    ([category, least]) => [['cutoffByCategory', category], least] as const,
  );
  for (const [path, least] of [[['cutoff'], cutoff] as const, ...cutoffs]) {
    if (least > most) refuse([...path], `is ${least}, which no match can have: the points end at ${most}`);
  }
}

/** Checks that involve several fields. */
export function checkSpace({ parts, colourPrototypes }: SpaceFields, context: z.RefinementCtx): void {
  if (!colourPrototypes) return;
  const refuse = refuser(context);
  const block = parts?.find(({ name }) => name === 'colour');
  if (!block) refuse(['colourPrototypes'], 'needs parts');
  const size = block ? block.to - block.from : 0;
  for (const [colour, numbers] of Object.entries(colourPrototypes)) {
    const path = ['colourPrototypes', colour];
    const length = Math.hypot(...numbers);
    if (numbers.length !== size) refuse(path, `has ${numbers.length} numbers, not ${size}`);
    else if (Math.abs(length - 1) > TOLERANCE) refuse(path, `has length ${length}, not 1`);
  }
}

export function toSpace(model: string, { parts, colourPrototypes, score }: SpaceFields): EmbeddingSpace {
  return { model, parts: parts ?? null, prototypes: colourPrototypes ?? null, score: score ?? null };
}
