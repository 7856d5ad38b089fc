/** model/weights/manifest.json describes the ONNX files. It is checked against the files and against this code. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { CATEGORIES, COLOURS, PATTERNS } from '../vocabulary/taxonomy.ts';
import { EMBEDDING_SIZE } from './contract.ts';
import { checkSpace, spaceFields } from './embedding-space.ts';
import { MASK_SIDE } from './masks/masks.ts';
import { OUTLINE_PLANES } from './outline.ts';
import type { TensorInfo } from './runtime/session.ts';

/** The model's files do not fit this server; the message starts with the manifest's field. */
export class ManifestError extends Error {
  readonly field: string;

  constructor(field: string, problem: string, options?: ErrorOptions) {
    super(`model manifest, field ${field}: ${problem}`, options);
    this.name = 'ManifestError';
    this.field = field;
  }
}

const share = z.number().min(0).max(1);
const tensor = z.object({
  name: z.string(),
  shape: z.array(z.union([z.int(), z.string()])),
  type: z.string(),
});
const onnxFile = z.object({
  file: z.string().refine((name) => name === basename(name), 'is not a plain file name'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex'),
  bytes: z.int().positive(),
  inputs: z.array(tensor),
  outputs: z.array(tensor),
});
/** [raw score, precision], both strictly rising, so that calibration never changes an order. */
const curve = z
  .array(z.tuple([share, share]))
  .min(2)
  .refine(
    (points) => points.every(([x, y], i) => i === 0 || (x > points[i - 1]![0] && y > points[i - 1]![1])),
    'does not rise from point to point',
  );
/** It is a key in the database, and shown in the studio. */
const modelName = z.string().regex(/^[\w.+-]{1,100}$/, 'must be 1 to 100 letters, digits, dots, - and _');
const colour = z.int().min(0).max(255);
/** [n][n], symmetric: numbers for each pair of categories or colours. */
const pairs = (size: number, number: z.ZodNumber) =>
  z
    .array(z.array(number).length(size))
    .length(size)
    .refine(
      (rows) => rows.every((row, a) => row.every((value, b) => value === rows[b]?.[a])),
      'is not symmetric',
    );
const count = z.number().int().min(0);
/** DeepFashion2 has 294 landmarks. */
const MOST_CHANNELS = 294;
/** 39 points of x, y, z, visible and inside. */
const POSE_NUMBERS = 39 * 5;
/** The 13 categories, and 0 for garments outside the taxonomy. */
const KINDS = CATEGORIES.length + 1;

const manifestSchema = z.object({
  version: z.string().min(1),
  categories: z.array(z.string()),
  parser: onnxFile.extend({
    /** Long side of the parser's input in pixels, before padding. */
    longSide: z.int().min(32).max(2048),
    multiple: z.int().min(1).max(256),
    padding: z.tuple([colour, colour, colour]),
    /** Applied to the raw scores of parser.onnx. */
    scoreThreshold: share,
    nmsIou: share,
    maskThreshold: share,
    /** Calibration curves by category name; without them, scores stay raw. */
    calibration: z.object({ points: z.partialRecord(z.enum(CATEGORIES), curve) }).optional(),
    /** The channels of the output `landmarks`, and which of them are a category's; without it, there is no such output. */
    landmarks: z
      .object({
        names: z.array(z.string().min(1).max(100)).min(1).max(MOST_CHANNELS),
        channels: z.record(z.enum(CATEGORIES), z.array(z.int().min(0)).max(MOST_CHANNELS)),
      })
      .refine(
        ({ names, channels }) =>
          Object.values(channels).every((list) => list.every((channel) => channel < names.length)),
        'has channels without a name',
      )
      .optional(),
  }),
  embedder: onnxFile
    .extend({
      side: z.int().min(16).max(1024),
      size: z.int(),
      model: modelName,
      ...spaceFields,
    })
    .superRefine(checkSpace),
  compatibility: onnxFile
    .extend({
      /** `embedder.model` of the vectors that it was fitted on. */
      embedder: modelName,
      calibration: z.object({ scale: pairs(KINDS, z.number()), bias: pairs(KINDS, z.number()) }),
      looks: z
        .object({
          count,
          categoryPairs: pairs(KINDS, count),
          colourPairs: pairs(COLOURS.length, count),
        })
        .optional(),
    })
    .optional(),
  /** Without it, patterns are not told. */
  attributes: onnxFile
    .extend({
      side: z.int().min(16).max(1024),
      /** `embedder.model` of the vectors that it was fitted on. */
      embedder: modelName,
      /** Stored with every garment that it read, so that garments are read again by another one. */
      model: modelName,
      patterns: z.array(z.string()),
      /** Guesses that are less sure are not kept; at 1, none of that pattern is. */
      thresholds: z.record(z.enum(PATTERNS), share),
    })
    .optional(),
  /** Without it, there are no previews. */
  pose: onnxFile.extend({ side: z.int().min(64).max(1024) }).optional(),
  /** Without it, there are no previews. */
  outline: onnxFile
    .extend({ multiple: z.int().min(1).max(256), padding: z.tuple([colour, colour, colour]) })
    .optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
type TensorEntry = z.infer<typeof tensor>;

/** Reads and checks the manifest alone; `checkModel` checks its files. Throws ManifestError. */
export async function readManifest(modelDir: string): Promise<Manifest> {
  const path = join(modelDir, 'manifest.json');
  let json: unknown;
  try {
    await requireFile(path);
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ManifestError('(whole file)', `${path} cannot be read as JSON`, { cause });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ManifestError(issue.path.join('.') || '(whole file)', issue.message);
  }
  checkContract(parsed.data);
  return parsed.data;
}

/** Reading a pipe would wait for ever. */
async function requireFile(path: string): Promise<void> {
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a file`);
}

/** Throws ManifestError if the compatibility or attributes model was fitted to another embedder's vectors or crops. */
export function checkFitted(manifest: Manifest, part: 'compatibility' | 'attributes'): void {
  const fittedTo = manifest[part]?.embedder;
  const { model, side } = manifest.embedder;
  if (fittedTo !== undefined && fittedTo !== model) {
    throw new ManifestError(`${part}.embedder`, `is ${fittedTo}, but the embeddings are those of ${model}`);
  }
  const { attributes } = manifest;
  if (part === 'attributes' && attributes && attributes.side !== side) {
    throw new ManifestError(
      'attributes.side',
      `is ${attributes.side}, but the embedder's crops have ${side}`,
    );
  }
}

/** Whether an embedder is told what the parser named a garment. Older ones are not. */
export function takesLabels(inputs: readonly Pick<TensorEntry, 'name'>[]): boolean {
  return inputs.some(({ name }) => name === 'labels');
}

/** Whether a parser is told from which score on to make masks. Older ones make all. */
export function takesMaskFloor(inputs: readonly Pick<TensorEntry, 'name'>[]): boolean {
  return inputs.some(({ name }) => name === 'maskFloor');
}

/** One of the manifest's ONNX files. */
export type Part = 'parser' | 'embedder' | 'attributes' | 'compatibility' | 'pose' | 'outline';

/** What the manifest says of one of its files. Throws ManifestError if it names no such file. */
export function filesOf(manifest: Manifest, part: Part): z.infer<typeof onnxFile> {
  const entry = manifest[part];
  if (!entry) throw new ManifestError(part, 'is missing');
  return entry;
}

/** The path of one of the manifest's ONNX files, after checking its hash. Throws ManifestError. */
export async function checkModel(modelDir: string, manifest: Manifest, part: Part): Promise<string> {
  const { file, bytes, sha256 } = filesOf(manifest, part);
  const path = join(modelDir, file);
  const hash = createHash('sha256');
  let length = 0;
  try {
    await requireFile(path);
    for await (const chunk of createReadStream(path)) {
      length += chunk.length;
      hash.update(chunk);
    }
  } catch (cause) {
    throw new ManifestError(`${part}.file`, `${path} cannot be read`, { cause });
  }
  if (length !== bytes) {
    throw new ManifestError(`${part}.bytes`, `${path} has ${length} bytes, not ${bytes}`);
  }
  const actual = hash.digest('hex');
  if (actual !== sha256) throw new ManifestError(`${part}.sha256`, `${path} hashes to ${actual}`);
  return path;
}

/** Compares the names, types and fixed sizes in the manifest with those in the ONNX file. */
export function checkTensors(
  field: string,
  claimed: readonly TensorEntry[],
  actual: readonly TensorInfo[],
): void {
  const names = (tensors: readonly { name: string }[]) => tensors.map(({ name }) => name).join(', ');
  if (claimed.length !== actual.length || claimed.some(({ name }) => !actual.some((t) => t.name === name))) {
    throw new ManifestError(field, `names ${names(claimed)}, not ${names(actual)}`);
  }
  for (const entry of claimed) {
    const found = actual.find(({ name }) => name === entry.name)!;
    const where = `${field}.${entry.name}`;
    if (found.type !== entry.type) {
      throw new ManifestError(`${where}.type`, `is ${entry.type}, not ${found.type}`);
    }
    if (!shapesAgree(entry.shape, found.shape)) {
      throw new ManifestError(`${where}.shape`, `is [${entry.shape}], not [${found.shape}]`);
    }
  }
}

/** An open dimension, which has a name instead of a size, matches any size. */
function shapesAgree(a: TensorEntry['shape'], b: TensorInfo['shape']): boolean {
  const open = (size: number | string | undefined) => typeof size !== 'number' || size < 0;
  return a.length === b.length && a.every((size, i) => open(size) || open(b[i]) || size === b[i]);
}

/** What this code assumes, field by field. */
function checkContract(manifest: Manifest): void {
  const { categories, parser, embedder, attributes, compatibility, pose, outline } = manifest;
  CATEGORIES.forEach((category, i) => {
    if (categories[i] !== category) {
      throw new ManifestError(`categories.${i}`, `is ${categories[i] ?? 'missing'}, not ${category}`);
    }
  });
  if (categories.length > CATEGORIES.length) {
    throw new ManifestError('categories', `has ${categories.length} entries, not ${CATEGORIES.length}`);
  }
  if (embedder.size !== EMBEDDING_SIZE) {
    throw new ManifestError('embedder.size', `is ${embedder.size}, but the database holds ${EMBEDDING_SIZE}`);
  }
  const mask = [MASK_SIDE, MASK_SIDE];
  const { side } = embedder;
  expect('parser.inputs', parser.inputs, {
    image: ['uint8', [1, 'H', 'W', 3]],
    ...(takesMaskFloor(parser.inputs) && { maskFloor: ['float32', [1]] as const }),
  });
  expect('parser.outputs', parser.outputs, {
    boxes: ['float32', ['N', 4]],
    scores: ['float32', ['N']],
    labels: ['int64', ['N']],
    masks: ['float32', ['N', ...mask]],
    ...(parser.landmarks && { landmarks: ['float32', ['N', parser.landmarks.names.length, 3]] as const }),
  });
  expect('embedder.inputs', embedder.inputs, {
    crops: ['uint8', ['B', side, side, 4]],
    ...(takesLabels(embedder.inputs) && { labels: ['uint8', ['B']] }),
  });
  expect('embedder.outputs', embedder.outputs, {
    embeddings: ['float32', ['B', EMBEDDING_SIZE]],
    ...(embedder.colours && { colours: ['float32', ['B', COLOURS.length]] }),
  });
  if (attributes) checkAttributes(attributes);
  if (pose) {
    expect('pose.inputs', pose.inputs, { image: ['uint8', [1, pose.side, pose.side, 3]] });
    expect('pose.outputs', pose.outputs, {
      landmarks: ['float32', [1, POSE_NUMBERS]],
      presence: ['float32', [1, 1]],
      person: ['float32', [1, pose.side, pose.side, 1]],
    });
  }
  if (outline) {
    expect('outline.inputs', outline.inputs, { crop: ['uint8', [1, 'H', 'W', OUTLINE_PLANES]] });
    expect('outline.outputs', outline.outputs, { inside: ['float32', [1, 'H', 'W']] });
  }
  if (!compatibility) return;
  expect('compatibility.inputs', compatibility.inputs, {
    embedding: ['float32', ['N', EMBEDDING_SIZE]],
    source: ['int64', ['N']],
    target: ['int64', ['N']],
  });
  expect('compatibility.outputs', compatibility.outputs, { query: ['float32', ['N', EMBEDDING_SIZE]] });
}

function checkAttributes({ side, patterns, inputs, outputs }: NonNullable<Manifest['attributes']>): void {
  if (patterns.join() !== PATTERNS.join()) {
    throw new ManifestError('attributes.patterns', `is ${patterns}, not ${PATTERNS}`);
  }
  expect('attributes.inputs', inputs, {
    crops: ['uint8', ['B', side, side, 4]],
    embeddings: ['float32', ['B', EMBEDDING_SIZE]],
  });
  expect('attributes.outputs', outputs, { patterns: ['float32', ['B', PATTERNS.length]] });
}

function expect(
  field: string,
  claimed: readonly TensorEntry[],
  contract: Readonly<Record<string, readonly [type: string, shape: readonly (number | string)[]]>>,
): void {
  const wanted = Object.entries(contract).map(([name, [type, shape]]) => ({ name, type, shape }));
  checkTensors(field, claimed, wanted);
}
