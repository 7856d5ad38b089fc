import { CATEGORIES } from '../vocabulary/taxonomy.ts';
import {
  COLOUR_NAMES,
  type ColourName,
  chooseStyle,
  drawItem,
  dyed,
  KINDS,
  Random,
  type Style,
  toWebp,
} from './drawing/index.ts';
import { describeItem, type FeedRow } from './listing.ts';
import { planLooks } from './looks.ts';

export interface FeedOptions {
  /** The shop is seed 1; training draws from 5000 on. */
  readonly seed?: number;
  /** At most MOST_ITEMS. */
  readonly count?: number;
}

export interface FeedItem {
  readonly row: FeedRow;
  /** WebP, 640×800. */
  readonly image: Buffer;
}

const SIZE = { width: 640, height: 800 };
export const MOST_ITEMS = 2000;
/** How many of a category's items come as one cut in three colours, before the next is one of its kind. */
const FAMILY = 3;
const DENIM: readonly ColourName[] = ['blue', 'navy', 'black', 'grey', 'white'];

/** What the demo shop sells, without its pictures: quick, so that a shop of the same seed can be listed. */
export function planDemoFeed({
  seed = 1,
  count = 220,
}: FeedOptions = {}): { style: Style; row: FeedRow; seed: number }[] {
  if (!Number.isInteger(count) || count < 1 || count > MOST_ITEMS)
    throw new RangeError(`a demo feed has 1 to ${MOST_ITEMS} items, not ${count}`);
  const plan = CATEGORIES.flatMap((_, index) => {
    const share = Math.floor(count / CATEGORIES.length) + (index < count % CATEGORIES.length ? 1 : 0);
    return planCategory(index + 1, share, new Random(seed).fork(`category ${index + 1}`));
  });
  const order = new Random(seed).fork('order').shuffle(plan);
  const listed = order.map(({ style, family }, index) => {
    const number = String(index + 1).padStart(4, '0');
    const random = new Random(seed).fork(`listing ${index}`);
    return { style, row: describeItem(style, `ARM-${number}`, family, random), seed: seed * 100_003 + index };
  });
  const looks = planLooks(listed, new Random(seed).fork('looks'));
  return listed.map((item) => {
    const look = looks.get(item.row.id);
    return look === undefined ? item : { ...item, row: { ...item.row, look_id: look } };
  });
}

interface Planned {
  readonly style: Style;
  /** Names the cut that colour variants share; null for a cut that comes in one colour. */
  readonly family: string | null;
}

/** Families of three colours and single cuts in turn, over all kinds of the category. */
function planCategory(category: number, count: number, random: Random): Planned[] {
  const kinds = KINDS[category - 1]?.length ?? 1;
  const out: Planned[] = [];
  for (let cut = 0; out.length < count; cut++) {
    const first = chooseStyle(random, { category, kind: cut % kinds });
    // Every second cut is a family, as long as a whole one still fits.
    if (cut % 2 === 1 || count - out.length < FAMILY) {
      out.push({ style: first, family: null });
      continue;
    }
    const choices = first.cloth.pattern === 'denim' ? DENIM : COLOUR_NAMES;
    const others = random.shuffle(choices.filter((name) => name !== first.cloth.dye.name));
    const family = `ARM-G${category}${String(cut).padStart(2, '0')}`;
    out.push({ style: first, family });
    for (const colour of others.slice(0, FAMILY - 1))
      out.push({ style: dyed(first, colour, random), family });
  }
  return out;
}

/** The demo shop's feed, drawn as it is read: rows in Google Merchant's columns, each with its picture. */
export async function* drawDemoFeed(options: FeedOptions = {}): AsyncGenerator<FeedItem, void, undefined> {
  for (const { style, row, seed } of planDemoFeed(options)) {
    const picture = await drawItem({ style, seed, size: SIZE, backdrop: 'studio' });
    yield { row, image: await toWebp(picture.pixels, picture, 80) };
  }
}
