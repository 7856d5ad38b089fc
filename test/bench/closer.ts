/**
 * What a closer look finds, on pictures made of a labelled set's photos: people far away (22 % of the picture's
 * height), three photos on top of each other as in a long screenshot, and the photos as they are.
 *
 *   npm run bench -- closer [--data FOLDER] [--split val] [--model DIR] [--limit N] [--sheet FOLDER]
 *
 * A garment is found where a detection has its category and overlaps its box at an IoU of .5.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { boxIou } from '../../server/vision/boxes.ts';
import { findCloser } from '../../server/vision/closer-look.ts';
import type { Box, Image } from '../../server/vision/contract.ts';
import { decode } from '../../server/vision/image.ts';
import { readManifest } from '../../server/vision/manifest.ts';
import { type FoundGarment, findGarments } from '../../server/vision/parser.ts';
import { defaultThreads, openSession } from '../../server/vision/runtime/session.ts';

interface Labelled {
  readonly category: number;
  readonly box: Box;
}
interface Photo {
  readonly file: string;
  readonly source: 'user' | 'shop';
  readonly width: number;
  readonly height: number;
  readonly garments: readonly Labelled[];
}
interface Picture {
  readonly bytes: Buffer;
  readonly garments: readonly Labelled[];
}

/** People fill about 86 % of a street photo's height. */
const PERSON_SHARE = 0.22 / 0.86;
const GREY = { r: 236, g: 236, b: 236 };

/** `dev` is the part of train that no training sees, as `model/armoire/data/sources.py` has it. */
async function readSet(folder: string, split: string): Promise<Photo[]> {
  const file = join(folder, 'annotations', `${split === 'dev' ? 'train' : split}.json`);
  const set = JSON.parse(await readFile(file, 'utf8'));
  if (split === 'dev')
    set.images = set.images.filter(({ file_name }: { file_name: string }) => isDev(file_name));
  const garments = new Map<number, Labelled[]>();
  for (const { image_id, category_id, bbox, iscrowd } of set.annotations) {
    if (iscrowd) continue;
    const [x, y, w, h] = bbox;
    const list = garments.get(image_id) ?? [];
    list.push({ category: category_id, box: [x, y, x + w, y + h] });
    garments.set(image_id, list);
  }
  return set.images.map((image: Photo & { id: number; file_name: string }) => ({
    file: join(folder, 'images', image.file_name),
    source: image.source,
    width: image.width,
    height: image.height,
    garments: garments.get(image.id) ?? [],
  }));
}

const DEV_SHARE = 0.08;

function isDev(name: string): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32 < DEV_SHARE;
}

function moved(garments: readonly Labelled[], scale: number, left: number, top: number): Labelled[] {
  return garments.map(({ category, box: [x1, y1, x2, y2] }) => ({
    category,
    box: [x1 * scale + left, y1 * scale + top, x2 * scale + left, y2 * scale + top],
  }));
}

/** A photo of a person, small in a picture of its own mean colour; `index` decides where. */
async function far(photo: Photo, index: number): Promise<Picture> {
  const [width, height] = [1080, 1440];
  const scale = (PERSON_SHARE * height) / photo.height;
  const small = await sharp(photo.file)
    .resize(Math.round(photo.width * scale), Math.round(photo.height * scale))
    .toBuffer();
  const { channels } = await sharp(photo.file).stats();
  const [r, g, b] = channels.map(({ mean }) => Math.round(mean));
  const left = Math.round(((index * 0.37) % 1) * (width - photo.width * scale));
  const top = Math.round((0.3 + ((index * 0.61) % 1) * 0.6) * (height - photo.height * scale));
  const bytes = await sharp({ create: { width, height, channels: 3, background: { r: r!, g: g!, b: b! } } })
    .composite([{ input: small, left, top }])
    .jpeg({ quality: 90 })
    .toBuffer();
  return { bytes, garments: moved(photo.garments, scale, left, top) };
}

/** Photos on top of each other at one width, with bars between them as in a screenshot. */
async function stacked(photos: readonly Photo[]): Promise<Picture> {
  const [width, gap] = [540, 60];
  let top = gap;
  const parts: { input: Buffer; left: number; top: number }[] = [];
  const garments: Labelled[] = [];
  for (const photo of photos) {
    const scale = width / photo.width;
    const height = Math.round(photo.height * scale);
    parts.push({ input: await sharp(photo.file).resize(width, height).toBuffer(), left: 0, top });
    garments.push(...moved(photo.garments, scale, 0, top));
    top += height + gap;
  }
  const bytes = await sharp({ create: { width, height: top, channels: 3, background: GREY } })
    .composite(parts)
    .jpeg({ quality: 90 })
    .toBuffer();
  return { bytes, garments };
}

