import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mask } from '../../vision/contract.ts';
import { CATEGORIES } from '../../vocabulary/taxonomy.ts';
import { maskContours } from './contours.ts';
import { chooseStyle } from './garments/choose.ts';
import { drawItem } from './item.ts';
import type { Picture } from './picture.ts';
import { Random } from './random.ts';
import { toWebp } from './raster.ts';
import { drawScenePicture } from './scenes.ts';

export interface DatasetOptions {
  /** Street scenes, then single garments. */
  readonly scenes: number;
  readonly items: number;
  readonly seed: number;
  readonly folder: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Writes drawings in the layout of a COCO data set: annotations/train.json, images/street/NNNNN.webp, images/shop/NNNNN.webp. */
export async function writeDataset(
  options: DatasetOptions,
): Promise<{ images: number; annotations: number }> {
  const { scenes, items, seed, folder } = options;
  await Promise.all(
    ['annotations', 'images/street', 'images/shop'].map((name) =>
      mkdir(join(folder, name), { recursive: true }),
    ),
  );
  const images: object[] = [];
  const annotations: object[] = [];
  for (let i = 0; i < scenes + items; i++) {
    const street = i < scenes;
    const picture = street ? await drawScenePicture({ seed: seed + i }) : await drawShopPhoto(seed + i, i);
    const id = i + 1;
    const file = `${street ? 'street' : 'shop'}/${String(id).padStart(5, '0')}.webp`;
    await writeFile(join(folder, 'images', file), await toWebp(picture.pixels, picture, 80));
    const { width, height } = picture;
    const ignored = picture.slivers.map(({ mask }) => runLengths(mask));
    images.push({
      id,
      file_name: file,
      width,
      height,
      source: street ? 'user' : 'shop',
      origin: `drawn/${seed + i}`,
      ignore_regions: ignored,
    });
    for (const garment of picture.garments) {
      const segmentation = maskContours(garment.mask);
      if (segmentation.length === 0) continue;
      const [x1, y1, x2, y2] = garment.box;
      annotations.push({
        id: annotations.length + 1,
        image_id: id,
        category_id: garment.category,
        iscrowd: 0,
        area: garment.area,
        bbox: [x1, y1, x2 - x1, y2 - y1],
        colour: garment.colour,
        segmentation,
      });
    }
    options.onProgress?.(id, scenes + items);
  }
  const categories = CATEGORIES.map((name, index) => ({ id: index + 1, name, supercategory: 'garment' }));
  const info = { description: 'Drawn garments, DeepFashion2 categories', version: '1', split: 'train' };
  await writeFile(
    join(folder, 'annotations', 'train.json'),
    JSON.stringify({ info, images, annotations, categories }),
  );
  return { images: images.length, annotations: annotations.length };
}

/** A garment on whatever a seller had at hand, categories in turn. */
function drawShopPhoto(seed: number, index: number): Promise<Picture> {
  const random = new Random(seed).fork('shop photo');
  const style = chooseStyle(random, { category: (index % CATEGORIES.length) + 1 });
  const short = random.int(220, 320);
  const size = random.chance(0.75) ? { width: short, height: 320 } : { width: 320, height: short };
  return drawItem({ style, seed, size, backdrop: random.chance(0.3) ? 'studio' : 'any' });
}

/** COCO's uncompressed run lengths: column by column, beginning with the zeros; `size` is [height, width]. */
export function runLengths({ width, height, data }: Mask): { counts: number[]; size: [number, number] } {
  const counts: number[] = [];
  let value = 0;
  let run = 0;
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height; y++) {
      if (data[y * width + x] === value) run++;
      else {
        counts.push(run);
        value = 1 - value;
        run = 1;
      }
    }
  counts.push(run);
  return { counts, size: [height, width] };
}
