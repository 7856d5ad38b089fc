import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RuleInput, RuleKind, RuleStrength } from '../../server/merchandising/rule.type.ts';
import { removeRule, setRule } from '../../server/merchandising/rules.ts';
import { findNearestItems } from '../../server/retrieval/nearest/search.ts';
import {
  type RankedItem,
  type Ranking,
  rankNearestItems,
  readRules,
} from '../../server/retrieval/ranking/rank.ts';
import { isRankKey } from '../../server/retrieval/ranking/rank-key.ts';
import { MOST_STEPS, STEP, STEPS } from '../../server/retrieval/ranking/rule.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { insertItem, type MadeItem, makeGarment, makeShop, TEST_MODEL } from '../helpers/factories.ts';
import { randomOf, randomUnit, unit } from '../helpers/random.ts';

const random = randomOf(11);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
const ITEMS = 90;
/** The embedded database takes several times as long. */
const ROUNDS = process.env.TEST_ENGINE === 'server' ? 24 : 8;
const target = randomUnit(random);
const SKIRT_SEARCH = Category.SKIRT;

let db: TestDatabase;
let shopId: string;
let items: Map<string, MadeItem>;

/** Distances spread as widely as boosts reach. */
function makeOne(id: string): MadeItem {
  const away = randomUnit(random);
  const share = random() * 0.8;
  return {
    id,
    title: id,
    state: random() < 0.05 ? 'pending' : 'ready',
    priceMinor: 1000,
    salePriceMinor: null,
    currency: 'EUR',
    availability: pick(['in_stock', 'in_stock', 'out_of_stock']),
    brand: pick(['Acme', 'Birch', 'Cedar', null]),
    color: pick(['red', 'Red/Blue', 'blue', null]),
    size: null,
    gender: null,
    itemGroupId: pick([null, null, 'g1', 'g2', 'g3', 'g4', 'g5', 'g6']),
    attributes: pick<Record<string, string>>([{}, { season: 'Winter' }, { season: 'summer', fit: 'slim' }]),
    feedCategory: pick([null, null, Category.SKIRT]),
    sha256: 'ab'.repeat(32),
    embeddingModel: TEST_MODEL,
    garments: [
      makeGarment({
        category: pick([Category.SKIRT, Category.TROUSERS, Category.VEST]),
        embedding: unit(target.map((value, i) => value * (1 - share) + away[i]! * share)),
      }),
    ],
  };
}

async function addItem(id: string): Promise<void> {
  const item = makeOne(id);
  await db.inShop(shopId, (tx) => insertItem(tx, shopId, item));
  items.set(id, item);
}

async function deleteItem(id: string): Promise<void> {
  await db.inShop(shopId, (tx) => tx.query('delete from items where id = $1', [id]));
  items.delete(id);
}

beforeAll(async () => {
  db = await openTestDatabase();
  shopId = await makeShop(db);
  items = new Map();
  for (let i = 0; i < ITEMS; i++) await addItem(`item-${String(i).padStart(3, '0')}`);
});
afterAll(() => db.close());
beforeEach(() => db.inShop(shopId, (tx) => tx.query('delete from rules')));

const search = (): Ranking['search'] => ({
  shopId,
  shopCurrency: 'EUR',
  embedding: `[${target.join(',')}]`,
  embeddingModel: TEST_MODEL,
  filter: {},
});

/** Every page of a listing; `between` comes after each. */
async function readAll(
  overrides: Partial<Ranking>,
  size: () => number,
  between: () => Promise<void> = async () => undefined,
): Promise<RankedItem[]> {
  const read: RankedItem[] = [];
  for (;;) {
    const limit = size();
    const page = await db.inShop(shopId, async (tx) => {
      const after = read.at(-1)?.key;
      const active = await readRules(tx, shopId, [SKIRT_SEARCH], after);
      const { where = active.allowed, ...rest } = overrides.search ?? search();
      const ranking = { search: { ...rest, where }, active, isNear: () => true, limit, after };
      return rankNearestItems(tx, { ...ranking, isNear: overrides.isNear ?? ranking.isNear });
    });
    read.push(...page);
    expect(page.every(({ key }) => isRankKey(JSON.parse(JSON.stringify(key))))).toBe(true);
    if (page.length < limit) return read;
    await between();
  }
}

const idsOf = (read: readonly RankedItem[]) => read.map(({ itemId }) => itemId);

const categoryOf = (item: MadeItem) => item.feedCategory ?? item.garments[0]!.category;

function applies({ target: to }: RuleInput, item: MadeItem): boolean {
  if (to.itemId) return item.id === to.itemId;
  if (to.category) return categoryOf(item) === to.category;
  if (to.brand) return item.brand?.toLowerCase() === to.brand.toLowerCase();
  const { name, value } = to.attribute!;
  if (name === 'color') {
    const own = (item.color ?? item.garments[0]!.colour ?? '').toLowerCase().split('/');
    return value.split('/').some((one) => own.includes(one));
  }
  return item.attributes[name.toLowerCase()]?.toLowerCase() === value.toLowerCase();
}

