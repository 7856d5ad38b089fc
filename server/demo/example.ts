import { writeFile } from 'node:fs/promises';
import { rleEncode, rleToPath } from '../vision/masks/masks.ts';
import { type DrawnGarment, drawItem, drawScenePicture, type SceneOptions, toWebp } from './drawing/index.ts';
import { MOST_ITEMS, planDemoFeed } from './feed.ts';

const ITEM_SIZE = { width: 300, height: 400 };
const ITEMS_OF_EACH = 2;
/** In pixels of the scene: a smooth outline of few points. */
const TOLERANCE = 1.5;

/**
 * What the start page explains search with: a shipped scene's outlines, and drawn items that look like its garments.
 * Writes example.json and example-1.webp and so on.
 */
export async function writeExample(folder: string, file: string, scene: SceneOptions): Promise<void> {
  const { garments, width, height } = await drawScenePicture(scene);
  const items: string[] = [];
  for (const garment of garments) {
    for (const { style, seed } of itemsLike(garment)) {
      const picture = await drawItem({ style, seed, size: ITEM_SIZE, backdrop: 'studio' });
      items.push(`example-${items.length + 1}.webp`);
      await writeFile(`${folder}/${items.at(-1)}`, await toWebp(picture.pixels, picture, 80));
    }
  }
  const outlines = garments.map(({ mask }) => rleToPath(rleEncode(mask), width, height, TOLERANCE));
  const example = { scene: file, width, height, outlines, items };
  await writeFile(`${folder}/example.json`, `${JSON.stringify(example, null, 2)}\n`);
}

/** Of the demo shop, those in the same category and colour. */
function itemsLike({ category, colour }: DrawnGarment) {
  return planDemoFeed({ count: MOST_ITEMS })
    .filter(({ style }) => style.category === category && style.cloth.dye.name === colour)
    .slice(0, ITEMS_OF_EACH);
}
