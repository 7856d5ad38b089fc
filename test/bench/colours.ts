/**
 * How often the colour read from a garment's pixels is the data set's, beside the model's, and how often what a reason says
 * of two garments' colours is true of their labels.
 *
 *   npm run bench -- colours --data FOLDER [--split val] [--model DIR]
 *
 * The masks are the annotated ones. Garments without an outline are left out.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ColourTraits, compareColours, wantedColour } from '../../server/retrieval/compare-colours.ts';
import type { Image, Mask, Point } from '../../server/vision/contract.ts';
import { embedGarments } from '../../server/vision/embedder.ts';
import { decode } from '../../server/vision/image.ts';
import { checkModel, readManifest } from '../../server/vision/manifest.ts';
import { emptyMask, maskArea } from '../../server/vision/masks/masks.ts';
import { polygonMask } from '../../server/vision/masks/polygon.ts';
import { openSession } from '../../server/vision/runtime/session.ts';
import { shadesUnder } from '../../server/vision/shades.ts';
import type { ColourName } from '../../server/vocabulary/taxonomy.ts';

interface Annotation {
  readonly image_id: number;
  readonly iscrowd: number;
  readonly segmentation: readonly (readonly number[])[];
  readonly mask?: string;
  readonly colour?: ColourName;
}

interface Split {
  readonly images: readonly { readonly id: number; readonly file_name: string; readonly source: string }[];
  readonly annotations: readonly Annotation[];
}

interface Seen {
  readonly label: ColourName;
  readonly source: string;
  readonly image: number;
  readonly before: ColourTraits;
  readonly after: ColourTraits;
  readonly block: Float32Array;
}

export async function colours(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'model/data/garments' },
      split: { type: 'string', default: 'val' },
      model: { type: 'string', default: 'model/weights' },
    },
  });
  const text = await readFile(join(values.data, 'annotations', `${values.split}.json`), 'utf8');
  const seen = await look(values.data, JSON.parse(text) as Split, values.model);
  console.log(`${seen.length} garments of ${values.split}`);
  console.log('the name is the label’s       all  street   shop');
  const named = (traits: (of: Seen) => ColourTraits) => (of: Seen) => traits(of).colour === of.label;
  for (const [name, right] of [
    ['as the model tells it ', named(({ before }) => before)],
    ['by the garment’s pixels', named(({ after }) => after)],
  ] as const) {
    const shares = [seen, seen.filter(isOfStreet), seen.filter((of) => !isOfStreet(of))].map((list) =>
      percent(share(list, right)),
    );
    console.log(`${name.padEnd(24)} ${shares.map((text) => text.padStart(7)).join(' ')}`);
  }
  console.log('of all pairs    said the same (true of)   said another (true of)   nothing claimed');
  for (const when of ['before', 'after'] as const) {
    const { same, sameRight, other, otherRight, none, all } = judge(seen, when);
    const cell = (count: number, right: number) => `${percent(count / all)} (${percent(right / count)})`;
    console.log(
      `${when.padEnd(12)} ${cell(same, sameRight).padStart(24)} ${cell(other, otherRight).padStart(24)} ${percent(none / all).padStart(17)}`,
    );
  }
}

const isOfStreet = ({ source }: Seen) => source === 'user';
const share = (list: readonly Seen[], right: (of: Seen) => boolean) =>
  list.filter(right).length / list.length;
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

async function look(folder: string, { images, annotations }: Split, model: string): Promise<Seen[]> {
  const manifest = await readManifest(model);
  const session = await openSession(await checkModel(model, manifest, 'embedder'));
  const block = manifest.embedder.parts!.find(({ name }) => name === 'colour')!;
  const seen: Seen[] = [];
  for (const { id, file_name, source } of images) {
    const own = annotations.filter(
      (of) => of.image_id === id && of.iscrowd === 0 && of.colour && (of.mask ?? 'good') === 'good',
    );
    if (own.length === 0) continue;
    const image = await decode(await readFile(join(folder, 'images', file_name)));
    const masks = own.map(({ segmentation }) => maskOf(segmentation, image));
    const kept = own.map((of, i) => ({ of, mask: masks[i]! })).filter(({ mask }) => maskArea(mask) > 0);
    const embedded = await embedGarments(
      session,
      manifest.embedder,
      image,
      kept.map(({ mask }) => ({ mask, category: null })),
    );
    kept.forEach(({ of, mask }, i) => {
      const shades = shadesUnder(image, mask);
      const before = { colour: embedded[i]!.colour, shades: null, feedColour: null };
      const after = { ...before, colour: shades[0]!.colour, shades };
      const vector = embedded[i]!.embedding.slice(block.from, block.to);
      seen.push({ label: of.colour!, source, image: id, before, after, block: vector });
    });
  }
  await session.close();
  return seen;
}

function maskOf(segmentation: Annotation['segmentation'], image: Image): Mask {
  const mask = emptyMask(image.width, image.height);
  for (const flat of segmentation) {
    const points = Array.from({ length: flat.length / 2 }, (_, i): Point => [flat[2 * i]!, flat[2 * i + 1]!]);
    polygonMask(points, image).data.forEach((value, at) => {
      if (value === 1) mask.data[at] = 1;
    });
  }
  return mask;
}

/** What reasons say of all pairs of garments in different pictures, by the picture alone. */
function judge(seen: readonly Seen[], when: 'before' | 'after') {
  const counts = { same: 0, sameRight: 0, other: 0, otherRight: 0, none: 0, all: 0 };
  const wanted = seen.map((of) => wantedColour(of[when]));
  for (const [i, a] of seen.entries()) {
    for (const b of seen) {
      if (a.image === b.image) continue;
      const { agrees } = compareColours(wanted[i]!, b[when], cosine(a.block, b.block));
      const isSame = a.label === b.label;
      counts.all += 1;
      if (agrees === null) counts.none += 1;
      else if (agrees) {
        counts.same += 1;
        counts.sameRight += Number(isSame);
      } else {
        counts.other += 1;
        counts.otherRight += Number(!isSame);
      }
    }
  }
  return counts;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}
