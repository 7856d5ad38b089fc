/**
 * How near derived anchors lie to where a person puts them, on the garments of model/landmarks/placed.json: the share within 5 % of
 * the garment's height, from the outline that previews use and from the mask alone.
 *
 *   npm run bench -- anchors [--data FOLDER] [--model DIR]
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { GarmentRow } from '../../server/garments/garments.sql.ts';
import { kindOf } from '../../server/try-on/anchors.ts';
import { landmarksOf } from '../../server/try-on/landmarks.ts';
import { anchorsOf, cutOf, viewOf } from '../../server/try-on/view.ts';
import { boxIou } from '../../server/vision/boxes.ts';
import type { Box, Image, ParsedGarment, Point, Vision } from '../../server/vision/contract.ts';
import { decode } from '../../server/vision/image.ts';
import { rleDecode } from '../../server/vision/masks/masks.ts';
import { openVision } from '../../server/vision/vision.ts';

interface Placed {
  readonly file: string;
  readonly category: number;
  readonly box: Box;
  readonly points: Readonly<Record<string, Point>>;
}

type Places = ReadonlyMap<string, Point>;

const NEAR = 0.05;
const PLACED = 'model/landmarks/placed.json';

export async function anchorsBench(args: string[]): Promise<void> {
  const { values: o } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'model/data/garments' },
      model: { type: 'string', default: 'model/weights' },
    },
  });
  const { garments } = JSON.parse(await readFile(PLACED, 'utf8')) as { garments: Placed[] };
  const vision = await openVision({ modelDir: o.model });
  const counts = new Map<string, { all: number; outline: number; mask: number }>();
  let [missing, shapeless] = [0, 0];
  for (const { file, category, box, points } of garments) {
    const photo = await decode(await readFile(join(o.data, 'images', file)));
    const found = await vision.parse(photo, 'catalogue');
    const garment = found.find((one) => one.category === category && boxIou(one.box, box) >= 0.5);
    if (!garment) {
      missing++;
      continue;
    }
    const ofOutline = await outlineAnchors(vision, photo, garment, found, file.startsWith('street/'));
    const ofMask = maskAnchors(garment, photo);
    if (ofOutline.size === 0) shapeless++;
    for (const [name, point] of Object.entries(points)) {
      const kind = `${kindOf(category)} ${name.replace(/(Left|Right)$/, '')}`;
      const count = counts.get(kind) ?? { all: 0, outline: 0, mask: 0 };
      const isNear = (places: Places) => {
        const place = places.get(name);
        return place && Math.hypot(place[0] - point[0], place[1] - point[1]) <= NEAR * (box[3] - box[1]);
      };
      count.all++;
      if (isNear(ofOutline)) count.outline++;
      if (isNear(ofMask)) count.mask++;
      counts.set(kind, count);
    }
  }
  await vision.close();
  console.log(`${garments.length} garments, ${missing} not found; no anchors on ${shapeless}\n`);
  const line = (name: string, { all, outline, mask }: { all: number; outline: number; mask: number }) => {
    const share = (n: number) => `${((100 * n) / all).toFixed(0)} %`.padStart(6);
    console.log(
      `${name.padEnd(24)}${String(all).padStart(4)}${share(outline)} ${share(mask)} from the mask alone`,
    );
  };
  for (const [name, count] of [...counts].sort(([a], [b]) => a.localeCompare(b))) line(name, count);
  const sum = (key: 'all' | 'outline' | 'mask') =>
    [...counts.values()].reduce((n, count) => n + count[key], 0);
  line('all', { all: sum('all'), outline: sum('outline'), mask: sum('mask') });
}

async function outlineAnchors(
  vision: Vision,
  photo: Image,
  garment: ParsedGarment,
  all: readonly ParsedGarment[],
  isWorn: boolean,
): Promise<Places> {
  const maskOf = ({ rle }: ParsedGarment) => rleDecode(rle, photo.width, photo.height);
  const others = isWorn ? all.filter((one) => one !== garment).map(maskOf) : [];
  const cut = cutOf(photo, maskOf(garment), others);
  const view = viewOf(cut, await vision.outline!.find(cut.image, cut.found, cut.others));
  const anchors = anchorsOf(view, garment.category);
  const [left, top, right] = view.box;
  const scale = (right - left) / view.image.width;
  return new Map(
    Object.entries(anchors?.at ?? {}).map(([name, index]) => {
      const [x, y] = anchors!.outline[index]!;
      return [name, [left + x * scale, top + y * scale]];
    }),
  );
}

function maskAnchors(garment: ParsedGarment, { width, height }: Image): Places {
  const row = { ...garment, mask: garment.rle, landmarks: null, width, height } as unknown as GarmentRow;
  return new Map(landmarksOf(row)?.points.map(({ name, x, y }) => [name, [x, y]]));
}
