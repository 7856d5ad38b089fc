/** Reads the pictures, has the preview drawn and encodes it, one at a time. Nothing is written to the store. */
import type { GarmentRow } from '../garments/garments.sql.ts';
import { makeSlots } from '../graphql/slots.ts';
import type { ImageStore } from '../images/store.ts';
import type { Box, Image, OutlineFinder, PoseFinder, Vision } from '../vision/contract.ts';
import { decode, encodeWebp } from '../vision/image.ts';
import { openGate } from '../vision/runtime/gate.ts';
import { openDrawing } from './drawing.ts';
import { refuseCategories, refuseGarment } from './gate.ts';
import { personBox } from './person.ts';
import { shareImage } from './pixels.ts';
import type { Quality } from './preview.ts';
import { keepRecent } from './recent.ts';
import type { Refusal } from './refusals.ts';
import type { Shown, Worn } from './view.ts';

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
  /** Throws BusyError and RateLimitedError. */
  draw(pair: Pair, client: string): Promise<Outcome>;
  close(): Promise<void>;
}

interface Networks {
  readonly pose: PoseFinder;
  readonly outline: OutlineFinder;
}

/**
 * Long side in pixels of a preview, and of the item's picture that it is drawn from. Pages show a preview at about 600 pixels; at
 * 1024, drawing and encoding take half as long again.
 */
export const PREVIEW_SIDE = 800;
const WAITING = 8;
/** How many previews of one client are drawn or wait. */
const OF_CLIENT = 4;
/**
 * How many garments of photos and of items, made ready to be drawn with, and previews are kept in memory, and for how long:
 * about 4 MB for each garment. The next item on the same garment takes half the time, and a preview's picture is fetched
 * after it was drawn.
 */
const KEPT = { worn: 3, items: 6, previews: 12 };
const KEPT_MS = 60_000;

export function openPreviews({ vision, images }: { vision: Vision; images: ImageStore }): Previews {
  // One at a time: drawing takes a core, and the pose network what the model's threads leave.
  const gate = openGate(1, WAITING);
  const places = makeSlots('previews', { ofClient: OF_CLIENT, all: 1 + WAITING });
  const drawing = openDrawing();
  const wornGarments = keepRecent<Worn | Refusal>(KEPT.worn, KEPT_MS);
  const itemGarments = keepRecent<Shown | Refusal>(KEPT.items, KEPT_MS);
  const previews = keepRecent<Outcome>(KEPT.previews, KEPT_MS);

  async function readyWorn({ worn, others }: Pair, { pose, outline }: Networks, onOutline: () => void) {
    const decoded = await decode(await images.read(worn.sha256), PREVIEW_SIDE);
    const photo = shareImage(decoded);
    const onPhoto = placer(photo.width / worn.width);
    const garment = onPhoto(worn);
    // Side by side: the two networks have threads of their own.
    const [found, { cut, fine }] = await Promise.all([
      pose.find(decoded, personBox(garment, others.map(onPhoto))),
      outlineOf(outline, photo, worn, others).finally(onOutline),
    ]);
    return drawing.run('worn', { photo, garment, cut, fine, pose: found });
  }

  async function outlineOf(
    outline: OutlineFinder,
    picture: Image,
    garment: GarmentRow,
    others: readonly GarmentRow[],
    turn?: Promise<void>,
  ) {
    const cut = await drawing.run('cut', { picture, mask: rleOf(garment), others: others.map(rleOf) });
    await turn;
    if (typeof cut === 'string') throw new Error(`a cut was refused: ${cut}`);
    return { cut, fine: await outline.find(cut.image, cut.found, cut.others) };
  }

  async function readyItem(item: GarmentRow, { outline }: Networks, turn: Promise<void>) {
    const picture = shareImage(await decode(await images.read(item.sha256), PREVIEW_SIDE));
    return drawing.run('item', {
      picture,
      category: item.category!,
      ...(await outlineOf(outline, picture, item, [], turn)),
    });
  }

  async function drawPair(pair: Pair, networks: Networks): Promise<Outcome> {
    const { worn, item } = pair;
    // Side by side, but for the outline network: first the photo's, since the worn garment takes longer to make ready.
    let onOutline = () => {};
    const turn = new Promise<void>((resolve) => {
      onOutline = resolve;
    });
    const shown = itemGarments.get(`${item.id}/${item.category}`, () => readyItem(item, networks, turn));
    const ready = await wornGarments
      .get(worn.id, () => readyWorn(pair, networks, onOutline))
      .finally(onOutline);
    if (typeof ready === 'string') return { refusal: ready };
    const flat = await shown;
    if (typeof flat === 'string') return { refusal: flat };
    const preview = await drawing.run('preview', { worn: ready, item: flat });
    if (typeof preview === 'string') return { refusal: preview };
    return { refusal: null, bytes: await encodeWebp(preview.image, 'fast'), quality: preview.quality };
  }

  return {
    async draw(pair, client) {
      const { worn, others, item } = pair;
      const { pose, outline } = vision;
      if (!pose || !outline) return { refusal: 'UNAVAILABLE' };
      const refusal = refuseCategories(worn.category, item.category) ?? refuseGarment(worn, others, worn);
      if (refusal) return { refusal };
      if (item.whole) return { refusal: 'ITEM_PICTURE_UNSUITABLE' };
      const key = `${worn.id}/${item.id}/${item.category}`;
      return previews.get(key, async () => {
        const leave = places.take(client);
        return gate.run(() => drawPair(pair, { pose, outline })).finally(leave);
      });
    },
    async close() {
      await gate.close();
      for (const kept of [wornGarments, itemGarments, previews]) kept.clear();
      await drawing.close();
    },
  };
}

/** Garments in the pixels of a photo of another scale. */
function placer(scale: number) {
  return ({ category, box }: GarmentRow) => ({ category, box: box.map((x) => x * scale) as unknown as Box });
}

function rleOf({ mask, width, height }: GarmentRow) {
  return { mask, width, height };
}
