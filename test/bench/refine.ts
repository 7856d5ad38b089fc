/**
 * What refinement and drawn regions are worth, on drawn items whose cut, colour and pattern are known.
 *
 *   npm run bench -- refine [--items N] [--model DIR]
 *
 * "Agreement" is R-precision: of the first R matches, R being how many items are right, the share that is. "Sibling" is
 * how often the very cut in the colour that was asked for comes first, or among the first 10, of all items.
 */
import { parseArgs } from 'node:util';
import { type ColourName, drawItem } from '../../server/demo/drawing/index.ts';
import { planDemoFeed } from '../../server/demo/feed.ts';
import { type Change, type Refined, refine as refined } from '../../server/retrieval/refine.ts';
import { type EmbeddingSpace, type Image, type Mask } from '../../server/vision/contract.ts';
import { embedGarments } from '../../server/vision/embedder.ts';
import { toSpace } from '../../server/vision/embedding-space.ts';
import { checkModel, readManifest } from '../../server/vision/manifest.ts';
import { emptyMask } from '../../server/vision/masks/masks.ts';
import { ellipse } from '../../server/vision/region.ts';
import { openSession } from '../../server/vision/runtime/session.ts';
import { COLOURS } from '../../server/vocabulary/taxonomy.ts';
import { randomOf } from '../helpers/random.ts';

const SIZE = { width: 480, height: 600 };
const SEED = 31;
const NOTHING: Change = { liked: [], disliked: [], colours: [], settled: [] };

interface Drawn {
  readonly category: number;
  readonly colour: ColourName;
  readonly pattern: string;
  /** Names the cut that colour variants share. */
  readonly family: string | null;
  readonly embedding: readonly number[];
}

export async function refine(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      items: { type: 'string', default: '520' },
      model: { type: 'string', default: 'model/weights' },
    },
  });
  const manifest = await readManifest(values.model);
  const session = await openSession(await checkModel(values.model, manifest, 'embedder'));
  const embed = async (image: Image, mask: Mask, category: number | null) => [
    ...(await embedGarments(session, manifest.embedder, image, [{ mask, category }]))[0]!.embedding,
  ];
  const items: Drawn[] = [];
  const regions: { drawn: number; mask: number[]; ellipse: number[]; rectangle: number[] }[] = [];
  for (const [i, { style, row, seed }] of planDemoFeed({
    seed: SEED,
    count: Number(values.items),
  }).entries()) {
    const draw = async (backdrop: 'studio' | 'any') => {
      const picture = await drawItem({
        style,
        seed: seed + Number(backdrop === 'any'),
        size: SIZE,
        backdrop,
      });
      return { ...picture.garments[0]!, image: { ...SIZE, data: picture.pixels } };
    };
    const { image, mask, category, colour } = await draw('studio');
    const family = row.item_group_id ?? null;
    items.push({
      category,
      colour,
      pattern: style.cloth.pattern,
      family,
      embedding: await embed(image, mask, category),
    });
    if (i % 4 > 0) continue;
    const again = await draw('any');
    regions.push({
      drawn: i,
      mask: await embed(again.image, again.mask, category),
      ellipse: await embed(again.image, ellipse(again.box, again.image), null),
      rectangle: await embed(again.image, rectangle(again), null),
    });
  }
  await session.close();
  const space = toSpace(manifest.embedder.model, manifest.embedder);
  console.log(`${items.length} items, model ${space.model}, parts ${space.parts ? 'yes' : 'no'}\n`);
  measureRegions(items, regions);
  if (space.parts) measureCategories(space, items);
  if (space.prototypes) measureColours(space, items);
  measureLikes(space, items);
}

function rectangle({ box: [x1, y1, x2, y2], image }: { box: readonly number[]; image: Image }): Mask {
  const mask = emptyMask(image.width, image.height);
  for (let y = y1!; y < y2!; y++) mask.data.fill(1, y * image.width + x1!, y * image.width + x2!);
  return mask;
}

/** A drawn region stands for its garment: does the garment's item come first? */
function measureRegions(
  items: readonly Drawn[],
  regions: readonly { drawn: number; [mask: string]: number | number[] }[],
) {
  for (const kind of ['mask', 'ellipse', 'rectangle']) {
    const ranks = regions.map((region) => {
      const found = rank(items, { embedding: region[kind] as number[], offset: 0, scale: 1 });
      return found.indexOf(items[region.drawn]!);
    });
    say(`region as ${kind}`, {
      'recall@1': share(ranks, (at) => at < 1),
      'recall@10': share(ranks, (at) => at < 10),
    });
  }
}

