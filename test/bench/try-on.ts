/**
 * Previews of a labelled set's shop photos on the garments of its street photos: how many are refused and why, how well the drawn
 * garment covers the worn one, whether the cloth folds, how faithful a pattern stays, and how long it takes beside the parse.
 *
 *   npm run bench -- try-on [--data FOLDER] [--split val] [--model DIR] [--pairs 20] [--photos N] [--only time] [--rounds 3]
 *                           [--sheets FOLDER] [--judge] [--seed 15] [--found FILE]
 *
 * A street garment is paired with shop photos whose largest garment has its category. What is paired is what the parser finds where
 * the labels have a garment of that category. `--only time` stops when there are enough pairs to take the time of, each `--rounds`
 * times. `--sheets` draws 60 previews that were not refused, chosen by lot (`--seed`), for the eye. `--found` keeps in a file what the
 * model finds, for the next run.
 * `--judge` draws three on each garment, whatever the verdict, and keeps its figures with the sheets' key: for `model/run.sh fit_verdict`.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { LIMITS } from '../../server/try-on/limits.ts';
import { drawPreview, type Quality } from '../../server/try-on/preview.ts';
import { Refused } from '../../server/try-on/refusals.ts';
import type { Shown, Worn } from '../../server/try-on/view.ts';
import { boxIou } from '../../server/vision/boxes.ts';
import { decode } from '../../server/vision/image.ts';
import { openVision } from '../../server/vision/vision.ts';
import { randomOf } from '../helpers/random.ts';
import { quantile } from './stats.ts';
import { fidelity, foldsOf } from './try-on/fidelity.ts';
import { type Finder, type Item, openFinder, readItems, readSet, readyOf, wornOf } from './try-on/pairs.ts';
import { drawSheets, type Tried } from './try-on/sheets.ts';
import { type Timed, timePreviews } from './try-on/time.ts';

const SHEET = 60;
/** Of one worn garment, if there are enough. */
const OF_GARMENT = 3;
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
      judge: { type: 'boolean', default: false },
      seed: { type: 'string', default: '15' },
      found: { type: 'string' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const set = await readSet(o.data, o.split);
  const vision = await openVision({ modelDir: o.model });
  const finder = await openFinder(vision, o.found);
  const random = randomOf(Number(o.seed));
  const isTimeOnly = o.only === 'time';
  const items = await readItems(finder, set);
  const limits = o.judge ? { ...LIMITS, pair: { ...LIMITS.pair, verdict: { legs: 0, skirt: 0 } } } : LIMITS;
  const most = o.judge ? OF_GARMENT : Infinity;
  const tally = makeTally();
  const timed: Timed[] = [];
  const street = set.filter(({ isStreet }) => isStreet).slice(0, Number(o.photos));
  for (const { file, garments: labels } of street) {
    if (isTimeOnly && timed.length === TIMED) break;
    const photo = await decode(await readFile(file));
    const found = await finder.garments(file, photo);
    for (const [index, garment] of found.entries()) {
      const isLabelled = labels.some(
        ({ category, box }) => category === garment.category && boxIou(box, garment.box) > 0.5,
      );
      if (!isLabelled) continue;
      const some = items.filter(({ category }) => category === garment.category);
      const pairs = shuffle(some, random).slice(0, Number(o.pairs));
      const worn = await attempt(async () => wornOf(finder, file, photo, found, index));
      const name = `${basename(file)} ${garment.box.map(Math.round).join(' ')}`;
      const shown = await drawPairs(finder, name, worn, pairs, tally, { limits, most });
      const [first] = shown;
      for (const { of: item } of shown.slice(0, Math.min(OF_GARMENT, TIMED - timed.length)))
        timed.push({ photo, garments: found, index, item });
      if (isTimeOnly || worn instanceof Refused) continue;
      for (const { item } of shown) tally.folds += foldsOf(worn, item);
      if (first) {
        tally.stripes.push(fidelity(worn, first.item, (x) => levelOf(x * 10)));
        tally.checks.push(
          fidelity(worn, first.item, (x, y) => levelOf(Math.floor(x * 8) + Math.floor(y * 8))),
        );
      }
    }
  }
  if (!isTimeOnly) report(tally);
  await finder.close();
  if (!o.judge) await timePreviews(vision, timed, Number(o.rounds));
  const lots = shuffle(tally.previews, random);
  if (o.sheets !== undefined) await drawSheets(o.sheets, o.judge ? lots : drawLots(lots));
  await vision.close();
}

