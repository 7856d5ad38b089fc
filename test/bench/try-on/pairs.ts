/** The labelled set's street garments and shop items, as model and pose network find them. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { refuseCategories, refuseGarment } from '../../../server/try-on/gate.ts';
import { personBox } from '../../../server/try-on/person.ts';
import { prepareItem, prepareWorn } from '../../../server/try-on/preview.ts';
import { Refused } from '../../../server/try-on/refusals.ts';
import { type Cut, cutOf, type Shown, type Worn } from '../../../server/try-on/view.ts';
import type { Box, Image, ParsedGarment, Pose, Vision } from '../../../server/vision/contract.ts';
import { decode } from '../../../server/vision/image.ts';
import { rleDecode } from '../../../server/vision/masks/masks.ts';

export interface Labelled {
  readonly file: string;
  readonly isStreet: boolean;
  readonly garments: readonly { readonly category: number; readonly box: Box }[];
}

export async function readSet(folder: string, split: string): Promise<Labelled[]> {
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

export interface Finder {
  garments(file: string, image: Image, turn?: 'catalogue'): Promise<ParsedGarment[]>;
  pose(file: string, image: Image, garment: ParsedGarment, others: readonly ParsedGarment[]): Promise<Pose>;
  outline(cut: Cut): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What model and pose network find, or found before, by picture. */
export async function openFinder(vision: Vision, path: string | undefined): Promise<Finder> {
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
    outline: async ({ image, found, others }) => vision.outline!.find(image, found, others),
    async close() {
      if (path !== undefined) await writeFile(path, JSON.stringify(known));
    },
  };
}

export interface Item {
  readonly file: string;
  readonly picture: Image;
  readonly garment: ParsedGarment;
  readonly category: number;
  ready?: Shown | Refused;
}

/** The largest garment of the labelled category in each shop photo, as an import takes it. */
export async function readItems(finder: Finder, set: readonly Labelled[]): Promise<Item[]> {
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

export async function readyOf(finder: Finder, item: Item): Promise<Shown> {
  if (!item.ready) {
    const { picture, garment, category } = item;
    const cut = cutOf(picture, rleDecode(garment.rle, picture.width, picture.height));
    const fine = await finder.outline(cut);
    try {
      item.ready = prepareItem({ picture, category, cut, fine });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      item.ready = error;
    }
  }
  if (item.ready instanceof Refused) throw item.ready;
  return item.ready;
}

export async function wornOf(
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
  const cut = cutOf(photo, maskOf(garment), others.map(maskOf));
  return prepareWorn({
    photo,
    garment,
    cut,
    fine: await finder.outline(cut),
    pose: await finder.pose(file, photo, garment, others),
  });
}
