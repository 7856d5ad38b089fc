import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CatalogueServices } from '../catalogue/context.ts';
import { insertVectors } from '../garments/vectors.sql.ts';
import { noteEvent } from '../outbox/note-event.ts';
import { inSteps } from '../shops/in-steps.ts';
import type { GarmentEmbedder } from '../vision/contract.ts';
import { retryWhileBusy } from '../vision/runtime/retry-while-busy.ts';
import { shadesUnder } from '../vision/shades.ts';
import { maskedGarments } from './masked-garments.ts';
import { switchModel } from './models.sql.ts';
import { outlast } from './outlast.ts';
import {
  fillColours,
  finishMove,
  finishPass,
  isInUse,
  leaseModel,
  listModelTasks,
  listShopsWithout,
  type ModelTask,
  moveVectors,
  openModel,
  pageItemImages,
  pagePhotos,
  releaseModel,
  turnBack,
  type UnembeddedImage,
} from './reembed.sql.ts';

type Parts = Pick<CatalogueServices, 'db' | 'vision' | 'images' | 'log'>;

export interface Reembedding {
  /** Ends the image in hand; the rest is done at the next start. */
  stop(): Promise<void>;
}

const POLL_MS = 10_000;
const IMAGES = 16;
const MOVED = 200;
/** Searches under way take less. */
const SEARCHES_END_MS = 5000;

/**
 * Works beside the server on the vectors of further models, beginning with what a killed server left: a garment
 * without a vector is work, so that nothing else has to be remembered. `step` is called after each image, for tests.
 */
export function startReembedding(parts: Parts, step?: () => void): Reembedding {
  const { db, vision, log } = parts;
  const worker = randomUUID();
  const embedders = new Map(vision.embedders?.map((embedder) => [embedder.space.model, embedder]));
  const stopping = new AbortController();
  const { signal } = stopping;

  async function round(first: boolean): Promise<void> {
    await openModels(parts, first);
    const tasks = await db.asOwner((tx) => listModelTasks(tx, [...embedders.keys()], first));
    for (const task of tasks) {
      if (signal.aborted) return;
      // The embedded database is this process's alone: whoever had the lease is gone.
      const mine = await db.asOwner((tx) => leaseModel(tx, task, worker, first && db.kind === 'embedded'));
      if (!mine) continue;
      if (task.state === 'moving') await move(task);
      else await fill(task, embedders.get(task.model)!);
      await db.asOwner((tx) => releaseModel(tx, task, worker));
    }
  }

  async function fill(task: ModelTask, embedder: GarmentEmbedder): Promise<void> {
    let failed = 0;
    for (const [page, start] of [
      [pagePhotos, ['', 0]],
      [pageItemImages, ['', -1]],
    ] as const) {
      let after: readonly [string, number] = start;
      for (;;) {
        const images = await db.inShop(task.shopId, (tx) => page(tx, task, after, IMAGES));
        for (const image of images) {
          if (signal.aborted) return;
          failed += await embedImage(parts, task, embedder, image, signal);
          step?.();
        }
        const last = images.at(-1);
        if (!last) break;
        after = last.key;
        if (!(await db.asOwner((tx) => leaseModel(tx, task, worker, false)))) return;
      }
    }
    await db.asOwner((tx) => finishPass(tx, task, failed));
  }

  async function move(task: ModelTask): Promise<void> {
    let after: string | null = null;
    do {
      if (signal.aborted) return;
      const from: string | null = after;
      after = await db.inShop(task.shopId, (tx) => moveVectors(tx, task, from, MOVED));
      if (!(await db.asOwner((tx) => leaseModel(tx, task, worker, false)))) return;
    } while (after !== null);
    await db.asOwner((tx) => turnBack(tx, task));
    // A search that began with the vectors beside them would find none.
    await pause(SEARCHES_END_MS, undefined, { ref: false, signal }).catch(() => undefined);
    if (signal.aborted || !(await db.asOwner((tx) => leaseModel(tx, task, worker, false)))) return;
    await db.asOwner((tx) => finishMove(tx, task));
  }

  async function loop(): Promise<void> {
    for (let first = true; !signal.aborted; ) {
      await round(first).then(
        () => {
          first = false;
        },
        (error: unknown) => log.error('A re-embedding met an error and will go on.', error),
      );
      await pause(POLL_MS, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  const looping = embedders.size > 0 ? loop() : Promise.resolve();
  return {
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}

/**
 * Opens the models that are at hand in the shops that are without: a candidate in every one. So is the server's own
 * model at a start with another one than the shop's garments were parsed with; its searches then turn to it at once
 * and find what is embedded so far, because nothing can be asked of vectors whose model is gone.
 */
async function openModels({ db, vision, log }: Parts, first: boolean): Promise<void> {
  const models = (vision.embedders ?? []).map(({ space }) => space.model);
  for (const model of models) {
    const own = model === vision.embeddingModel;
    if (own && !first) continue;
    for await (const some of inSteps(db)) {
      for (const shopId of await db.asOwner((tx) => listShopsWithout(tx, model, first, some))) {
        await db.asOwner(async (tx) => {
          if (own && (await isInUse(tx, shopId, models))) return;
          const id = await openModel(tx, shopId, model);
          if (own) {
            await switchModel(tx, shopId, id);
            await noteEvent(tx, shopId, 'model.promoted', async () => ({
              data: { modelId: id, name: model, rolledBack: false },
            }));
          }
          log.info(`The garments of shop ${shopId} are being embedded by the model ${model}.`);
        });
      }
    }
  }
}

/** Returns how many garments of the image could not be embedded. */
async function embedImage(
  { db, vision, images, log }: Parts,
  task: ModelTask,
  embedder: GarmentEmbedder,
  stored: UnembeddedImage,
  signal: AbortSignal,
): Promise<number> {
  const { sha256, garments } = stored;
  const work = async () => {
    const image = await vision.decode(await images.read(sha256), 'catalogue');
    const masked = maskedGarments(stored);
    const vectors = await embedder.embed(image, masked, 'catalogue');
    const embedded = vectors.map(({ embedding, colour }, i) => {
      const shades = garments[i]!.whole ? null : shadesUnder(image, masked[i]!.mask);
      return { id: garments[i]!.id, embedding, colour: shades?.[0]?.colour ?? colour, shades };
    });
    const { model, shopId } = task;
    await db.inShop(shopId, async (tx) => {
      await insertVectors(
        tx,
        shopId,
        embedded.map(({ id, embedding }) => ({ garmentId: id, model, embedding })),
      );
      await fillColours(tx, shopId, embedded);
    });
  };
  try {
    await outlast(() => retryWhileBusy(work), signal);
    return 0;
  } catch (error) {
    log.error(`The image ${sha256} could not be embedded again.`, error);
    return garments.length;
  }
}
