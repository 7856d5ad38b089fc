/** Previews for the eye. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Shown, Worn } from '../../../server/try-on/view.ts';
import type { Image } from '../../../server/vision/contract.ts';

/** Previews on a picture, and in a row of it. */
const [PAGE, ACROSS] = [8, 2];

export interface Tried {
  readonly worn: Worn;
  readonly item: Shown;
  readonly image: Image;
}

/** Item, photo and preview side by side, large enough to be judged. */
export async function drawSheets(folder: string, previews: readonly Tried[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [width, height] = [230, 330];
  for (let page = 0; page * PAGE < previews.length; page++) {
    const tiles: { input: Buffer; left: number; top: number }[] = [];
    for (const [k, { worn, item, image }] of previews.slice(page * PAGE, (page + 1) * PAGE).entries()) {
      const { photo, view } = worn;
      const margin = 0.15 * (view.box[3] - view.box[1]);
      const box = [
        view.box[0] - margin,
        view.box[1] - margin,
        view.box[2] + margin,
        view.box[3] + margin,
      ] as const;
      const [left, top] = [(k % ACROSS) * (3 * width + 12), Math.floor(k / ACROSS) * (height + 6)];
      for (const [i, [pixels, part]] of (
        [
          [item.picture, null],
          [photo, box],
          [image, box],
        ] as const
      ).entries()) {
        tiles.push({ input: await tile(pixels, part, width, height), left: left + i * width, top });
      }
    }
    const size = {
      width: ACROSS * (3 * width + 12),
      height: (PAGE / ACROSS) * (height + 6),
      channels: 3 as const,
    };
    await sharp({ create: { ...size, background: 'white' } })
      .composite(tiles)
      .png()
      .toFile(join(folder, `previews-${page + 1}.png`));
  }
}

async function tile(
  image: Image,
  box: readonly [number, number, number, number] | null,
  width: number,
  height: number,
): Promise<Buffer> {
  const [x1, y1, x2, y2] = box ?? [0, 0, image.width, image.height];
  const left = Math.max(0, Math.floor(x1));
  const top = Math.max(0, Math.floor(y1));
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .extract({
      left,
      top,
      width: Math.min(image.width, Math.ceil(x2)) - left,
      height: Math.min(image.height, Math.ceil(y2)) - top,
    })
    .resize({ width: width - 4, height: height - 4, fit: 'contain', background: 'white' })
    .png()
    .toBuffer();
}
