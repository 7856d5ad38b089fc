/**
 * Previews of a labelled set's shop photos on the garments of its street photos: how many are refused and why, how well the drawn
 * garment covers the worn one, whether the cloth folds, how faithful a pattern stays, and how long it takes beside the parse.
 *
 *   npm run bench -- try-on [--data FOLDER] [--split val] [--model DIR] [--pairs 20] [--photos N] [--sheets FOLDER] [--found FILE]
 *
 * `--found` keeps in a file what the model finds, for the next run. A street garment is paired with shop photos whose largest garment has its category. What is paired is what the parser finds where
 * the labels have a garment of that category. `--sheets` draws 60 previews that were not refused, chosen by lot, for the eye.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import type { GarmentRow } from '../../server/garments/garments.sql.ts';
import { makeField, placeOn, STIFFNESS } from '../../server/try-on/field.ts';
import { refuseCategories, refuseGarment } from '../../server/try-on/gate.ts';
import { matchParts } from '../../server/try-on/parts.ts';
import { personBox } from '../../server/try-on/person.ts';
import { drawPreview, prepareItem, prepareWorn, type Shown, type Worn } from '../../server/try-on/preview.ts';
import { openPreviews } from '../../server/try-on/previews.ts';
import { Refused } from '../../server/try-on/refusals.ts';
import { fitSpline } from '../../server/try-on/spline.ts';
import { boxIou } from '../../server/vision/boxes.ts';
import type { Box, Image, ParsedGarment, Pose, Vision } from '../../server/vision/contract.ts';
import { decode } from '../../server/vision/image.ts';
import { rleDecode } from '../../server/vision/masks/masks.ts';
import { openVision } from '../../server/vision/vision.ts';
import { randomOf } from '../helpers/random.ts';
import { quantile } from './stats.ts';

interface Labelled {
  readonly file: string;
  readonly isStreet: boolean;
  readonly garments: readonly { readonly category: number; readonly box: Box }[];
}

const SHEET = 60;
const TIMED = 12;

export async function tryOnBench(args: string[]): Promise<void> {
  const { values: o } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'model/data/garments' },
      split: { type: 'string', default: 'val' },
      model: { type: 'string', default: 'model/weights' },
      pairs: { type: 'string', default: '20' },
      photos: { type: 'string', default: '1000' },
      sheets: { type: 'string' },
      found: { type: 'string' },
    },
  });
  const set = await readSet(o.data, o.split);
  const vision = await openVision({ modelDir: o.model });
  const finder = await openFinder(vision, o.found);
  const random = randomOf(15);
  const items = await readItems(finder, set);
  const counts = new Map<string, number>();
  const count = (reason: string, times = 1) => counts.set(reason, (counts.get(reason) ?? 0) + times);
  const [overlaps, stretches, stripes, checks]: number[][] = [[], [], [], []];
  const previews: { worn: Worn; item: Shown; image: Image }[] = [];
  const timed: { photo: Image; garments: ParsedGarment[]; index: number; file: string; item: Item }[] = [];
  let [garments, shown, folds] = [0, 0, 0];
  for (const { file, garments: labels } of set
    .filter(({ isStreet }) => isStreet)
    .slice(0, Number(o.photos))) {
    const photo = await decode(await readFile(file));
    const found = await finder.garments(file, photo);
    for (const [index, garment] of found.entries()) {
      const isLabelled = labels.some(
        ({ category, box }) => category === garment.category && boxIou(box, garment.box) > 0.5,
      );
      if (!isLabelled) continue;
      garments++;
      const some = shuffle(
        items.filter(({ category }) => category === garment.category),
        random,
      ).slice(0, Number(o.pairs));
      const worn = await attempt(async () => wornOf(finder, file, photo, found, index));
      if (worn instanceof Refused) {
        count(worn.reason, some.length);
        continue;
      }
      const before = previews.length;
      for (const item of some) {
        const drawn = await attempt(async () => ({
          ready: readyOf(item),
          preview: drawPreview(worn, readyOf(item)),
        }));
        if (drawn instanceof Refused) {
          count(drawn.reason);
          continue;
        }
        const { ready, preview } = drawn;
        count('shown');
        overlaps!.push(preview.quality.overlap);
        stretches!.push(preview.quality.stretch);
        folds += foldsOf(worn, ready);
        previews.push({ worn, item: ready, image: preview.image });
        if (previews.length === before + 1) {
          shown++;
          stripes!.push(fidelity(worn, ready, (x) => (Math.floor(x * 10) % 2 === 0 ? 40 : 215)));
          checks!.push(
            fidelity(worn, ready, (x, y) => ((Math.floor(x * 8) + Math.floor(y * 8)) % 2 === 0 ? 40 : 215)),
          );
          if (timed.length < TIMED) timed.push({ photo, garments: found, index, file, item });
        }
      }
    }
  }
  const pairs = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const percent = (n: number) => `${((100 * n) / pairs).toFixed(1)} %`;
  console.log(`${garments} garments, ${pairs} pairs; a preview of at least one item on ${shown} garments\n`);
  for (const [reason, n] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`${reason.padEnd(26)}${String(n).padStart(6)}  ${percent(n)}`);
  const line = (name: string, values: number[]) =>
    console.log(
      `${name.padEnd(26)}${quantile(values, 0.5).toFixed(3)} median, ${quantile(values, 0.05).toFixed(3)} to ${quantile(values, 0.95).toFixed(3)} for nine of ten`,
    );
  console.log('\nOf the previews shown:');
  line('IoU with the worn one', overlaps!);
  line('stretch', stretches!);
  console.log(`${'folds'.padEnd(26)}${folds}`);
  line('SSIM of stripes', stripes!);
  line('SSIM of checks', checks!);
  await finder.close();
  await time(vision, timed);
  if (o.sheets !== undefined) await drawSheets(o.sheets, shuffle(previews, random).slice(0, SHEET));
  await vision.close();
}

async function readSet(folder: string, split: string): Promise<Labelled[]> {
  const set = JSON.parse(await readFile(join(folder, 'annotations', `${split}.json`), 'utf8'));
  return set.images.map(({ id, file_name, source }: { id: number; file_name: string; source: string }) => ({
    file: join(folder, 'images', file_name),
    isStreet: source === 'user',
    garments: set.annotations
      .filter((a: { image_id: number; iscrowd: number }) => a.image_id === id && !a.iscrowd)
      .map(({ category_id, bbox: [x, y, w, h] }: { category_id: number; bbox: number[] }) => ({
        category: category_id,
        box: [x!, y!, x! + w!, y! + h!],
      })),
  }));
}

interface Finder {
  garments(file: string, image: Image, turn?: 'catalogue'): Promise<ParsedGarment[]>;
  pose(file: string, image: Image, garment: ParsedGarment, others: readonly ParsedGarment[]): Promise<Pose>;
  close(): Promise<void>;
}

/** What model and pose network find, or found before, by picture. */
async function openFinder(vision: Vision, path: string | undefined): Promise<Finder> {
  const text = path && (await readFile(path, 'utf8').catch(() => null));
  const known: Record<string, unknown> = text ? JSON.parse(text) : {};
  const find = async <T, Kept>(
    key: string,
    fresh: () => Promise<T>,
    pack: (value: T) => Kept,
    unpack: (kept: Kept) => T,
  ): Promise<T> => {
    known[key] ??= pack(await fresh());
    return unpack(known[key] as Kept);
  };
  return {
    garments: (file, image, turn) =>
      find(
        basename(file),
        () => vision.parse(image, turn),
        (found) => found.map(({ category, score, box, rle, area }) => ({ category, score, box, rle, area })),
        (kept) => kept as ParsedGarment[],
      ),
    pose: (file, image, garment, others) =>
      find(
        `${basename(file)} ${garment.box.map(Math.round).join(' ')}`,
        () => vision.pose!.find(image, personBox(garment, others)),
        ({ presence, points, person: { box, side, data } }) => ({
          presence,
          points: [...points],
          box,
          side,
          data: Buffer.from(Uint8Array.from(data, (p) => Math.round(255 * p))).toString('base64'),
        }),
        ({ presence, points, box, side, data }) => ({
          presence,
          points: Float32Array.from(points),
          person: { box, side, data: Float32Array.from(Buffer.from(data, 'base64'), (p) => p / 255) },
        }),
      ),
    async close() {
      if (path !== undefined) await writeFile(path, JSON.stringify(known));
    },
  };
}

