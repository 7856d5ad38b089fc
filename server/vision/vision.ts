/** Opens the model and joins the stages: the one implementation of `Vision` that runs it. */

import type { GarmentEmbedder, Image, Mask, ParsedGarment, Turn, Vision } from './contract.ts';
import { DECODING_BYTES } from './cost.ts';
import { embedGarments } from './embedder.ts';
import { toSpace } from './embedding-space.ts';
import { decode, probe } from './image.ts';
import { bytesOf } from './image-file.ts';
import { checkModel, checkTensors, type Manifest, ManifestError, readManifest } from './manifest.ts';
import { fullMask, rleArea, rleEncode } from './masks/masks.ts';
import { findGarments } from './parser.ts';
import { roundUp } from './preprocess.ts';
import { findInRegion } from './region.ts';
import { openBatcher } from './runtime/batcher.ts';
import { openBudget } from './runtime/budget.ts';
import { openGate } from './runtime/gate.ts';
import { openFirst, type Provider } from './runtime/providers.ts';
import { openSession, type Session } from './runtime/session.ts';
import { type OnTiming, timed } from './timing.ts';

/** Images that may wait for the model, at most 250 MB of pixels, and for a decoder: their files are on the disk. */
const WAITING_PARSES = 32;
const WAITING_DECODES = 64;
/** Each takes a core; of large pictures fewer are decoded at once, within DECODING_BYTES. */
const DECODES = 2;
/** Images being parsed: one in the parser, one in the embedder, one being resized, pasted and encoded on this thread. */
const PARSES = 3;
/** Crops that photos share in one run. On a processor a crop takes 12 ms alone, 12 among 4 and 14 among 16. */
const SHARED_CROPS = { processor: 8, card: 32 };

export interface VisionOptions {
  /** Folder of manifest.json and the ONNX files. */
  readonly modelDir: string;
  /** Folder of a candidate's manifest.json and embedder: what is parsed is embedded by it as well. */
  readonly candidateDir?: string | undefined;
  /** Threads of one run of the model. */
  readonly threads?: number;
  /** Where to run the model, the preferred first; `cpu` alone unless told. */
  readonly providers?: readonly Provider[];
  readonly onTiming?: OnTiming;
}

/**
 * Throws ManifestError, naming the field, where model files, manifest and this code do not agree, and ProviderError
 * where no provider can run them.
 */
export async function openVision(options: VisionOptions): Promise<Vision> {
  const { onTiming, providers = ['cpu'] } = options;
  const manifest = await readManifest(options.modelDir);
  const { provider, passedOver, opened } = await openFirst(
    providers,
    (wanted) => openParts(options, manifest, wanted),
    (error) => error instanceof ManifestError,
  );
  const { parser, embedder } = opened;
  const candidate = await openCandidate(options, manifest, provider);
  const model = openGate(PARSES, WAITING_PARSES);
  // The parser's own queue, so that shoppers overtake the catalogue here too.
  const lane = openGate(1, PARSES);
  const crops = openBatcher(embedder, SHARED_CROPS[provider === 'cpu' ? 'processor' : 'card']);
  const parserIn = (turn?: Turn): Session => ({
    ...parser,
    run: (feeds) => lane.run(() => parser.run(feeds), turn),
  });
  const embedderIn = (turn?: Turn): Session => ({ ...embedder, run: (feeds) => crops.run(feeds, turn) });
  const decoder = openGate(DECODES, WAITING_DECODES);
  const memory = openBudget(DECODING_BYTES);
  const decodeInTurn = async (bytes: Uint8Array): Promise<Image> => {
    const probed = await probe(bytes);
    return memory.run(probed.memory, () => timed(onTiming, 'decode', () => decode(bytes)));
  };

  const finish = async (
    image: Image,
    garments: readonly Unembedded[],
    turn?: Turn,
  ): Promise<ParsedGarment[]> => {
    const masks = garments.map(({ mask }) => mask);
    const embedding = embedGarments(embedderIn(turn), manifest.embedder, image, masks, onTiming);
    // Beside the crops and the embedder's run, which have threads of their own.
    const encoding = timed(onTiming, 'rle', () => masks.map(rleEncode));
    const [embedded, rles] = await Promise.all([embedding, encoding]);
    const further = candidate && (await candidate.embed(image, masks, turn));
    return garments.map(({ mask, ...garment }, i) => {
      const rle = rles[i]!;
      const own = { ...garment, rle, area: rleArea(rle), ...embedded[i]! };
      return further
        ? { ...own, further: { model: candidate.space.model, embedding: further[i]!.embedding } }
        : own;
    });
  };

  const embedding = toSpace(manifest.embedder.model, manifest.embedder);
  const own: GarmentEmbedder = {
    space: embedding,
    embed: (image, masks, turn) => embedGarments(embedderIn(turn), manifest.embedder, image, masks, onTiming),
  };
  // In turn with the parses: a re-embedding takes no core from a shopper.
  const inTurn = ({ space, embed }: GarmentEmbedder): GarmentEmbedder => ({
    space,
    embed: (image, masks, turn) => model.run(() => embed(image, masks, turn), turn),
  });
  return {
    serving: { provider, passedOver },
    embeddingModel: manifest.embedder.model,
    embedding,
    embedders: [own, ...(candidate ? [candidate] : [])].map(inTurn),
    decode: (file, turn) => decoder.run(async () => decodeInTurn(await bytesOf(file)), turn),
    parse: (image, turn) =>
      model.run(async () => {
        const found = await findGarments(parserIn(turn), manifest.parser, image, onTiming);
        return finish(
          image,
          found.map((garment) => ({ ...garment, whole: false })),
          turn,
        );
      }, turn),
    parseRegion: (image, box) =>
      model.run(async () => {
        const find = (part: Image) => findGarments(parserIn(), manifest.parser, part, onTiming);
        return (await finish(image, [{ ...(await findInRegion(find, image, box)), whole: false }]))[0]!;
      }),
    embedWhole: (image) =>
      model.run(async () => (await finish(image, [wholeImage(image)], 'catalogue'))[0]!, 'catalogue'),
    async close() {
      await Promise.all([decoder.close(), model.close()]);
      await lane.close();
      await Promise.all([parser.close(), embedder.close(), candidate?.close()]);
    },
  };
}

