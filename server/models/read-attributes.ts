import type { CatalogueServices } from '../catalogue/context.ts';
import { inSteps } from '../shops/in-steps.ts';
import type { AttributeReader } from '../vision/contract.ts';
import { retryWhileBusy } from '../vision/runtime/retry-while-busy.ts';
import { fillAttributes, listShopsToRead, pageUnreadImages } from './attributes.sql.ts';
import { maskedGarments } from './masked-garments.ts';
import { outlast } from './outlast.ts';
import type { UnembeddedImage } from './reembed.sql.ts';

type Parts = Pick<CatalogueServices, 'db' | 'vision' | 'images' | 'log'>;

export interface AttributeReading {
  /** Resolves when no garment is left to read, or after `stop`. */
  readonly done: Promise<void>;
  /** Ends the image in hand; the rest is read at the next start. */
  stop(): Promise<void>;
}

const IMAGES = 16;

/**
 * Reads the attributes of items' garments that were parsed without this attributes model, once, beside the server. What is
 * still unread is work, so that nothing else has to be remembered; two servers may read a garment twice, to the same end.
 */
export function startReadingAttributes(parts: Parts): AttributeReading {
  const { db, vision, log } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;

  async function readShop(shopId: string, reader: AttributeReader): Promise<void> {
    let after: readonly [string, number] = ['', -1];
    for (;;) {
      const from = after;
      const images = await db.inShop(shopId, (tx) =>
        pageUnreadImages(tx, shopId, reader.model, from, IMAGES),
      );
      for (const image of images) {
        if (signal.aborted) return;
        await readImage(parts, shopId, reader, image, signal);
      }
      const last = images.at(-1);
      if (!last) return;
      after = last.key;
    }
  }

  async function readAll(reader: AttributeReader): Promise<void> {
    for await (const some of inSteps(db)) {
      for (const shopId of await db.asOwner((tx) => listShopsToRead(tx, reader.model, some))) {
        if (signal.aborted) return;
        await readShop(shopId, reader);
      }
    }
  }

  const { attributes } = vision;
  const done = (attributes ? readAll(attributes) : Promise.resolve()).catch((error: unknown) => {
    log.error('Reading the attributes of garments met an error; the next start goes on.', error);
  });
  return {
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function readImage(
  { db, vision, images, log }: Parts,
  shopId: string,
  reader: AttributeReader,
  stored: UnembeddedImage,
  signal: AbortSignal,
): Promise<void> {
  const { sha256, garments } = stored;
  const turn = `catalogue:${shopId}` as const;
  const work = async () => {
    const image = await vision.decode(await images.read(sha256), turn);
    const seen = await reader.read(image, maskedGarments(stored), turn);
    const read = seen.map((attributes, i) => ({ ...attributes, id: garments[i]!.id }));
    await db.inShop(shopId, (tx) => fillAttributes(tx, shopId, read));
  };
  try {
    await outlast(() => retryWhileBusy(work), signal);
  } catch (error) {
    log.error(`The attributes of the garments in image ${sha256} could not be read.`, error);
  }
}
