import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { shrinkWebp } from '../vision/image.ts';
import { CATEGORIES } from '../vocabulary/taxonomy.ts';
import { type DrawnGarment, drawScenePicture, type SceneOptions, toWebp } from './drawing/index.ts';
import { writeExample } from './example.ts';

const FOLDER = fileURLToPath(new URL('../../web/public/scenes/', import.meta.url));
const SIZE = { width: 900, height: 1200 };
/** As wide as a telephone shows them: beside a second one, or beside the items of the example. */
const SMALL = 480;

/** The scenes that a visitor can click. Their seeds lie below those of training and of the shop's own pictures. */
export const SHIPPED: readonly (SceneOptions & { title: string })[] = [
  { seed: 16, people: 1, place: 'street', size: SIZE, title: 'On the way to town' },
  { seed: 29, people: 1, place: 'park', size: SIZE, title: 'A morning in the park' },
  { seed: 12, people: 1, place: 'wall', size: SIZE, title: 'By the sunlit wall' },
  { seed: 25, people: 2, place: 'street', size: SIZE, title: 'Two on the pavement' },
  { seed: 20, people: 1, place: 'shop front', size: SIZE, title: 'Outside the shop' },
  { seed: 15, people: 1, place: 'studio', size: SIZE, title: 'In the studio' },
];

/** The scene with which the start page shows what a search does. */
const EXAMPLE = 1;

/** Redraws web/public/scenes: scene-1.webp and so on, in two sizes, and scenes.json with their titles and descriptions. */
export async function writeShippedScenes(folder = FOLDER): Promise<number> {
  await mkdir(`${folder}/small`, { recursive: true });
  const list: object[] = [];
  for (const [index, { title, ...options }] of SHIPPED.entries()) {
    const picture = await drawScenePicture(options);
    const file = `scene-${index + 1}.webp`;
    const drawn = await toWebp(picture.pixels, picture, 84);
    await writeFile(`${folder}/${file}`, drawn);
    await writeFile(`${folder}/small/${file}`, await shrinkWebp(drawn, SMALL));
    const worn = picture.garments.map(named);
    const who = options.people === 2 ? 'two people' : 'a person';
    list.push({
      file,
      title,
      alt: `Drawing of ${who} wearing ${joined(worn)}.`,
      width: picture.width,
      height: picture.height,
    });
  }
  await writeExample(folder, `scene-${EXAMPLE + 1}.webp`, SHIPPED[EXAMPLE]!);
  await writeFile(`${folder}/scenes.json`, `${JSON.stringify(list, null, 2)}\n`);
  return list.length;
}

function named({ category, colour }: DrawnGarment): string {
  const name = `${colour} ${CATEGORIES[category - 1]}`.replace('outwear', 'jacket or coat');
  if (category === 7 || category === 8) return name;
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? 'clothes';
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last;
}
