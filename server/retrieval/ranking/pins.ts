import type { Queryable } from '../../db/database.ts';
import type { NearestItem, NearestQuery } from '../nearest/query.ts';
import { findNearestItems } from '../nearest/search.ts';
import type { Pin } from './arrange.ts';
import { allOf, matchesAny, type Where } from './conditions.ts';
import { type ActiveRule, MAX_PINS } from './rule.ts';
import { listGroups } from './variants.sql.ts';

/** What a search asks for, whatever page of it is read. */
export type Search = Omit<NearestQuery, 'limit' | 'after'>;

/** The nearest items of the search for which `where` holds too. */
export function findIn(
  db: Queryable,
  search: Search,
  where: Where,
  page: Pick<NearestQuery, 'limit' | 'after'>,
): Promise<NearestItem[]> {
  return findNearestItems(db, { ...search, ...page, where: allOf(search.where, where) });
}

export interface PlacedPin extends Pin {
  readonly distance: number;
}

const inStock: Where = () => [`i.availability <> 'out_of_stock'`];
const among =
  (itemIds: readonly string[]): Where =>
  (bind) => [`i.id = any(${bind(itemIds)}::text[])`];

/** Leaves out what is pinned, and where variants are collapsed, the other items of its groups. */
export async function notPinned(
  db: Queryable,
  { shopId, collapseVariants }: Search,
  pins: readonly Pin[],
): Promise<Where> {
  const itemIds = pins.map(({ itemId }) => itemId);
  if (itemIds.length === 0) return () => [];
  const groupIds = collapseVariants ? [...(await listGroups(db, shopId, itemIds)).values()] : [];
  return (bind) => [
    `i.id <> all(${bind(itemIds)}::text[])`,
    ...(groupIds.length > 0 ? [`(i.item_group_id = any(${bind(groupIds)}::text[])) is not true`] : []),
  ];
}

/**
 * The pins of a new listing, by position and then by the rules' order. One shows what passes the search's filter and
 * is in stock, unless its rule says otherwise; a cutoff is nothing to it. No item is pinned twice: the first position
 * counts, and a pin of a category, brand or attribute takes the most alike item that no rule pins by its id.
 */
export async function planPins(
  db: Queryable,
  search: Search,
  rules: readonly ActiveRule[],
): Promise<PlacedPin[]> {
  const pinning = rules.filter(({ kind }) => kind === 'pin');
  const byPosition = (a: { position: number | null }, b: { position: number | null }) =>
    (a.position ?? 0) - (b.position ?? 0);
  pinning.sort(byPosition);
  const pins = await planItemPins(db, search, pinning);
  for (const rule of pinning.filter(({ itemId }) => itemId === null).slice(0, MAX_PINS)) {
    const where = allOf(
      (bind) => [matchesAny([rule], bind)],
      await notPinned(db, search, pins),
      rule.evenOutOfStock ? undefined : inStock,
    );
    const [nearest] = await findIn(db, search, where, { limit: 1 });
    if (nearest) pins.push({ ...nearest, position: rule.position ?? 1 });
  }
  return pins.sort(byPosition).slice(0, MAX_PINS);
}

async function planItemPins(
  db: Queryable,
  search: Search,
  pinning: readonly ActiveRule[],
): Promise<PlacedPin[]> {
  const wanted = pinning.filter(({ itemId }) => itemId !== null);
  const idsOf = (rules: readonly ActiveRule[]) => [...new Set(rules.map(({ itemId }) => itemId ?? ''))];
  const found = new Map<ActiveRule['evenOutOfStock'], Map<string, NearestItem>>();
  for (const even of [true, false]) {
    const ids = idsOf(wanted.filter(({ evenOutOfStock }) => evenOutOfStock === even));
    const rows = await findAmong(db, search, ids, even ? undefined : inStock);
    found.set(even, new Map(rows.map((row) => [row.itemId, row])));
  }
  const pins = new Map<string, PlacedPin>();
  for (const { itemId, evenOutOfStock, position } of wanted) {
    const item = found.get(evenOutOfStock)?.get(itemId ?? '');
    if (item && !pins.has(item.itemId)) pins.set(item.itemId, { ...item, position: position ?? 1 });
  }
  return [...pins.values()];
}

/** Those pins, of a listing that was begun, whose items can be shown still. */
export async function findPins(db: Queryable, search: Search, pins: readonly Pin[]): Promise<PlacedPin[]> {
  const ids = pins.map(({ itemId }) => itemId);
  const found = new Map((await findAmong(db, search, ids)).map(({ itemId, distance }) => [itemId, distance]));
  return pins.flatMap((pin) => {
    const distance = found.get(pin.itemId);
    return distance === undefined ? [] : [{ ...pin, distance }];
  });
}

async function findAmong(
  db: Queryable,
  search: Search,
  itemIds: readonly string[],
  where?: Where,
): Promise<NearestItem[]> {
  if (itemIds.length === 0) return [];
  // Whoever pins two variants wants to see both.
  const each = { ...search, collapseVariants: false };
  return findIn(db, each, allOf(among(itemIds), where), { limit: itemIds.length });
}