interface Item {
  readonly file: string;
  readonly picture: Image;
  readonly garment: ParsedGarment;
  readonly category: number;
  ready?: Shown | Refused;
}

/** The largest garment of the labelled category in each shop photo, as an import takes it. */
async function readItems(finder: Finder, set: readonly Labelled[]): Promise<Item[]> {
  const items: Item[] = [];
  for (const { file, isStreet, garments } of set) {
    const label = garments[0];
    if (isStreet || !label) continue;
    const picture = await decode(await readFile(file));
    const [garment] = (await finder.garments(file, picture, 'catalogue'))
      .filter(({ category }) => category === label.category)
      .sort((a, b) => b.area - a.area);
    if (garment) items.push({ file, picture, garment, category: label.category });
  }
  return items;
}

function readyOf(item: Item): Shown {
  if (!item.ready) {
    const { picture, garment, category } = item;
    try {
      item.ready = prepareItem({
        picture,
        category,
        mask: rleDecode(garment.rle, picture.width, picture.height),
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      item.ready = error;
    }
  }
  if (item.ready instanceof Refused) throw item.ready;
  return item.ready;
}

async function wornOf(
  finder: Finder,
  file: string,
  photo: Image,
  found: readonly ParsedGarment[],
  index: number,
): Promise<Worn> {
  const garment = found[index]!;
  const others = found.filter((_, i) => i !== index);
  const refusal =
    refuseCategories(garment.category, garment.category) ?? refuseGarment(garment, others, photo);
  if (refusal) throw new Refused(refusal);
  const maskOf = ({ rle }: ParsedGarment) => rleDecode(rle, photo.width, photo.height);
  return prepareWorn({
    photo,
    garment,
    mask: maskOf(garment),
    others: others.map(maskOf),
    pose: await finder.pose(file, photo, garment, others),
  });
}

async function attempt<T>(task: () => Promise<T>): Promise<T | Refused> {
  return task().catch((error: unknown) => {
    if (error instanceof Refused) return error;
    throw error;
  });
}

function foldsOf(worn: Worn, item: Shown): number {
  const { width, height } = worn.view.image;
  return makeField(matchParts(worn.anchors, item.anchors), width, height).bend.folds;
}

/**
 * SSIM of a drawn pattern with the same pattern computed at the exact place of each pixel, over windows of 8 × 8 pixels well
 * inside. `pattern` has a level for each place, in heights of the item's garment.
 */
function fidelity(worn: Worn, item: Shown, pattern: (x: number, y: number) => number): number {
  const grey = (image: Image): Image => ({ ...image, data: new Uint8Array(image.data.length).fill(128) });
  const { picture, view } = item;
  const size = view.box[3] - view.box[1];
  const level = (x: number, y: number) => pattern(x / size, y / size);
  const data = new Uint8Array(picture.data.length);
  for (let i = 0; i < picture.width * picture.height; i++) {
    data.fill(level((i % picture.width) + 0.5, Math.floor(i / picture.width) + 0.5), i * 3, i * 3 + 3);
  }
  const plain = { ...worn, photo: grey(worn.photo), view: { ...worn.view, image: grey(worn.view.image) } };
  const { image } = drawPreview(plain, { ...item, picture: { ...picture, data } });

  const { width, height } = worn.view.image;
  const parts = matchParts(worn.anchors, item.anchors);
  const { field } = makeField(parts, width, height);
  const warps = parts.map((part) => fitSpline(part.worn, part.item, STIFFNESS));
  const [left, top] = worn.view.box;
  const scale = width / (worn.view.box[2] - left);
  const toPicture = (view.box[2] - view.box[0]) / view.image.width;
  const exact = (x: number, y: number): number | null => {
    const [u, v] = [(x + 0.5 - left) * scale, (y + 0.5 - top) * scale];
    const [i, j] = [Math.round(u), Math.round(v)];
    if (i < 0 || j < 0 || i >= width || j >= height) return null;
    if (worn.view.inside[j * width + i]! < 0.99 || worn.front[j * width + i] !== 0) return null;
    // The mean over the pixel, as a camera would see it.
    const at = { x: 0, y: 0 };
    placeOn(field, u, v, at);
    const warp = warps[field.part[j * width + i]!];
    if (!warp) return null;
    let sum = 0;
    for (const dx of [-0.375, -0.125, 0.125, 0.375]) {
      for (const dy of [-0.375, -0.125, 0.125, 0.375]) {
        const [px, py] = warp(u + dx * scale, v + dy * scale);
        sum += level(view.box[0] + px * toPicture, view.box[1] + py * toPicture);
      }
    }
    return sum / 16;
  };
  const scores: number[] = [];
  for (let y = Math.ceil(top); y + 8 < worn.view.box[3]; y += 8) {
    for (let x = Math.ceil(left); x + 8 < worn.view.box[2]; x += 8) {
      const [drawn, wanted]: number[][] = [[], []];
      for (let i = 0; i < 64; i++) {
        const value = exact(x + (i % 8), y + (i >> 3));
        if (value === null) break;
        wanted!.push(value);
        drawn!.push(image.data[((y + (i >> 3)) * image.width + x + (i % 8)) * 3]!);
      }
      if (wanted!.length === 64) scores.push(ssim(drawn!, wanted!));
    }
  }
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

/** Structural similarity of two windows (Wang 2004). */
function ssim(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const va = mean(a.map((value) => (value - ma) ** 2));
  const vb = mean(b.map((value) => (value - mb) ** 2));
  const cov = mean(a.map((value, i) => (value - ma) * (b[i]! - mb)));
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  return ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
}

/**
 * Drawing a preview, bytes to bytes, by parsing the same photo of 1080 × 1440, in turns; and drawing it once more, with another item's
 * id, on the garment that is still ready. In milliseconds, and in those that all threads together take of the cores.
 */
async function time(
  vision: Vision,
  of: readonly { photo: Image; garments: ParsedGarment[]; index: number; item: Item }[],
): Promise<void> {
  const files = new Map<string, Buffer>();
  const service = openPreviews({
    vision,
    images: { read: async (sha256: string) => files.get(sha256)! } as never,
  });
  const row = (garment: ParsedGarment, sha256: string, { width, height }: Image, id = sha256) =>
    ({ ...garment, id, mask: garment.rle, sha256, width, height }) as unknown as GarmentRow;
  const encode = (image: Image, height: number) =>
    sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
      .resize({ height })
      .webp({ quality: 85 })
      .toBuffer();
  const measured: Record<'preview' | 'another item' | 'parse', { ms: number; core: number }[]> = {
    preview: [],
    'another item': [],
    parse: [],
  };
  const measure = async (name: keyof typeof measured, task: () => Promise<unknown>) => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await task();
    const { user, system } = process.cpuUsage(before);
    measured[name].push({ ms: performance.now() - start, core: (user + system) / 1000 });
  };
  // The first three open the pose network and the thread, and are compiled.
  for (const [i, { photo, garments, index, item }] of [...of.slice(0, 3), ...of].entries()) {
    files.clear();
    files.set(`photo ${i}`, await encode(photo, 1440));
    files.set(`item ${i}`, await encode(item.picture, item.picture.height));
    const worn = row(garments[index]!, `photo ${i}`, photo);
    const others = garments.filter((_, j) => j !== index).map((garment) => row(garment, `photo ${i}`, photo));
    const drawn = (id: string) =>
      service.draw({ worn, others, item: row(item.garment, `item ${i}`, item.picture, id) }, 'bench');
    await measure('preview', () => drawn(`item ${i}`));
    await measure('another item', () => drawn(`another item ${i}`));
    await measure('parse', async () => vision.parse(await decode(files.get(`photo ${i}`)!)));
  }
  await service.close();
  const settled = (name: keyof typeof measured) => measured[name].slice(3);
  const parses = settled('parse');
  for (const name of ['preview', 'another item', 'parse'] as const) {
    const values = settled(name);
    const middle = (value: (one: { ms: number; core: number }, i: number) => number) =>
      quantile(values.map(value), 0.5);
    console.log(
      `${name.padEnd(26)}${middle(({ ms }) => ms).toFixed(0)} ms, ${middle(({ core }) => core).toFixed(0)} core ms (medians); of the parse ` +
        `${middle(({ ms }, i) => ms / parses[i]!.ms).toFixed(2)}, ${middle(({ core }, i) => core / parses[i]!.core).toFixed(2)} by the cores`,
    );
  }
}

/** Item, photo and preview side by side, 20 to a picture. */
async function drawSheets(
  folder: string,
  previews: readonly { worn: Worn; item: Shown; image: Image }[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [width, height, across] = [190, 270, 4];
  for (let page = 0; page * 20 < previews.length; page++) {
    const tiles: { input: Buffer; left: number; top: number }[] = [];
    for (const [k, { worn, item, image }] of previews.slice(page * 20, page * 20 + 20).entries()) {
      const { photo, view } = worn;
      const margin = 0.15 * (view.box[3] - view.box[1]);
      const box = [
        view.box[0] - margin,
        view.box[1] - margin,
        view.box[2] + margin,
        view.box[3] + margin,
      ] as const;
      const [left, top] = [(k % across) * (3 * width + 12), Math.floor(k / across) * (height + 6)];
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
    const size = { width: across * (3 * width + 12), height: 5 * (height + 6), channels: 3 as const };
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

function shuffle<T>(list: readonly T[], random: () => number): T[] {
  const found = [...list];
  for (let i = found.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [found[i], found[j]] = [found[j]!, found[i]!];
  }
  return found;
}
