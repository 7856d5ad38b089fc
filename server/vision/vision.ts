/** Combines the stages of the model: the one implementation of `Vision` that runs it. */

import { findCloser } from './closer-look.ts';
import type { GarmentEmbedder, Image, ParsedGarment, Turn, Vision } from './contract.ts';
import { openDecoder } from './decoder.ts';
import { completeGarments, type UnembeddedGarment, wholeImage } from './garments.ts';
import { readManifest } from './manifest.ts';
import {
  lazyOutline,
  lazyPose,
  makeEmbedder,
  openAttributes,
  openCandidate,
  openCompatible,
  openModels,
  type VisionOptions,
} from './open-models.ts';
import { findGarments } from './parser.ts';
import { findInRegion, REGION_THRESHOLD } from './region.ts';
import { openGate } from './runtime/gate.ts';

export type { VisionOptions };

/** Images that may wait for the model, at most 250 MB of pixels. */
const WAITING_PARSES = 32;
/**
 * Images parsed at once: one in the parser, one in the embedder, one being resized, pasted and encoded on this thread.
 */
const PARSES = 3;

/**
 * Throws ManifestError, naming the field, if model files, manifest and this code disagree, and ProviderError if no
 * provider can run the model.
 */
export async function openVision(options: VisionOptions): Promise<Vision> {
  const { onTiming } = options;
  const manifest = await readManifest(options.modelDir);
  const { provider, passedOver, parser, embedder } = await openModels(options, manifest);
  const candidate = await openCandidate(options, manifest, provider);
  const compatibility = await openCompatible(options, manifest);
  const attributes = await openAttributes(options, manifest);
  const own = makeEmbedder(embedder, manifest.embedder, provider, onTiming);
  const pose = lazyPose(options, manifest);
  const outline = lazyOutline(options, manifest);
  const decoder = openDecoder(onTiming);
  const parses = openGate(PARSES, WAITING_PARSES);
  // The parser has its own queue, so that shoppers overtake the catalogue here too.
  const parserRuns = openGate(1, PARSES);

  const inQueue = (turn?: Turn) => ({
    ...parser,
    run: (feeds: Parameters<typeof parser.run>[0]) => parserRuns.run(() => parser.run(feeds), turn),
  });
  // A shop's own pictures show garments large, or none at all: a second look would only cost.
  const find = (image: Image, turn?: Turn) =>
    (turn === undefined || turn === 'shopper' ? findCloser : findGarments)(
      inQueue(turn),
      manifest.parser,
      image,
      onTiming,
    );
  const complete = (
    image: Image,
    found: readonly UnembeddedGarment[],
    turn?: Turn,
  ): Promise<ParsedGarment[]> =>
    completeGarments({ own, candidate, attributes, onTiming }, image, found, turn);
  // Re-embedding queues with the parses, so that it takes no core from a shopper.
  const inTurn = ({ space, embed }: GarmentEmbedder): GarmentEmbedder => ({
    space,
    embed: (image, garments, turn) => parses.run(() => embed(image, garments, turn), turn),
  });
  const inRegion = { ...manifest.parser, scoreThreshold: REGION_THRESHOLD };
  return {
    serving: { provider, passedOver },
    embeddingModel: manifest.embedder.model,
    embedding: own.space,
    embedders: [own, ...(candidate ? [candidate] : [])].map(inTurn),
    compatibility,
    attributes: attributes && {
      model: attributes.model,
      read: (image, garments, turn) =>
        parses.run(async () => attributes.read(await own.embed(image, garments, turn)), turn),
    },
    pose: pose && { find: (image, box) => parses.run(() => pose.find(image, box)) },
    outline: outline && {
      find: (crop, found, others) => parses.run(() => outline.find(crop, found, others)),
    },
    decode: decoder.decode,
    parse: (image, turn) =>
      parses.run(async () => {
        const found = await find(image, turn);
        return complete(
          image,
          found.map((garment) => ({ ...garment, whole: false })),
          turn,
        );
      }, turn),
    parseRegion: (image, box, outline) =>
      parses.run(async () => {
        const found = await findInRegion(
          (part) => findGarments(inQueue(), inRegion, part, onTiming),
          image,
          box,
          outline,
        );
        return (await complete(image, [{ ...found, whole: false }]))[0]!;
      }),
    embedWhole: (image, turn = 'catalogue') =>
      parses.run(async () => (await complete(image, [wholeImage(image)], turn))[0]!, turn),
    async close() {
      await Promise.all([decoder.close(), parses.close()]);
      await parserRuns.close();
      await Promise.all([
        parser.close(),
        embedder.close(),
        candidate?.close(),
        attributes?.close(),
        compatibility?.close(),
        pose?.close(),
        outline?.close(),
      ]);
    },
  };
}