/** Garments found, and detections that are none of them; each of either counts once. */
function judge(found: readonly FoundGarment[], garments: readonly Labelled[]) {
  const open = new Set(garments);
  let hits = 0;
  for (const { category, box } of found) {
    const match = [...open].find((one) => one.category === category && boxIou(one.box, box) >= 0.5);
    if (match) open.delete(match);
    hits += match ? 1 : 0;
  }
  return { hits, others: found.length - hits };
}

export async function closer(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'model/data/garments' },
      split: { type: 'string', default: 'val' },
      model: { type: 'string', default: 'model/weights' },
      limit: { type: 'string', default: '1000' },
      sheet: { type: 'string' },
    },
  });
  const photos = await readSet(values.data, values.split);
  const street = photos.filter(({ source, garments }) => source === 'user' && garments.length > 0);
  const shop = photos.filter(({ source, garments }) => source === 'shop' && garments.length > 0);
  const limit = Number(values.limit);
  const triples = street
    .slice(0, limit)
    .flatMap((photo, i) =>
      i % 2 === 0 && street[i + 1] ? [[photo, street[i + 1]!, shop[i % shop.length]!]] : [],
    );
  const sets: Record<string, (() => Promise<Picture>)[]> = {
    'people far away': street.slice(0, limit).map((photo, i) => () => far(photo, i)),
    'long screenshots': triples.map((three) => () => stacked(three)),
    'street photos': street.slice(0, limit).map(asIs),
    'shop photos': shop.slice(0, limit).map(asIs),
    'photos without garments': photos
      .filter(({ garments }) => garments.length === 0)
      .slice(0, limit)
      .map(asIs),
  };
  const { parser: settings } = await readManifest(values.model);
  const session = await openSession(join(values.model, settings.file), { threads: defaultThreads() });
  for (const [name, pictures] of Object.entries(sets)) {
    const sums = {
      garments: 0,
      plainEmpty: 0,
      closerEmpty: 0,
      plain: 0,
      plainOthers: 0,
      closer: 0,
      closerOthers: 0,
      looks: 0,
    };
    let looks = 0;
    const counted: typeof session = {
      ...session,
      run(feeds) {
        looks += 1;
        return session.run(feeds);
      },
    };
    for (const [i, make] of pictures.entries()) {
      const { bytes, garments } = await make();
      if (values.sheet && i < 6) {
        await mkdir(values.sheet, { recursive: true });
        await writeFile(join(values.sheet, `${name.replaceAll(' ', '-')}-${i}.jpg`), bytes);
      }
      const image: Image = await decode(bytes);
      const scale = image.width / (await sharp(bytes).metadata()).width;
      const labels = moved(garments, scale, 0, 0);
      const plain = judge(await findGarments(session, settings, image), labels);
      looks = 0;
      const close = judge(await findCloser(counted, settings, image), labels);
      sums.garments += garments.length;
      sums.plain += plain.hits;
      sums.plainOthers += plain.others;
      sums.closer += close.hits;
      sums.closerOthers += close.others;
      sums.looks += looks;
      sums.plainEmpty += plain.hits + plain.others === 0 ? 1 : 0;
      sums.closerEmpty += close.hits + close.others === 0 ? 1 : 0;
    }
    const count = pictures.length;
    const inLooks = `in ${(sums.looks / Math.max(count, 1)).toFixed(2)} looks`;
    if (sums.garments === 0) {
      console.log(
        `${name}: ${count}; empty stay ${sums.plainEmpty} in one look, ${sums.closerEmpty} with a closer one, ${inLooks}`,
      );
      continue;
    }
    const share = (hits: number) =>
      `${hits} of ${sums.garments} (${((100 * hits) / sums.garments).toFixed(0)} %)`;
    console.log(
      `${name}: ${count} pictures; one look finds ${share(sums.plain)} and ${sums.plainOthers} others, ` +
        `a closer one ${share(sums.closer)} and ${sums.closerOthers} others, ${inLooks}`,
    );
  }
  await session.close();
}

function asIs(photo: Photo): () => Promise<Picture> {
  return async () => ({ bytes: await readFile(photo.file), garments: photo.garments });
}
