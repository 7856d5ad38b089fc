/** Opens the model's files: a parser and an embedder, on the first provider that can run both. */

import { readAttributes } from './attributes.ts';
import { makeCompatibility } from './compatibility.ts';
import type {
  Compatibility,
  GarmentEmbedder,
  Image,
  MaskedGarment,
  OutlineFinder,
  PoseFinder,
  SeenAttributes,
  Turn,
} from './contract.ts';
import { checkEmbeddings, type EmbeddedCrop, embedderFeeds, embedGarments } from './embedder.ts';
import { toSpace } from './embedding-space.ts';
import {
  checkFitted,
  checkModel,
  checkTensors,
  filesOf,
  type Manifest,
  ManifestError,
  type Part,
  readManifest,
} from './manifest.ts';
import { findOutline } from './outline.ts';
import { parserFeeds } from './parser.ts';
import { findPose } from './pose.ts';
import { roundUp } from './preprocess.ts';
import { openBatcher } from './runtime/batcher.ts';
import { openFirst, type Provider } from './runtime/providers.ts';
import { type Numbers, openSession, type Session, type SessionOptions } from './runtime/session.ts';
import type { OnTiming } from './timing.ts';

/**
 * Crops that photos share in one run. On a CPU, a crop takes 12 ms alone, 12 in a batch of 4 and 14 in a batch of 16.
 */
const SHARED_CROPS = { processor: 8, card: 32 };

export interface VisionOptions {
  /** Folder of manifest.json and the ONNX files. */
  readonly modelDir: string;
  /** Folder of a candidate's manifest.json and embedder, which then embeds every parsed garment too. */
  readonly candidateDir?: string | undefined;
  /** Threads of one run of the model. */
  readonly threads?: number;
  /** Where to run the model, in order of preference; `cpu` by default. */
  readonly providers?: readonly Provider[];
  readonly onTiming?: OnTiming;
}

/** Files and threads of one model. */
type FileOptions = Pick<VisionOptions, 'modelDir' | 'threads'> & Pick<SessionOptions, 'keepsMemory'>;

export interface OpenModels {
  readonly provider: Provider;
  readonly passedOver: readonly string[];
  readonly parser: Session<Numbers>;
  readonly embedder: Session;
}

/** Throws ManifestError, and ProviderError if no provider can run the model. */
export async function openModels(options: VisionOptions, manifest: Manifest): Promise<OpenModels> {
  const { provider, passedOver, opened } = await openFirst(
    options.providers ?? ['cpu'],
    (wanted) => openParts(options, manifest, wanted),
    (error) => error instanceof ManifestError,
  );
  return { provider, passedOver, ...opened };
}

/** An embedder that also gives the crops it read. */
export interface CropEmbedder extends GarmentEmbedder {
  embed(image: Image, garments: readonly MaskedGarment[], turn?: Turn): Promise<EmbeddedCrop[]>;
}

/** An embedder that batches the requests of concurrent photos. */
export function makeEmbedder(
  session: Session,
  manifest: Manifest['embedder'],
  provider: Provider,
  onTiming: OnTiming | undefined,
): CropEmbedder {
  const crops = openBatcher(session, SHARED_CROPS[provider === 'cpu' ? 'processor' : 'card']);
  return {
    space: toSpace(manifest.model, manifest),
    embed: (image, garments, turn) =>
      embedGarments(
        { ...session, run: (feeds) => crops.run(feeds, turn) },
        manifest,
        image,
        garments,
        onTiming,
      ),
  };
}

/** The embedder of a candidate model; null if there is none, or if it is the model in use. */
export async function openCandidate(
  options: VisionOptions,
  own: Manifest,
  provider: Provider,
): Promise<(GarmentEmbedder & { close(): Promise<void> }) | null> {
  const { candidateDir, onTiming } = options;
  if (candidateDir === undefined) return null;
  const manifest = await readManifest(candidateDir);
  if (manifest.embedder.model === own.embedder.model) return null;
  const session = await openPart({ ...options, modelDir: candidateDir }, manifest, 'embedder', provider);
  await tryEmbedder(session, manifest, provider).catch(async (error) => {
    await session.close();
    throw error;
  });
  return { ...makeEmbedder(session, manifest.embedder, provider, onTiming), close: () => session.close() };
}

/** The compatibility model; null if the manifest has none. It is small: one thread of a CPU serves it best. */
export async function openCompatible(
  { modelDir }: FileOptions,
  manifest: Manifest,
): Promise<(Compatibility & { close(): Promise<void> }) | null> {
  checkFitted(manifest, 'compatibility');
  const { compatibility } = manifest;
  if (!compatibility) return null;
  const session = await openPart({ modelDir, threads: 1 }, manifest, 'compatibility', 'cpu');
  return { ...makeCompatibility(session, compatibility), close: () => session.close() };
}

