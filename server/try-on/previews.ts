/** Reads the pictures, draws the preview and encodes it, a few at a time. Nothing is written to the store. */
import type { GarmentRow } from '../garments/garments.sql.ts';
import type { ImageStore } from '../images/store.ts';
import type { Box, Mask, Vision } from '../vision/contract.ts';
import { decode, encodeWebp } from '../vision/image.ts';
import { rleDecode } from '../vision/masks/masks.ts';
import { openGate } from '../vision/runtime/gate.ts';
import { refuseCategories, refuseGarment } from './gate.ts';
import { personBox } from './person.ts';
import { shrinkMask } from './pixels.ts';
import { drawPreview, prepareItem, prepareWorn, type Quality } from './preview.ts';
import { type Refusal, Refused } from './refusals.ts';

/** A garment in a photo, what else is worn there, and the primary garment of an item. */
export interface Pair {
  readonly worn: GarmentRow;
  readonly others: readonly GarmentRow[];
  readonly item: GarmentRow;
}

export type Outcome =
  | { readonly refusal: Refusal }
  | { readonly refusal: null; readonly bytes: Buffer; readonly quality: Quality };

export interface Previews {
  /** Throws BusyError. */
  draw(pair: Pair): Promise<Outcome>;
  close(): Promise<void>;
}

/** Long sides in pixels of a preview, and of the item's picture that it is drawn from. */
export const PREVIEW_SIDE = 1024;
const PICTURE_SIDE = 800;
const WAITING = 8;
/** What was drawn is kept in memory, for the request for its picture: that many, and that long. */
const KEPT = 12;
const KEPT_MS = 60_000;

export function openPreviews({ vision, images }: { vision: Vision; images: ImageStore }): Previews {
  // One at a time: drawing takes a core, and the pose network what the model's threads leave.
  const gate = openGate(1, WAITING);
  const kept = new Map<string, Outcome>();
  const keep = (key: string, outcome: Outcome) => {
    kept.set(key, outcome);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    setTimeout(() => kept.delete(key), KEPT_MS).unref();
  };
  return {
    async draw(pair) {
      const { worn, others, item } = pair;
      const { pose } = vision;
      if (!pose) return { refusal: 'UNAVAILABLE' };
      const refusal = refuseCategories(worn.category, item.category) ?? refuseGarment(worn, others, worn);
      if (refusal) return { refusal };
      if (item.whole) return { refusal: 'ITEM_PICTURE_UNSUITABLE' };
      const key = `${worn.id}/${item.id}/${item.category}`;
      return gate.run(async () => {
        const known = kept.get(key);
        if (known) return known;
        const outcome = await drawPair(pair, pose, images).catch((error: unknown): Outcome => {
          if (error instanceof Refused) return { refusal: error.reason };
          throw error;
        });
        keep(key, outcome);
        return outcome;
      });
    },
    async close() {
      await gate.close();
      kept.clear();
    },
  };
}

async function drawPair(
  { worn, others, item }: Pair,
  pose: NonNullable<Vision['pose']>,
  images: ImageStore,
): Promise<Outcome> {
  const photo = await decode(await images.read(worn.sha256), PREVIEW_SIDE);
  const scale = photo.width / worn.width;
  const onPhoto = <T extends GarmentRow>(row: T) => ({
    category: row.category,
    box: row.box.map((x) => x * scale) as unknown as Box,
  });
  const garment = onPhoto(worn);
  const found = await pose.find(photo, personBox(garment, others.map(onPhoto)));
  const ready = prepareWorn({
    photo,
    garment,
    mask: maskOf(worn, photo),
    others: others.map((row) => maskOf(row, photo)),
    pose: found,
  });
  await yieldTurn();
  const picture = await decode(await images.read(item.sha256), PICTURE_SIDE);
  const shown = prepareItem({ picture, mask: maskOf(item, picture), category: item.category! });
  await yieldTurn();
  const { image, quality } = drawPreview(ready, shown);
  return { refusal: null, bytes: await encodeWebp(image), quality };
}

/** Lets other requests have their turn. */
function yieldTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function maskOf(row: GarmentRow, { width, height }: { width: number; height: number }): Mask {
  const mask = rleDecode(row.mask, row.width, row.height);
  if (width === row.width && height === row.height) return mask;
  return shrinkMask(mask, [0, 0, row.width, row.height], width, height);
}