/** Null where there is no candidate, or it is the model itself. */
async function openCandidate(
  options: VisionOptions,
  own: Manifest,
  provider: Provider,
): Promise<(GarmentEmbedder & { close(): Promise<void> }) | null> {
  if (options.candidateDir === undefined) return null;
  const manifest = await readManifest(options.candidateDir);
  if (manifest.embedder.model === own.embedder.model) return null;
  const session = await openPart(
    { ...options, modelDir: options.candidateDir },
    manifest,
    'embedder',
    provider,
  );
  const crops = openBatcher(session, SHARED_CROPS[provider === 'cpu' ? 'processor' : 'card']);
  return {
    space: toSpace(manifest.embedder.model, manifest.embedder),
    embed: (image, masks, turn) =>
      embedGarments(
        { ...session, run: (feeds) => crops.run(feeds, turn) },
        manifest.embedder,
        image,
        masks,
        options.onTiming,
      ),
    close: () => session.close(),
  };
}

/** A garment, or a whole image, that has everything but its embedding and colour. */
interface Unembedded extends Omit<ParsedGarment, 'rle' | 'area' | 'embedding' | 'colour'> {
  readonly mask: Mask;
}

/** Score 0: the parser found nothing in it. */
function wholeImage({ width, height }: Image): Unembedded {
  const mask = fullMask(width, height);
  return { category: null, score: 0, box: [0, 0, width, height], mask, whole: true };
}

/** Both sessions on one provider. On anything but the processor they are run once: some load and then cannot run. */
async function openParts(options: VisionOptions, manifest: Manifest, provider: Provider) {
  const parser = await openPart(options, manifest, 'parser', provider);
  const opened: Session[] = [parser];
  try {
    const embedder = await openPart(options, manifest, 'embedder', provider);
    opened.push(embedder);
    if (provider !== 'cpu') {
      const { longSide, multiple } = manifest.parser;
      const { side } = manifest.embedder;
      const long = roundUp(longSide, multiple);
      await parser.run({ image: blank([1, long, long, 3]) });
      await embedder.run({ crops: blank([1, side, side, 4]) });
    }
    return { parser, embedder };
  } catch (error) {
    await Promise.all(opened.map((session) => session.close()));
    throw error;
  }
}

function blank(shape: readonly number[]) {
  return { data: new Uint8Array(shape.reduce((a, b) => a * b, 1)).fill(255), shape };
}

/** The session of one of the manifest's files, its real inputs and outputs compared with those claimed. */
async function openPart(
  { modelDir, threads }: VisionOptions,
  manifest: Manifest,
  part: 'parser' | 'embedder',
  provider: Provider,
): Promise<Session> {
  const model = await checkModel(modelDir, manifest, part);
  const session = await openSession(model, { threads, provider }).catch((cause: unknown) => {
    if (provider !== 'cpu') throw cause;
    throw new ManifestError(`${part}.file`, `${manifest[part].file} is no model that can be run`, { cause });
  });
  checkTensors(`${part}.inputs`, manifest[part].inputs, session.inputs);
  checkTensors(`${part}.outputs`, manifest[part].outputs, session.outputs);
  return session;
}