/** The whole listing by brute force: every item's distance is known, and the rules are applied one by one. */
async function expected(
  rules: readonly RuleInput[],
  {
    keep = () => true,
    least = -1,
    collapse = false,
  }: { keep?: (item: MadeItem) => boolean; least?: number; collapse?: boolean } = {},
): Promise<string[]> {
  const active = rules.filter(
    ({ searchCategories }) => !searchCategories?.length || searchCategories.includes(SKIRT_SEARCH),
  );
  const nearest = await db.inShop(shopId, (tx) => findNearestItems(tx, { ...search(), limit: 1000 }));
  const of = (kind: RuleKind) => active.filter((rule) => rule.kind === kind);
  const shown = nearest.filter(({ itemId }) => {
    const item = items.get(itemId)!;
    return keep(item) && !of(RuleKind.EXCLUDE).some((rule) => applies(rule, item));
  });
  const pins: { itemId: string; position: number; rule: RuleInput }[] = [];
  const byPosition = of(RuleKind.PIN).sort((a, b) => a.position! - b.position!);
  const groupOf = (itemId: string) => (collapse && items.get(itemId)!.itemGroupId) || `alone ${itemId}`;
  const isPinned = (itemId: string) => pins.some((pin) => groupOf(pin.itemId) === groupOf(itemId));
  for (const byItem of [true, false]) {
    for (const rule of byPosition.filter(({ target: to }) => Boolean(to.itemId) === byItem)) {
      const found = shown.find(({ itemId }) => {
        const item = items.get(itemId)!;
        const sold = rule.includeOutOfStock || item.availability !== 'out_of_stock';
        return sold && applies(rule, item) && (byItem || !isPinned(itemId));
      });
      if (found && !pins.some((pin) => pin.itemId === found.itemId))
        pins.push({ itemId: found.itemId, position: rule.position!, rule });
    }
  }
  pins.sort((a, b) => byPosition.indexOf(a.rule) - byPosition.indexOf(b.rule));
  const stepsOf = (item: MadeItem) => {
    const steps = active
      .filter((rule) => rule.strength && applies(rule, item))
      .map((rule) => STEPS[rule.strength!] * (rule.kind === RuleKind.BOOST ? -1 : 1))
      .reduce((sum, own) => sum + own, 0);
    return Math.min(MOST_STEPS, Math.max(-MOST_STEPS, steps));
  };
  const rest = shown
    .filter(({ itemId, distance }) => 1 - distance >= least && !isPinned(itemId))
    .map(({ itemId, distance }) => ({
      itemId,
      distance,
      shifted: distance + stepsOf(items.get(itemId)!) * STEP,
    }))
    .sort((a, b) => a.shifted - b.shifted || a.distance - b.distance || (a.itemId < b.itemId ? -1 : 1))
    .map(({ itemId }) => itemId)
    .filter((itemId, i, all) => all.findIndex((other) => groupOf(other) === groupOf(itemId)) === i);
  let free = 0;
  for (const { itemId, position } of pins) {
    free = Math.min(rest.length, Math.max(position - 1, free));
    rest.splice(free++, 0, itemId);
  }
  return rest;
}

function randomTarget(): RuleInput['target'] {
  const kind = random();
  if (kind < 0.4) return { itemId: pick([...items.keys()]) };
  if (kind < 0.6) return { brand: pick(['acme', 'BIRCH', 'Cedar']) };
  if (kind < 0.8) return { category: pick([Category.SKIRT, Category.TROUSERS, Category.VEST]) };
  if (kind < 0.9) return { attribute: { name: 'color', value: pick(['red', 'blue/red', 'green']) } };
  return { attribute: { name: 'Season', value: pick(['winter', 'summer', 'spring']) } };
}

function randomRule(): RuleInput {
  const kind = pick([
    RuleKind.PIN,
    RuleKind.PIN,
    RuleKind.BOOST,
    RuleKind.BOOST,
    RuleKind.BURY,
    RuleKind.EXCLUDE,
  ]);
  const common = {
    kind,
    target: randomTarget(),
    searchCategories: pick([null, null, [Category.SKIRT], [Category.SKIRT, Category.VEST], [Category.VEST]]),
  };
  // To exclude a whole category leaves too little to look at.
  if (kind === RuleKind.EXCLUDE) return { ...common, target: { itemId: pick([...items.keys()]) } };
  if (kind === RuleKind.PIN)
    return { ...common, position: 1 + Math.floor(random() * 24), includeOutOfStock: random() < 0.3 };
  return { ...common, strength: pick(Object.values(RuleStrength)) };
}

async function setAll(rules: readonly RuleInput[]): Promise<void> {
  for (const rule of rules) await setRule({ db, shopId }, rule);
}

/** Two pins at one position are in the order of their making, which their times tell. */
const someRules = (most: number) => Array.from({ length: Math.floor(random() * (most + 1)) }, randomRule);