function makeTally() {
  return {
    garments: 0,
    withPreview: 0,
    counts: new Map<string, number>(),
    previews: [] as (Tried & { quality: Quality })[],
    folds: 0,
    stripes: [] as number[],
    checks: [] as number[],
  };
}

type Tally = ReturnType<typeof makeTally>;

/** Draws each item on the garment, until there are enough, and counts what came of it. */
async function drawPairs(
  finder: Finder,
  name: string,
  worn: Worn | Refused,
  items: readonly Item[],
  tally: Tally,
  { limits, most }: { limits: typeof LIMITS; most: number },
) {
  const count = (reason: string) => tally.counts.set(reason, (tally.counts.get(reason) ?? 0) + 1);
  const shown: { of: Item; item: Shown }[] = [];
  for (const of of items) {
    if (shown.length === most) break;
    try {
      if (worn instanceof Refused) throw worn;
      const item = await readyOf(finder, of);
      const { image, quality, figures } = drawPreview(worn, item, limits);
      const pair = `${name} with ${basename(of.file)}`;
      tally.previews.push({ worn, item: of.picture, image, pair, quality, figures });
      shown.push({ of, item });
      count('shown');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      count(error.reason);
    }
  }
  tally.garments++;
  if (shown.length > 0) tally.withPreview++;
  return shown;
}

function report({ garments, withPreview, counts, previews, folds, stripes, checks }: Tally): void {
  const pairs = [...counts.values()].reduce((sum, n) => sum + n, 0);
  console.log(
    `${garments} garments, ${pairs} pairs; a preview of at least one item on ${withPreview} garments\n`,
  );
  for (const [reason, n] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`${reason.padEnd(26)}${String(n).padStart(6)}  ${((100 * n) / pairs).toFixed(1)} %`);
  const line = (name: string, values: number[]) => {
    const at = (q: number) => quantile(values, q).toFixed(3);
    console.log(`${name.padEnd(26)}${at(0.5)} median, ${at(0.05)} to ${at(0.95)} for nine of ten`);
  };
  console.log('\nOf the previews shown:');
  line(
    'IoU with the worn one',
    previews.map(({ quality }) => quality.overlap),
  );
  line(
    'stretch',
    previews.map(({ quality }) => quality.stretch),
  );
  console.log(`${'folds'.padEnd(26)}${folds}`);
  line('SSIM of stripes', stripes);
  line('SSIM of checks', checks);
}

/** The first of a shuffled list, few of each worn garment before more of any. */
function drawLots(previews: readonly Tried[]): Tried[] {
  const [few, more]: [Tried[], Tried[]] = [[], []];
  for (const tried of previews) {
    const isEnough = few.filter(({ worn }) => worn === tried.worn).length === OF_GARMENT;
    (isEnough ? more : few).push(tried);
  }
  return [...few, ...more].slice(0, SHEET);
}

/** Dark and light in turns. */
function levelOf(place: number): number {
  return Math.floor(place) % 2 === 0 ? 40 : 215;
}

async function attempt<T>(task: () => Promise<T>): Promise<T | Refused> {
  return task().catch((error: unknown) => {
    if (error instanceof Refused) return error;
    throw error;
  });
}

function shuffle<T>(list: readonly T[], random: () => number): T[] {
  const found = [...list];
  for (let i = found.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [found[i], found[j]] = [found[j]!, found[i]!];
  }
  return found;
}
