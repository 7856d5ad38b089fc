/** Opens the model and joins the stages: the one implementation of `Vision` that runs it. */
import { availableParallelism } from 'node:os';
import type { Image, Mask, ParsedGarment, Vision } from './contract.ts';
import { embedGarments } from './embedder.ts';
import { toSpace } from './embedding-space.ts';
import { openGate } from './gate.ts';
import { decode } from './image.ts';
import { checkTensors, type Manifest, ManifestError, readManifest, readModel } from './manifest.ts';
import { fullMask, rleArea, rleEncode } from './masks.ts';
import { findGarments } from './parser.ts';
import { defaultThreads, openSession, type Session } from './session.ts';
import { type OnTiming, timed } from './timing.ts';

/** Images that may wait for the model, and for a decoder: at most 250 MB of pixels, 320 MB of files. */
const WAITING_PARSES = 32;
const WAITING_DECODES = 16;
/** A decode of a 50-megapixel PNG takes 150 MB and one core. */
const DECODES = 2;

export interface VisionOptions {
  /** Folder of manifest.json and the ONNX files. */
  readonly modelDir: string;
  /** Threads of one run of the model. */
  readonly threads?: number;
  /** onnxruntime's execution providers, the preferred first; `cpu` alone unless told. */
  readonly providers?: readonly string[];
  readonly onTiming?: OnTiming;
}

/** Throws ManifestError, naming the field, where model files, manifest and this code do not agree. */
export async function openVision(options: VisionOptions): Promise<Vision> {
  const { onTiming, threads = defaultThreads() } = options;
  const manifest = await readManifest(options.modelDir);
  const parser = await openPart(options, manifest, 'parser');
  const embedder = await openPart(options, manifest, 'embedder');
  // One run takes all its threads; two side by side pay only where cores are left over.
  const width = availableParallelism() >= 2 * threads ? 2 : 1;
  const model = openGate(width, WAITING_PARSES);
  const decoder = openGate(DECODES, WAITING_DECODES);

  const finish = async (image: Image, garments: readonly Unembedded[]): Promise<ParsedGarment[]> => {
    const masks = garments.map(({ mask }) => mask);
    const embedded = await embedGarments(embedder, manifest.embedder, image, masks, onTiming);
    return timed(onTiming, 'rle', () =>
      garments.map(({ mask, ...garment }, i) => {
        const rle = rleEncode(mask);
        return { ...garment, rle, area: rleArea(rle), ...embedded[i]! };
      }),
    );
  };

  return {
    embeddingModel: manifest.embedder.model,
    embedding: toSpace(manifest.embedder.model, manifest.embedder),
    decode: (bytes, turn) => decoder.run(() => timed(onTiming, 'decode', () => decode(bytes)), turn),
    parse: (image, turn) =>
      model.run(async () => {
        const found = await findGarments(parser, manifest.parser, image, onTiming);
        return finish(
          image,
          found.map((garment) => ({ ...garment, whole: false })),
        );
      }, turn),
    embedWhole: (image) => model.run(async () => (await finish(image, [wholeImage(image)]))[0]!, 'catalogue'),
    async close() {
      await Promise.all([decoder.close(), model.close()]);
      await Promise.all([parser.close(), embedder.close()]);
    },
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

/** The session of one of the manifest's files, its real inputs and outputs compared with those claimed. */
async function openPart(
  { modelDir, threads, providers }: VisionOptions,
  manifest: Manifest,
  part: 'parser' | 'embedder',
): Promise<Session> {
  const model = await readModel(modelDir, manifest, part);
  const session = await openSession(model, { threads, providers }).catch((cause: unknown) => {
    throw new ManifestError(`${part}.file`, `${manifest[part].file} is no model that can be run`, { cause });
  });
  checkTensors(`${part}.inputs`, manifest[part].inputs, session.inputs);
  checkTensors(`${part}.outputs`, manifest[part].outputs, session.outputs);
  return session;
}