/** The same look as another category: items of that category that agree in colour, in pattern, in both. */
function measureCategories(space: EmbeddingSpace, items: readonly Drawn[]): void {
  const part = space.parts!.find(({ name }) => name === 'category')!;
  const centroids = new Map(
    [...new Set(items.map(({ category }) => category))].map((category) => {
      const own = items.filter((item) => item.category === category);
      const sum = own[0]!.embedding.map((_, d) =>
        own.reduce((total, { embedding }) => total + embedding[d]!, 0),
      );
      return [category, sum.slice(part.from, part.to)] as const;
    }),
  );
  const ways: Record<string, (item: Drawn, category: number) => readonly number[]> = {
    'block kept': (item) => item.embedding,
    'block dropped': (item) =>
      refined(space, item.embedding, { ...NOTHING, settled: ['category'] }).embedding,
    "category's centroid": (item, category) => {
      const centroid = centroids.get(category)!;
      const scale = Math.sqrt(part.weight) / Math.hypot(...centroid);
      return item.embedding.map((value, d) =>
        d >= part.from && d < part.to ? centroid[d - part.from]! * scale : value,
      );
    },
  };
  for (const [way, vector] of Object.entries(ways)) {
    const scores = { colour: [] as number[], pattern: [] as number[], both: [] as number[] };
    for (const [i, item] of items.entries()) {
      const category = ((item.category + (i % 12)) % 13) + 1;
      const within = items.filter((other) => other.category === category);
      const found = rank(within, { embedding: vector(item, category), offset: 0, scale: 1 });
      const agree = (right: (other: Drawn) => boolean, into: number[]) => {
        const precision = rPrecision(found, right);
        if (precision !== null) into.push(precision);
      };
      agree((other) => other.colour === item.colour, scores.colour);
      agree((other) => other.pattern === item.pattern, scores.pattern);
      agree((other) => other.colour === item.colour && other.pattern === item.pattern, scores.both);
    }
    say(`category changed, ${way}`, {
      colour: mean(scores.colour),
      pattern: mean(scores.pattern),
      both: mean(scores.both),
    });
  }
}

/** "This but in blue": the same cut in that colour, by the prototype; against a filter on the true colour. */
function measureColours(space: EmbeddingSpace, items: readonly Drawn[]): void {
  const ways: Record<string, (item: Drawn, colour: ColourName) => [Refined, readonly Drawn[]]> = {
    'not asked for': (item) => [refined(space, item.embedding, NOTHING), items],
    prototype: (item, colour) => [refined(space, item.embedding, { ...NOTHING, colours: [colour] }), items],
    'filter on the true colour': (item, colour) => [
      refined(space, item.embedding, { ...NOTHING, settled: ['colour'] }),
      items.filter((other) => other.colour === colour),
    ],
  };
  for (const [way, search] of Object.entries(ways)) {
    const ranks: number[] = [];
    const precision: number[] = [];
    for (const item of items) {
      for (const sibling of items) {
        if (sibling === item || item.family === null || sibling.family !== item.family) continue;
        const found = rank(...(search(item, sibling.colour).reverse() as [readonly Drawn[], Refined]));
        ranks.push(found.filter((other) => other !== item).indexOf(sibling));
        precision.push(
          rPrecision(
            found,
            ({ category, colour }) => category === item.category && colour === sibling.colour,
          )!,
        );
      }
    }
    say(`colour asked for, ${way}`, {
      'sibling@1': share(ranks, (at) => at < 1),
      'sibling@10': share(ranks, (at) => at < 10),
      'category and colour': mean(precision),
    });
  }
}

/** More like two garments of other categories and one colour: the own category in their colour. */
function measureLikes(space: EmbeddingSpace, items: readonly Drawn[]): void {
  const random = randomOf(SEED);
  const asked = items.map((item) => {
    const colour = COLOURS[Math.floor(random() * COLOURS.length)]!;
    const liked = items.filter((other) => other.colour === colour && other.category !== item.category);
    const start = Math.floor(random() * liked.length);
    return { item, colour, liked: liked.slice(start, start + 2).map(({ embedding }) => embedding) };
  });
  for (const way of ['not asked for', 'more like two']) {
    const scores = { category: [] as number[], colour: [] as number[], both: [] as number[] };
    for (const { item, colour, liked } of asked) {
      const change = way === 'more like two' ? { ...NOTHING, liked } : NOTHING;
      const found = rank(items, refined(space, item.embedding, change)).slice(0, 10);
      scores.category.push(share(found, (other) => other.category === item.category));
      scores.colour.push(share(found, (other) => other.colour === colour));
      scores.both.push(share(found, (other) => other.category === item.category && other.colour === colour));
    }
    say(`liked colour, ${way}, of 10`, {
      category: mean(scores.category),
      colour: mean(scores.colour),
      both: mean(scores.both),
    });
  }
}

/** The most alike first. */
function rank(items: readonly Drawn[], { embedding }: Refined): Drawn[] {
  const scored = items.map((item) => ({
    item,
    score: item.embedding.reduce((sum, value, d) => sum + value * embedding[d]!, 0),
  }));
  return scored.sort((a, b) => b.score - a.score).map(({ item }) => item);
}

/** Null where no item is right. */
function rPrecision(found: readonly Drawn[], right: (item: Drawn) => boolean): number | null {
  const count = found.filter(right).length;
  return count === 0 ? null : share(found.slice(0, count), right);
}

function share<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  return values.filter(holds).length / values.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function say(what: string, figures: Record<string, number>): void {
  const said = Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(3)}`);
  console.log(`${what.padEnd(44)} ${said.join('  ')}`);
}
