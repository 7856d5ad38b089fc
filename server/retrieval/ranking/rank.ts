import type { Queryable } from '../../db/database.ts';
import type { Category } from '../../vocabulary/category.ts';
import type { NearestItem, NearestQuery } from '../nearest/query.ts';
import { findNearestItems } from '../nearest/search.ts';
import { listActiveRules, type TimedRule } from './active-rules.sql.ts';
import { arrange, type Pin } from './arrange.ts';
import { allOf, notExcluded, reachableSteps, stepsAre, type Where } from './conditions.ts';
import { findIn, findPins, notPinned, type PlacedPin, planPins, type Search } from './pins.ts';
import { problemOf } from './problem.ts';
import { keyOf, type Progress, progressOf, type RankKey } from './rank-key.ts';
import { type ActiveRule, appliesTo } from './rule.ts';
import { mergeStreams, type ShiftedItem } from './streams.ts';
import { dropVariants } from './variants.ts';

/** The rules that apply to a search. */
export interface ActiveRules {
  readonly rules: readonly ActiveRule[];
  /** The time for which they were read; null if none of them changes the order. */
  readonly time: string | null;
  /** Leaves out excluded items; also for counts over the search. */
  readonly allowed: Where;
}

export interface Ranking {
  /** Its conditions include `active.allowed`. */
  readonly search: Search;
  readonly active: ActiveRules;
  /** The cutoff, by an item's distance before rules move it. Pins are exempt. */
  readonly isNear: (distance: number) => boolean;
  readonly limit: number;
  /** The key of the previous page's last item. */
  readonly after: RankKey | undefined;
}

export interface RankedItem extends NearestItem {
  readonly effect: 'pinned' | 'boosted' | 'buried' | null;
  readonly key: RankKey;
}

/** Reads the rules that apply to a search in these categories. `after` is the key of the previous page's last item. */
export async function readRules(
  db: Queryable,
  shopId: string,
  categories: readonly Category[],
  after: RankKey | undefined,
): Promise<ActiveRules> {
  return activeRulesFor(await listActiveRules(db, shopId, timeOfRules(after)), categories);
}

/** For which a page reads the rules: null for the first. */
export function timeOfRules(after: RankKey | undefined): string | null {
  return after ? (progressOf(after)?.time ?? null) : null;
}

/** Those of the shop's rules that apply to a search in these categories. */
export function activeRulesFor(rules: readonly TimedRule[], categories: readonly Category[]): ActiveRules {
  const active = rules.filter((rule) => appliesTo(rule, categories) && problemOf(rule) === null);
  const time = active.find(({ kind }) => kind !== 'exclude')?.time ?? null;
  return { rules: active, time, allowed: notExcluded(active) };
}

/**
 * One page of the nearest items in the order that the rules make; without rules, what findNearestItems finds. A listing
 * keeps the pins, boosts and buries it began with, so that changing them neither repeats nor skips an item. Exclusions
 * apply at once.
 */
export async function rankNearestItems(db: Queryable, ranking: Ranking): Promise<RankedItem[]> {
  const { active, after } = ranking;
  const progress = after ? progressOf(after) : null;
  if (progress) return rankByRules(db, ranking, progress);
  // A listing that began without rules continues without them.
  if (active.time === null || after) return rankByDistance(db, ranking);
  return rankByRules(db, ranking, await beginListing(db, ranking.search, active.rules, active.time));
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
  return withinCutoff(found, isNear).map((item) => ({
    ...item,
    effect: null,
    key: [item.distance, item.itemId],
  }));
}

/** Its pins need not be looked up again. */
interface NewListing extends Progress {
  readonly found: readonly PlacedPin[];
}

async function beginListing(
  db: Queryable,
  search: Search,
  rules: readonly ActiveRule[],
  time: string,
): Promise<NewListing> {
  const found = await planPins(db, search, rules);
  const pins = found.map(({ itemId, position }) => ({ itemId, position }));
  return { last: undefined, served: 0, time, pins, passed: 0, found };
}

async function rankByRules(
  db: Queryable,
  ranking: Ranking,
  progress: Progress | NewListing,
): Promise<RankedItem[]> {
  const { search, limit } = ranking;
  const pins =
    'found' in progress ? progress.found : await findPins(db, search, progress.pins.slice(progress.passed));
  const rest = await rankRest(db, ranking, progress);
  return withKeys(arrange(pins, rest, progress.served, limit), progress);
}

/** The next unpinned items, ordered by boosts and buries. */
async function rankRest(
  db: Queryable,
  { search, active: { rules }, isNear, limit }: Ranking,
  { pins, last }: Progress,
): Promise<ShiftedItem[]> {
  const unpinned = await notPinned(db, search, pins);
  const read = async (where: Where, steps: number, page: Pick<NearestQuery, 'limit' | 'after'>) =>
    withinCutoff(await findIn(db, search, allOf(unpinned, where, stepsAre(rules, steps)), page), isNear);
  const all: Where = () => [];
  const steps = reachableSteps(rules);
  const items = mergeStreams(
    (own, after, rows) => read(all, own, { limit: rows, after }),
    steps,
    last,
    limit,
  );
  // Within a single stream the search has collapsed variants already.
  if (!search.collapseVariants || steps.length === 1) return (await take(items, limit)).taken;
  const kept: ShiftedItem[] = [];
  for (let ended = false; kept.length < limit && !ended; ) {
    const batch = await take(items, limit);
    ended = batch.ended;
    const unique = await dropVariants(db, search.shopId, batch.taken, steps, (groupIds, own) =>
      read((bind) => [`i.item_group_id = any(${bind(groupIds)}::text[])`], own, { limit: groupIds.length }),
    );
    kept.push(...unique);
  }
  return kept.slice(0, limit);
}

/** Items within the cutoff. */
function withinCutoff(items: readonly NearestItem[], isNear: Ranking['isNear']): readonly NearestItem[] {
  return items.filter(({ distance }) => isNear(distance));
}

/** The next `count` items; `ended` if there are no more. */
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

/** Gives each item the key with which the next page starts. */
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
