import type { Queryable } from '../../db/database.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { NearestItem, NearestQuery } from '../nearest/query.ts';
import { findNearestItems } from '../nearest/search.ts';
import { listActiveRules } from './active-rules.sql.ts';
import { arrange, type Pin } from './arrange.ts';
import { allOf, notExcluded, reachableSteps, stepsAre, type Where } from './conditions.ts';
import { findIn, findPins, notPinned, type PlacedPin, planPins, type Search } from './pins.ts';
import { problemOf } from './problem.ts';
import { keyOf, type Progress, progressOf, type RankKey } from './rank-key.ts';
import { type ActiveRule, appliesTo } from './rule.ts';
import { mergeStreams, type ShiftedItem } from './streams.ts';
import { standIns } from './variants.ts';

/** The rules that a search heeds. */
export interface Heeded {
  readonly rules: readonly ActiveRule[];
  /** Since when they are heeded; null where none of them orders anything. */
  readonly time: string | null;
  /** Leaves out what is excluded: for the search, and for whatever is counted over it. */
  readonly allowed: Where;
}

export interface Ranking {
  /** With what the rules allow among its conditions. */
  readonly search: Search;
  readonly heeded: Heeded;
  /** The cutoff, by an item's own distance, however rules order it. Pins are exempt. */
  readonly isNear: (distance: number) => boolean;
  readonly limit: number;
  /** The key of the last item of the page before. */
  readonly after: RankKey | undefined;
}

export interface RankedItem extends NearestItem {
  readonly effect: 'pinned' | 'boosted' | 'buried' | null;
  readonly key: RankKey;
}

/** What a search for any of these categories of garment heeds; `after` is the key of the page before. */
export async function readRules(
  db: Queryable,
  shopId: string,
  categories: readonly Category[],
  after: RankKey | undefined,
): Promise<Heeded> {
  const time = after ? (progressOf(after)?.time ?? null) : null;
  return heedRules(await listActiveRules(db, shopId, time), categories);
}

export function heedRules(
  rules: readonly (ActiveRule & { time: string })[],
  categories: readonly Category[],
): Heeded {
  const heeded = rules.filter((rule) => appliesTo(rule, categories) && problemOf(rule) === null);
  const time = heeded.find(({ kind }) => kind !== 'exclude')?.time ?? null;
  return { rules: heeded, time, allowed: notExcluded(heeded) };
}

/**
 * One page of the nearest items as the rules will have them. Without rules, exactly what findNearestItems finds. A
 * listing keeps the pins, boosts and buries with which it was begun, so that no item comes twice or is left out when
 * they change; what is excluded disappears at once.
 */
export async function rankNearestItems(db: Queryable, ranking: Ranking): Promise<RankedItem[]> {
  const { heeded, after } = ranking;
  const progress = after ? progressOf(after) : null;
  if (progress) return rankByRules(db, ranking, progress);
  // A listing that was begun without rules goes on without them.
  if (heeded.time === null || after) return rankByDistance(db, ranking);
  return rankByRules(db, ranking, await beginListing(db, ranking.search, heeded.rules, heeded.time));
}

async function rankByDistance(
  db: Queryable,
  { search, limit, after, isNear }: Ranking,
): Promise<RankedItem[]> {
  const found = await findNearestItems(db, {
    ...search,
    limit,
    after: after && { distance: after[0] as number, itemId: after[1] as string },
  });
  return endAt(found, isNear).map((item) => ({
    ...item,
    effect: null,
    key: [item.distance, item.itemId],
  }));
}

interface Begun extends Progress {
  readonly found: readonly PlacedPin[];
}

async function beginListing(
  db: Queryable,
  search: Search,
  rules: readonly ActiveRule[],
  time: string,
): Promise<Begun> {
  const found = await planPins(db, search, rules);
  const pins = found.map(({ itemId, position }) => ({ itemId, position }));
  return { last: undefined, served: 0, time, pins, passed: 0, found };
}

async function rankByRules(
  db: Queryable,
  ranking: Ranking,
  progress: Progress | Begun,
): Promise<RankedItem[]> {
  const { search, limit } = ranking;
  const pins =
    'found' in progress ? progress.found : await findPins(db, search, progress.pins.slice(progress.passed));
  const rest = await rankRest(db, ranking, progress);
  return withKeys(arrange(pins, rest, progress.served, limit), progress);
}

/** The next items that are not pinned, in the order that boosts and buries make. */
async function rankRest(
  db: Queryable,
  { search, heeded: { rules }, isNear, limit }: Ranking,
  { pins, last }: Progress,
): Promise<ShiftedItem[]> {
  const unpinned = await notPinned(db, search, pins);
  const read = async (where: Where, steps: number, page: Pick<NearestQuery, 'limit' | 'after'>) =>
    endAt(await findIn(db, search, allOf(unpinned, where, stepsAre(rules, steps)), page), isNear);
  const all: Where = () => [];
  const steps = reachableSteps(rules);
  const items = mergeStreams(
    (own, after, rows) => read(all, own, { limit: rows, after }),
    steps,
    last,
    limit,
  );
  // In one stream the search itself collapses variants.
  if (!search.collapseVariants || steps.length === 1) return (await take(items, limit)).taken;
  const kept: ShiftedItem[] = [];
  for (let ended = false; kept.length < limit && !ended; ) {
    const batch = await take(items, limit);
    ended = batch.ended;
    const alone = await standIns(db, search.shopId, batch.taken, steps, (groupIds, own) =>
      read((bind) => [`i.item_group_id = any(${bind(groupIds)}::text[])`], own, { limit: groupIds.length }),
    );
    kept.push(...alone);
  }
  return kept.slice(0, limit);
}

/** Items in the order of their distance, to the last that is similar enough. */
function endAt(items: readonly NearestItem[], isNear: Ranking['isNear']): readonly NearestItem[] {
  return items.filter(({ distance }) => isNear(distance));
}

/** The next ones; a later call goes on behind them. */
async function take<T>(
  items: AsyncGenerator<T, void>,
  count: number,
): Promise<{ taken: T[]; ended: boolean }> {
  const taken: T[] = [];
  while (taken.length < count) {
    const { done, value } = await items.next();
    if (done) return { taken, ended: true };
    taken.push(value);
  }
  return { taken, ended: false };
}

/** Each item with the key from which the listing goes on behind it. */
function withKeys(
  page: ({ pin: PlacedPin } | { item: ShiftedItem })[],
  { last, served, time, pins, passed }: Progress,
): RankedItem[] {
  const indexOf = (pin: Pin) => pins.findIndex(({ itemId }) => itemId === pin.itemId);
  return page.map((entry) => {
    served += 1;
    if ('pin' in entry) passed = indexOf(entry.pin) + 1;
    else last = entry.item;
    const key = keyOf({ last, served, time, pins, passed });
    const { itemId, distance } = 'pin' in entry ? entry.pin : entry.item;
    return { itemId, distance, effect: effectOf(entry), key };
  });
}

function effectOf(entry: { pin: PlacedPin } | { item: ShiftedItem }): RankedItem['effect'] {
  if ('pin' in entry) return 'pinned';
  if (entry.item.steps === 0) return null;
  return entry.item.steps < 0 ? 'boosted' : 'buried';
}
