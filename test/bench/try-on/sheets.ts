/** Previews for the eye. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Figures } from '../../../server/try-on/verdict.ts';
import type { Worn } from '../../../server/try-on/view.ts';
import type { Image } from '../../../server/vision/contract.ts';

export interface Tried {
  readonly worn: Worn;
  readonly item: Image;
  readonly image: Image;
  /** Which photo's garment, and which item. */
  readonly pair: string;
  readonly figures: Figures;
}

/** In pixels, of each of the three pictures, and between them. */
const [HEIGHT, GAP] = [540, 8];
/** Around the garment, in its heights. */
const MARGIN = 0.2;

/** A picture of each, large enough to be judged: photo, item and preview side by side. Which is which is told beside the folder. */
export async function drawSheets(folder: string, previews: readonly Tried[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, { worn, item, image }] of previews.entries()) {
    const [x1, y1, x2, y2] = worn.view.box;
    const margin = MARGIN * (y2 - y1);
    const box = [x1 - margin, y1 - margin, x2 + margin, y2 + margin] as const;
    const tiles = [
      await tile(worn.photo, box),
      await tile(item, [0, 0, item.width, item.height]),
      await tile(image, box),
    ];
    let left = 0;
    const placed = tiles.map(({ data, info }) => {
      const at = { input: data, left, top: 0 };
      left += info.width + GAP;
      return at;
    });
    await sharp({ create: { width: left - GAP, height: HEIGHT, channels: 3, background: 'white' } })
      .composite(placed)
      .png()
      .toFile(join(folder, nameOf(index)));
  }
  await mkdir(`${folder}-key`, { recursive: true });
  const key = Object.fromEntries(
    previews.map(({ pair, figures }, index) => [nameOf(index), { pair, figures }]),
  );
  await writeFile(join(`${folder}-key`, 'key.json'), JSON.stringify(key, null, 2));
}

function nameOf(index: number): string {
  return `${String(index + 1).padStart(3, '0')}.png`;
}

async function tile(image: Image, [x1, y1, x2, y2]: readonly [number, number, number, number]) {
  const left = Math.max(0, Math.floor(x1));
  const top = Math.max(0, Math.floor(y1));
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .extract({
      left,
      top,
      width: Math.min(image.width, Math.ceil(x2)) - left,
      height: Math.min(image.height, Math.ceil(y2)) - top,
    })
    .resize({ height: HEIGHT })
    .png()
    .toBuffer({ resolveWithObject: true });
}
