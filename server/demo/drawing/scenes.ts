import type { Style } from './garments/style.ts';
import { chooseOutfit } from './people/outfit.ts';
import { drawPerson } from './people/person.ts';
import { type DrawnGarment, type Picture, renderDrawing } from './picture.ts';
import type { Piece } from './piece.ts';
import { Random } from './random.ts';
import { type Layer, type Size, toWebp } from './raster.ts';
import { drawPlace, PLACES, type Place } from './streets.ts';

export interface SceneOptions {
  readonly seed: number;
  /** Left out, it varies like the photos of a street: 640 pixels long, upright or nearly square. */
  readonly size?: Size;
  readonly people?: 1 | 2;
  readonly place?: Place;
}

/** A drawn street scene: one or two dressed people. The same options give the same pixels. */
export async function drawScenePicture({ seed, size, people, place }: SceneOptions): Promise<Picture> {
  const random = new Random(seed).fork('scene');
  const count = people ?? (random.chance(0.72) ? 1 : 2);
  const given = size ?? { width: random.int(count === 1 ? 400 : 470, count === 1 ? 480 : 600), height: 640 };
  const height = 1000;
  const view = { x: 0, y: 0, width: (height * given.width) / given.height, height };
  const where = place ?? random.pick(PLACES);
  const tall = count === 1 ? random.range(0.96, 1.16) : random.range(0.86, 1.0);
  const feet = random.range(0.9, 1.0) * height + (tall > 1.08 ? 60 : 0);
  const horizon = feet - random.range(60, 190);
  const styles: Style[] = [];
  const layers: Layer[] = [];
  for (let i = 0; i < count; i++) {
    const stream = random.fork(`person ${i}`);
    const outfit = chooseOutfit(stream);
    const pieces: Piece[] = drawPerson(stream.fork('body'), outfit, styles.length);
    styles.push(...outfit.garments);
    const scale = tall * stream.range(0.96, 1.03) * (outfit.gender === 'male' ? 1.03 : 1);
    const room =
      count === 1
        ? 0.5 + stream.range(-0.08, 0.08)
        : i === 0
          ? stream.range(0.28, 0.36)
          : stream.range(0.64, 0.72);
    const x = view.width * room;
    layers.push({
      transform: `translate(${x.toFixed(1)} ${(feet - 792 * scale + stream.range(-6, 6)).toFixed(1)}) scale(${scale.toFixed(3)})`,
      pieces,
    });
  }
  const shadows = layers.map(({ transform }) => `<g transform="${transform}">${groundShadow()}</g>`).join('');
  return renderDrawing({
    layers,
    styles,
    view,
    size: given,
    background: drawPlace(random.fork('place'), where, view, horizon) + shadows,
    softness: where === 'studio' || where === 'wall' ? 3 : random.range(2.5, 6),
    scale: tall,
    light: {
      from: [random.range(-0.8, 0.2), -0.7],
      hardness: random.range(0.6, 1),
      grain: random.range(1, 5),
      seed,
    },
  });
}

function groundShadow(): string {
  return [96, 74, 52]
    .map(
      (rx) =>
        `<ellipse cx="14" cy="786" rx="${rx}" ry="${(rx * 0.17).toFixed(1)}" fill="#14100c" opacity="0.16"/>`,
    )
    .join('');
}

export interface Scene {
  /** WebP. */
  readonly image: Buffer;
  readonly width: number;
  readonly height: number;
  readonly garments: readonly DrawnGarment[];
}

/** A scene as an image file, with what is to be found in it. */
export async function drawScene(seed: number, options: Omit<SceneOptions, 'seed'> = {}): Promise<Scene> {
  const picture = await drawScenePicture({ seed, ...options });
  const { width, height, garments } = picture;
  return { image: await toWebp(picture.pixels, picture, 82), width, height, garments };
}
