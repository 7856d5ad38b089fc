import type { Queryable } from '../../db/database.ts';
import type { NearestItem, NearestQuery } from '../nearest/query.ts';
import { findNearestItems } from '../nearest/search.ts';
import type { Pin } from './arrange.ts';
import { allOf, matchesAny, type Where } from './conditions.ts';
import { type ActiveRule, MAX_PINS } from './rule.ts';
import { listGroups } from './variants.sql.ts';

/** A search without its page. */
export type Search = Omit<NearestQuery, 'limit' | 'after'>;

/** The nearest items of the search that also meet `where`. */
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

/** Leaves out pinned items and, where variants are collapsed, the rest of their groups. */
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
 * The pins of a new listing, by position and then in the order of the rules. A pinned item must pass the filter and be
 * in stock unless its rule includes what is not; the cutoff does not apply. An item is pinned once, at its first
 * position. A pin of a category, brand or attribute takes the nearest item that is not pinned by id.
 */
export async function planPins(
  db: Queryable,
  search: Search,
  rules: readonly ActiveRule[],
): Promise<PlacedPin[]> {
  const pinning = rules
    .filter(({ kind }) => kind === 'pin')
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const pins = await planItemPins(db, search, pinning);
  for (const rule of pinning.filter(({ itemId }) => itemId === null).slice(0, MAX_PINS)) {
    const where = allOf(
      (bind) => [matchesAny([rule], bind)],
      await notPinned(db, search, pins),
      rule.includeOutOfStock ? undefined : inStock,
    );
    const [nearest] = await findIn(db, search, where, { limit: 1 });
    if (nearest) pins.push({ ...nearest, position: rule.position ?? 1, rule });
  }
  return pins.sort((a, b) => pinning.indexOf(a.rule) - pinning.indexOf(b.rule)).slice(0, MAX_PINS);
}

type RuledPin = PlacedPin & { readonly rule: ActiveRule };

async function planItemPins(
  db: Queryable,
  search: Search,
  pinning: readonly ActiveRule[],
): Promise<RuledPin[]> {
  const wanted = pinning.filter(({ itemId }) => itemId !== null);
  const idsOf = (rules: readonly ActiveRule[]) => [...new Set(rules.map(({ itemId }) => itemId ?? ''))];
  const found = new Map<ActiveRule['includeOutOfStock'], Map<string, NearestItem>>();
  for (const anyStock of [true, false]) {
    const ids = idsOf(wanted.filter(({ includeOutOfStock }) => includeOutOfStock === anyStock));
    const rows = await findAmong(db, search, ids, anyStock ? undefined : inStock);
    found.set(anyStock, new Map(rows.map((row) => [row.itemId, row])));
  }
  const pins = new Map<string, RuledPin>();
  for (const rule of wanted) {
    const item = found.get(rule.includeOutOfStock)?.get(rule.itemId ?? '');
    if (item && !pins.has(item.itemId))
      pins.set(item.itemId, { ...item, position: rule.position ?? 1, rule });
  }
  return [...pins.values()];
}

/** The pins of a listing that has begun, as far as their items still pass the search. */
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
  // Two pinned variants of one group are both shown.
  const each = { ...search, collapseVariants: false };
  return findIn(db, each, allOf(among(itemIds), where), { limit: itemIds.length });
}