/** Reads garments that the own embedder has embedded. */
export interface OpenAttributes {
  readonly model: string;
  read(garments: readonly EmbeddedCrop[]): Promise<SeenAttributes[]>;
  close(): Promise<void>;
}

/**
 * The attributes model; null if the manifest has none. It is small: one thread of a CPU serves it best. Its tensors are
 * large for what it computes: to get their pages anew for each run would take a third of its time.
 */
export async function openAttributes(
  { modelDir, onTiming }: Pick<VisionOptions, 'modelDir' | 'onTiming'>,
  manifest: Manifest,
): Promise<OpenAttributes | null> {
  checkFitted(manifest, 'attributes');
  const { attributes } = manifest;
  if (!attributes) return null;
  const options = { modelDir, threads: 1, keepsMemory: true };
  const session = await openPart(options, manifest, 'attributes', 'cpu');
  return {
    model: attributes.model,
    read: (garments) => readAttributes(session, attributes, garments, onTiming),
    close: () => session.close(),
  };
}

/** The pose network, opened when it is first asked, since few photos need it; null if the manifest has none. */
export function lazyPose(
  options: FileOptions,
  manifest: Manifest,
): (PoseFinder & { close(): Promise<void> }) | null {
  const { pose } = manifest;
  if (!pose) return null;
  const { open, close } = openLater(options, manifest, 'pose');
  return { find: async (image, box) => findPose(await open(), pose.side, image, box), close };
}

/** The outline network, opened likewise. */
export function lazyOutline(
  options: FileOptions,
  manifest: Manifest,
): (OutlineFinder & { close(): Promise<void> }) | null {
  const { outline } = manifest;
  if (!outline) return null;
  const { open, close } = openLater(options, manifest, 'outline');
  return {
    find: async (crop, found, others) => findOutline(await open(), outline, crop, found, others),
    close,
  };
}

function openLater({ modelDir, threads }: FileOptions, manifest: Manifest, part: Part) {
  let opening: Promise<Session> | undefined;
  const open = () => {
    opening ??= openPart({ modelDir, ...(threads && { threads }) }, manifest, part, 'cpu').catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return { open, close: async () => (await opening?.catch(() => undefined))?.close() };
}

/** Opens both sessions on one provider. On a GPU, both run once: some providers load a model that they cannot run. */
async function openParts(options: FileOptions, manifest: Manifest, provider: Provider) {
  const parser = await openPart(options, manifest, 'parser', provider);
  const opened: Session<Numbers>[] = [parser];
  try {
    const embedder = await openPart(options, manifest, 'embedder', provider);
    opened.push(embedder);
    if (provider !== 'cpu') {
      const { longSide, multiple } = manifest.parser;
      const long = roundUp(longSide, multiple);
      const { data } = blank([1, long, long, 3]);
      await parser.run(parserFeeds(manifest.parser, { width: long, height: long, data }));
      await embedder.run(blankCrops(manifest, 1));
    }
    await tryEmbedder(embedder, manifest, provider);
    return { parser, embedder };
  } catch (error) {
    await Promise.all(opened.map((session) => session.close()));
    throw error;
  }
}

/**
 * Runs it once on two crops: a model may open and give no vectors that can be searched. Throws ManifestError; where it
 * may be the provider's fault, another Error.
 */
async function tryEmbedder(session: Session, manifest: Manifest, provider: Provider): Promise<void> {
  try {
    const { embeddings } = await session.run(blankCrops(manifest, 2));
    checkEmbeddings(embeddings, 2);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `does not embed: ${why}`;
    if (provider !== 'cpu') throw new Error(message, { cause });
    throw new ManifestError('embedder.file', message, { cause });
  }
}

function blankCrops({ embedder }: Manifest, count: number) {
  const { data } = blank([count, embedder.side, embedder.side, 4]);
  return embedderFeeds(embedder, data, Array<number>(count).fill(0));
}

function blank(shape: readonly number[]) {
  return { data: new Uint8Array(shape.reduce((a, b) => a * b, 1)).fill(255), shape };
}

/** Opens one of the manifest's files and compares its inputs and outputs with the manifest. */
async function openPart(
  { modelDir, threads, keepsMemory }: FileOptions,
  manifest: Manifest,
  part: Part,
  provider: Provider,
): Promise<Session<Numbers>> {
  const model = await checkModel(modelDir, manifest, part);
  const session = await openSession(model, { threads, provider, keepsMemory }).catch((cause: unknown) => {
    if (provider !== 'cpu') throw cause;
    throw new ManifestError(`${part}.file`, `${filesOf(manifest, part).file} is no model that can be run`, {
      cause,
    });
  });
  checkTensors(`${part}.inputs`, filesOf(manifest, part).inputs, session.inputs);
  checkTensors(`${part}.outputs`, filesOf(manifest, part).outputs, session.outputs);
  return session;
}