describe('a listing under random rules', () => {
  it('is that of a brute-force reference, whatever the pages', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const rules = someRules(10);
      await setAll(rules);
      // Every third by the index.
      const exactRows = round % 3 === 0 ? 0 : undefined;
      const smallest = pick([4, 10, 40, 200]);
      const size = () => smallest + Math.floor(random() * 7);
      const read = await readAll({ search: { ...search(), exactRows } }, size);
      expect(idsOf(read), JSON.stringify(rules)).toEqual(await expected(rules));
      await db.inShop(shopId, (tx) => tx.query('delete from rules'));
    }
  }, 120_000);

  it('counts a rule once for an item that has several of its colours', async () => {
    const rules = (['red/blue', 'green/blue/red'] as const).map((value) => ({
      kind: RuleKind.BOOST,
      target: { attribute: { name: 'color', value } },
      strength: RuleStrength.WEAK,
    }));
    await setAll(rules.slice(0, 1));
    expect(idsOf(await readAll({}, () => 200))).toEqual(await expected(rules.slice(0, 1)));
    await setAll(rules.slice(1));
    expect(idsOf(await readAll({}, () => 200))).toEqual(await expected(rules));
  });

  it('has of two pins at one position the older first, whatever they pin', async () => {
    const rules = [
      { kind: RuleKind.PIN, target: { brand: 'acme' }, position: 2 },
      {
        kind: RuleKind.PIN,
        target: { itemId: [...items.keys()].at(-1)! },
        position: 2,
        includeOutOfStock: true,
      },
    ];
    await setAll(rules);
    const read = await readAll({ search: search() }, () => 10);
    expect(idsOf(read)).toEqual(await expected(rules));
    await db.inShop(shopId, (tx) => tx.query('delete from rules'));
  });

  it('is so under a filter and a cutoff, from which pins are exempt', async () => {
    for (let round = 0; round < ROUNDS / 2; round++) {
      const rules = someRules(8);
      await setAll(rules);
      const least = 0.5 + random() * 0.4;
      const read = await readAll(
        {
          search: { ...search(), filter: { brands: ['acme', 'birch'] } },
          isNear: (distance) => 1 - distance >= least,
        },
        () => pick([3, 7, 30]),
      );
      const keep = ({ brand }: MadeItem) => brand === 'Acme' || brand === 'Birch';
      expect(idsOf(read), JSON.stringify(rules)).toEqual(await expected(rules, { keep, least }));
      await db.inShop(shopId, (tx) => tx.query('delete from rules'));
    }
  }, 120_000);

  it('shows one of a group’s variants: the first in the order of the rules, or those that are pinned', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const rules = someRules(10);
      await setAll(rules);
      const least = pick([-1, 0.6 + random() * 0.3]);
      const read = await readAll(
        {
          search: { ...search(), collapseVariants: true, exactRows: pick([0, undefined]) },
          isNear: (distance) => 1 - distance >= least,
        },
        () => pick([4, 11, 40]),
      );
      expect(idsOf(read), JSON.stringify(rules)).toEqual(await expected(rules, { collapse: true, least }));
      await db.inShop(shopId, (tx) => tx.query('delete from rules'));
    }
  }, 120_000);

  it('has every item that stays exactly once and in its order, while items and rules come and go', async () => {
    for (let round = 0; round < ROUNDS / 2; round++) {
      const rules = someRules(10);
      await setAll(rules);
      const before = await expected(rules);
      const gone = new Set<string>();
      const excluded = new Set<string>();
      const listing = await readAll(
        {},
        () => pick([5, 8, 13]),
        async () => {
          const doing = random();
          if (doing < 0.3) await addItem(`new-${randomUUID().slice(0, 8)}`);
          else if (doing < 0.5) {
            const id = pick([...items.keys()]);
            await deleteItem(id);
            gone.add(id);
          } else if (doing < 0.8) {
            const rule = randomRule();
            await setRule({ db, shopId }, rule);
            if (rule.kind === RuleKind.EXCLUDE) excluded.add(rule.target.itemId!);
          } else {
            const { rows } = await db.inShop(shopId, (tx) =>
              tx.query<{ id: string }>(
                `select id from rules where ended_at is null and kind <> 'exclude' order by id limit 1`,
              ),
            );
            if (rows[0]) await removeRule({ db, shopId }, rows[0].id);
          }
        },
      );
      const read = idsOf(listing);
      expect(new Set(read).size).toBe(read.length);
      const isOld = new Set(before);
      const stays = (id: string) => isOld.has(id) && !gone.has(id) && !excluded.has(id);
      expect(read.filter(stays).sort()).toEqual(before.filter(stays).sort());
      // A pin keeps its position, and so comes to stand behind others where items before it have gone.
      const pinned = new Set(idsOf(listing.filter(({ effect }) => effect === 'pinned')));
      const atTheirOwn = (id: string) => stays(id) && !pinned.has(id);
      expect(read.filter(atTheirOwn)).toEqual(before.filter(atTheirOwn));
      await db.inShop(shopId, (tx) => tx.query('delete from rules'));
    }
  }, 120_000);
});
