import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPairsInLooks } from '../../server/outfits/shop-looks.sql.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { type MadeItem, makeGarment, makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { randomOf, randomUnit, unit } from '../helpers/random.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const OUTFITS = `query ($to: OutfitsTo!, $slots: [String!], $count: Int, $diversity: Float, $locked: [ID!], $excluded: [ID!],
  $budget: Float, $filter: ItemFilter, $seed: Int) {
  outfits(to: $to, slots: $slots, count: $count, diversity: $diversity, locked: $locked, excluded: $excluded,
    budget: $budget, filter: $filter, seed: $seed) {
    emptyReason message
    outfits {
      id score source look { id } total { amount currency } noTotal missingSlots
      pieces { slot isGiven item { id availability price { amount } } garment { id } }
      reason { summary pairs { slots score colours patternSimilarity wornTogether categoriesWornTogether isInLook summary } }
    }
  }
}`;

interface ShownPiece {
  slot: string;
  isGiven: boolean;
  item: { id: string; availability: string; price: { amount: string } | null } | null;
  garment: { id: string } | null;
}
interface ShownOutfit {
  id: string;
  score: number;
  source: string;
  look: { id: string } | null;
  total: { amount: string; currency: string } | null;
  noTotal: string | null;
  missingSlots: string[];
  pieces: ShownPiece[];
  reason: { summary: string; pairs: { slots: string[]; score: number; isInLook: boolean }[] };
}

const random = randomOf(5);
const style = randomUnit(random);
/** At 0 just what goes with the style of this test, at 1 nothing like it. */
const away = (share: number) => {
  const other = randomUnit(random);
  return unit(style.map((value, i) => value * (1 - share) + other[i]! * share));
};

let server: TestServer;
let photoId: string;
let garmentIds: string[];

const put = (
  id: string,
  category: Category,
  share: number,
  more: Partial<MadeItem> = {},
  shopId = server.shopId,
) =>
  makeItem(server.db, shopId, {
    id,
    title: id,
    feedCategory: category,
    garments: [makeGarment({ category, embedding: away(share) })],
    ...more,
  });

async function ask(variables: Record<string, unknown>, key?: string) {
  const options = key === undefined ? {} : { key };
  const answer = await server.query(OUTFITS, variables, options);
  expect(answer.errors).toBeUndefined();
  return answer.data.outfits as {
    emptyReason: string | null;
    message: string | null;
    outfits: ShownOutfit[];
  };
}

const refusal = async (variables: Record<string, unknown>) =>
  (await server.query(OUTFITS, variables)).errors?.[0]?.extensions;

const itemsOf = (outfit: ShownOutfit | undefined) =>
  outfit?.pieces.map(({ item, garment }) => item?.id ?? garment?.id);
const allItems = (outfits: readonly ShownOutfit[]) => new Set(outfits.flatMap((outfit) => itemsOf(outfit)!));

beforeAll(async () => {
  server = await makeTestServer();
  await put('top', Category.SHORT_SLEEVE_TOP, 0.1);
  await put('top-other', Category.LONG_SLEEVE_TOP, 0.2);
  for (let i = 0; i < 6; i++) {
    await put(`trousers-${i}`, Category.TROUSERS, 0.2 + i * 0.03, { priceMinor: 2000 + i * 1000 });
    await put(`coat-${i}`, Category.LONG_SLEEVE_OUTWEAR, 0.2 + i * 0.03, { priceMinor: 8000 + i * 1000 });
    await put(`dress-${i}`, Category.VEST_DRESS, 0.25 + i * 0.03);
  }
  const worn = [
    makeGarment({ category: Category.SHORT_SLEEVE_TOP, embedding: away(0.1), area: 400 }),
    makeGarment({ category: Category.LONG_SLEEVE_TOP, embedding: away(0.9), area: 40, box: [0, 0, 15, 20] }),
  ];
  photoId = (await makePhoto(server.db, server.shopId, { garments: worn })).id;
  const { rows } = await server.db.asOwner((tx) =>
    tx.query<{ id: string }>('select id from garments where photo_id is not null order by area desc'),
  );
  garmentIds = rows.map(({ id }) => id);
});
afterAll(() => server.close());

describe('outfits', () => {
  it('puts together outfits around an item, each slot filled once', async () => {
    const { outfits, emptyReason, message } = await ask({ to: { itemId: 'top' } });
    expect([emptyReason, message]).toEqual([null, null]);
    expect(outfits).toHaveLength(5);
    for (const { pieces, score, source, look } of outfits) {
      const slots = pieces.map(({ slot }) => slot);
      expect(new Set(slots).size).toBe(slots.length);
      expect(slots).toContain('bottom');
      expect(slots).not.toContain('dress');
      expect(pieces.filter(({ isGiven }) => isGiven).map(({ item }) => item!.id)).toEqual(['top']);
      expect(score).toBeGreaterThan(0.5);
      expect(score).toBeLessThanOrEqual(1);
      expect([source, look]).toEqual(['GENERATED', null]);
    }
  });

  it('adds up the current prices', async () => {
    const { outfits } = await ask({ to: { itemId: 'top' }, slots: ['bottom'], count: 1 });
    const bottom = outfits[0]!.pieces.find(({ slot }) => slot === 'bottom')!;
    const total = 19.9 + Number(bottom.item!.price!.amount);
    expect(outfits[0]!.total).toEqual({ amount: total.toFixed(2), currency: 'EUR' });
    expect(outfits[0]!.noTotal).toBeNull();
  });

  it('says why: pair by pair, the best first', async () => {
    const { outfits } = await ask({ to: { itemId: 'top' }, slots: ['bottom', 'outerwear'], count: 1 });
    const { summary, pairs } = outfits[0]!.reason;
    expect(pairs).toHaveLength(3);
    expect(pairs.map(({ score }) => score)).toEqual(pairs.map(({ score }) => score).sort((a, b) => b - a));
    const mean = pairs.reduce((sum, { score }) => sum + score, 0) / 3;
    expect(outfits[0]!.score).toBeCloseTo(mean, 6);
    expect(pairs[0]).toMatchObject({
      colours: ['RED', 'RED'],
      wornTogether: 30,
      categoriesWornTogether: 40,
      isInLook: false,
    });
    expect(summary).toMatch(
      /^Red .* with red .*: these colours were worn together in 30 of 1,000 street looks\.$/,
    );
  });

  it('completes what the person in a photo wears, and keeps it', async () => {
    const { outfits } = await ask({ to: { photoId } });
    expect(outfits.length).toBeGreaterThan(0);
    for (const { pieces, total } of outfits) {
      const worn = pieces.find(({ slot }) => slot === 'top')!;
      expect(worn).toMatchObject({ item: null, garment: { id: garmentIds[0] }, isGiven: true });
      expect(total).not.toBeNull();
    }
  });

  it('is a field of garments and items too', async () => {
    const { data } = await server.query(
      `{ item(id: "top") { outfits(count: 2) { outfits { pieces { item { id } } } }
          primaryGarment { outfits(count: 2) { outfits { pieces { item { id } } } } } } }`,
    );
    expect(data.item.outfits.outfits).toHaveLength(2);
    // Its primary garment stands for the item itself.
    expect(data.item.primaryGarment.outfits).toEqual(data.item.outfits);
  });

  it('has the locked items in every outfit, and the excluded ones in none', async () => {
    const { outfits } = await ask({
      to: { itemId: 'top' },
      locked: ['coat-5'],
      excluded: ['trousers-0', 'trousers-1'],
      count: 10,
    });
    expect(outfits.length).toBeGreaterThan(0);
    for (const outfit of outfits) {
      expect(itemsOf(outfit)).toContain('coat-5');
      expect(outfit.pieces.find(({ slot }) => slot === 'outerwear')!.isGiven).toBe(true);
    }
    expect([...allItems(outfits)]).not.toContain('trousers-0');
    expect([...allItems(outfits)]).not.toContain('trousers-1');
  });

  it('lets a locked item take the place of what the person in a photo wears', async () => {
    const { outfits } = await ask({ to: { photoId }, locked: ['dress-0'] });
    for (const outfit of outfits) expect(itemsOf(outfit)).not.toContain(garmentIds[0]);
    expect([...allItems(outfits)]).toContain('dress-0');
  });

  it('keeps to the budget, with what is given and locked', async () => {
    const budget = 19.9 + 41;
    const { outfits } = await ask({ to: { itemId: 'top' }, budget, count: 20, diversity: 1 });
    expect(outfits.length).toBeGreaterThan(1);
    for (const { total } of outfits) expect(Number(total!.amount)).toBeLessThanOrEqual(budget);
    const locked = await ask({
      to: { itemId: 'top' },
      budget: 19.9 + 80 + 20,
      locked: ['coat-0'],
      count: 20,
    });
    expect(locked.outfits.map(itemsOf).map((ids) => [...ids!].sort())).toContainEqual([
      'coat-0',
      'top',
      'trousers-0',
    ]);
  });

  it('leaves out what is out of stock, unless the filter asks for it', async () => {
    const shopId = await makeShop(server.db);
    const key = await server.makeKey('merchandiser', shopId);
    await put('a', Category.SHORT_SLEEVE_TOP, 0.1, {}, shopId);
    await put('b', Category.SKIRT, 0.1, { availability: 'out_of_stock' }, shopId);
    await put('c', Category.SKIRT, 0.3, {}, shopId);
    const all = allItems((await ask({ to: { itemId: 'a' }, count: 20 }, key)).outfits);
    expect([...all]).not.toContain('b');
    const filter = { availability: ['OUT_OF_STOCK'] };
    expect([...allItems((await ask({ to: { itemId: 'a' }, filter }, key)).outfits)]).toEqual(['a', 'b']);
  });

  it('never has two items of one group, nor a variant of what is given', async () => {
    const shopId = await makeShop(server.db);
    const key = await server.makeKey('merchandiser', shopId);
    await put('top', Category.SHORT_SLEEVE_TOP, 0.1, { itemGroupId: 'suit' }, shopId);
    await put('skirt-suit', Category.SKIRT, 0, { itemGroupId: 'suit' }, shopId);
    await put('skirt', Category.SKIRT, 0.3, { itemGroupId: 'pair' }, shopId);
    await put('coat', Category.LONG_SLEEVE_OUTWEAR, 0.3, { itemGroupId: 'pair' }, shopId);
    const { outfits } = await ask({ to: { itemId: 'top' }, count: 20 }, key);
    expect(outfits.map(itemsOf)).toEqual([['top', 'skirt']]);
  });

  it('gives the same outfits for the same seed, and other good ones for another', async () => {
    const of = async (seed: number) =>
      (await ask({ to: { itemId: 'top' }, seed })).outfits.map((outfit) => outfit.id);
    expect(await of(0)).toEqual(await of(0));
    expect(await of(7)).toEqual(await of(7));
    expect(await of(7)).not.toEqual(await of(0));
  });

  it('orders by score at dial 0, and differs more at dial 1', async () => {
    const best = (await ask({ to: { itemId: 'top' }, diversity: 0, count: 5 })).outfits;
    expect(best.map(({ score }) => score)).toEqual(best.map(({ score }) => score).sort((a, b) => b - a));
    const varied = (await ask({ to: { itemId: 'top' }, diversity: 1, count: 5 })).outfits;
    expect(allItems(varied).size).toBeGreaterThan(allItems(best).size);
  });

  it('applies the rules of the shop: excluded items are in no outfit, boosted ones come first', async () => {
    const shopId = await makeShop(server.db);
    const key = await server.makeKey('merchandiser', shopId);
    await put('top', Category.SHORT_SLEEVE_TOP, 0.1, {}, shopId);
    await put('near', Category.SKIRT, 0.2, { brand: 'Near' }, shopId);
    await put('far', Category.SKIRT, 0.25, { brand: 'Far' }, shopId);
    const order = async () =>
      (await ask({ to: { itemId: 'top' }, diversity: 0 }, key)).outfits.map((outfit) => itemsOf(outfit)![1]);
    expect(await order()).toEqual(['near', 'far']);
    const add = `mutation ($rule: RuleInput!) { setRule(rule: $rule) { id } }`;
    const created = await server.query(
      add,
      { rule: { kind: 'BOOST', strength: 'STRONG', target: { brand: 'Far' } } },
      { key },
    );
    expect(created.errors).toBeUndefined();
    expect(await order()).toEqual(['far', 'near']);
    await server.query(add, { rule: { kind: 'EXCLUDE', target: { itemId: 'far' } } }, { key });
    expect(await order()).toEqual(['near']);
  });

  it('does not combine seasons that have nothing in common', async () => {
    const shopId = await makeShop(server.db);
    const key = await server.makeKey('merchandiser', shopId);
    await put('top', Category.SLING, 0.1, { attributes: { season: 'Summer' } }, shopId);
    await put('wool', Category.SKIRT, 0.1, { attributes: { season: 'Autumn/Winter' } }, shopId);
    await put('linen', Category.SKIRT, 0.3, { attributes: { season: 'spring, summer' } }, shopId);
    await put('plain', Category.SKIRT, 0.3, {}, shopId);
    const { outfits } = await ask({ to: { itemId: 'top' }, count: 20 }, key);
    expect([...allItems(outfits)].sort()).toEqual(['linen', 'plain', 'top']);
  });

  it('has no total where a price is missing or currencies differ', async () => {
    const shopId = await makeShop(server.db);
    const key = await server.makeKey('merchandiser', shopId);
    await put('top', Category.SLING, 0.1, {}, shopId);
    await put('free', Category.SKIRT, 0.1, { priceMinor: null }, shopId);
    await put('abroad', Category.SHORTS, 0.2, { currency: 'GBP' }, shopId);
    const { outfits } = await ask({ to: { itemId: 'top' } }, key);
    expect(outfits.map(({ total }) => total)).toEqual([null, null]);
    expect(outfits.map(({ noTotal }) => noTotal).sort()).toEqual(['CURRENCIES_DIFFER', 'PRICE_MISSING']);
    expect(await ask({ to: { itemId: 'top' }, budget: 500 }, key)).toMatchObject({
      emptyReason: 'OVER_BUDGET',
    });
    for (const id of ['free', 'abroad']) {
      expect(await ask({ to: { itemId: 'top' }, budget: 500, locked: [id] }, key)).toMatchObject({
        outfits: [],
        emptyReason: 'OVER_BUDGET',
        message: expect.stringContaining(`"${id}" has no price`),
      });
    }
  });
});

describe('outfits, where there are none', () => {
  let shopId: string;
  let key: string;
  beforeAll(async () => {
    shopId = await makeShop(server.db);
    key = await server.makeKey('merchandiser', shopId);
    await put('top', Category.SHORT_SLEEVE_TOP, 0.1, {}, shopId);
    await put('top-2', Category.SLING, 0.1, {}, shopId);
  });

  it('says so for a shop of one category', async () => {
    const answer = await ask({ to: { itemId: 'top' } }, key);
    expect(answer).toMatchObject({ outfits: [], emptyReason: 'NO_ITEMS' });
    expect(answer.message).toMatch(/nothing in stock/);
  });

  it('says so for a photo and an empty shop', async () => {
    const empty = await makeShop(server.db);
    const { id } = await makePhoto(server.db, empty, { garments: [makeGarment({ embedding: style })] });
    const ofEmpty = await server.makeKey('merchandiser', empty);
    expect(await ask({ to: { photoId: id } }, ofEmpty)).toMatchObject({
      outfits: [],
      emptyReason: 'NO_ITEMS',
    });
  });

  it('says so where the budget, the filter or the model lets nothing through', async () => {
    const { shopId: full } = server;
    await put('odd', Category.SHORT_SLEEVE_TOP, 1, {}, full);
    expect(await ask({ to: { itemId: 'odd' } })).toMatchObject({ outfits: [], emptyReason: 'NOTHING_GOES' });
    expect(await ask({ to: { itemId: 'top' }, budget: 20 })).toMatchObject({ emptyReason: 'OVER_BUDGET' });
    expect(await ask({ to: { itemId: 'top' }, budget: 1 })).toMatchObject({ emptyReason: 'OVER_BUDGET' });
    const filter = { brands: ['nobody'] };
    expect(await ask({ to: { itemId: 'top' }, filter })).toMatchObject({ emptyReason: 'FILTER' });
  });

  it('says so for an item without a garment, and for one that is not parsed', async () => {
    await put('pending', Category.SKIRT, 0, { state: 'pending' });
    await put('bare', Category.SKIRT, 0, { garments: [] });
    expect(await ask({ to: { itemId: 'pending' } })).toMatchObject({ emptyReason: 'NOT_READY' });
    expect(await ask({ to: { itemId: 'bare' } })).toMatchObject({ emptyReason: 'NO_GARMENT' });
  });

  it('says so for a photo with nothing found, and for a drawn box of no category', async () => {
    const { id } = await makePhoto(server.db, server.shopId, { garments: [] });
    expect(await ask({ to: { photoId: id } })).toMatchObject({ emptyReason: 'NOTHING_FOUND_IN_PHOTO' });
    const photo = await makePhoto(server.db, server.shopId, { garments: [makeGarment({ category: null })] });
    expect(await ask({ to: { photoId: photo.id } })).toMatchObject({ emptyReason: 'NOTHING_FOUND_IN_PHOTO' });
  });

  it('says so where a photo already shows a complete outfit', async () => {
    const worn = (coat: number) =>
      [Category.SHORT_SLEEVE_TOP, Category.SKIRT, Category.LONG_SLEEVE_OUTWEAR].map((category, i) =>
        makeGarment({
          category,
          embedding: style,
          box: [0, 30 * i, 30, 30 * i + 30],
          score: i === 2 ? coat : 0.9,
        }),
      );
    const { id } = await makePhoto(server.db, server.shopId, { garments: worn(0.9) });
    expect(await ask({ to: { photoId: id } })).toMatchObject({ emptyReason: 'COMPLETE' });
    // A guess is not worn: the photo has room for a coat.
    const unsure = await makePhoto(server.db, server.shopId, { garments: worn(0.4) });
    const { outfits } = await ask({ to: { photoId: unsure.id } });
    expect(outfits[0]!.pieces.filter(({ isGiven }) => isGiven).map(({ slot }) => slot)).toEqual([
      'top',
      'bottom',
    ]);
  });

  it('says so for locked items that clash', async () => {
    const clash = { emptyReason: 'LOCKED_ITEMS_CLASH', outfits: [] };
    expect(await ask({ to: { itemId: 'top' }, locked: ['coat-0', 'coat-1'] })).toMatchObject(clash);
    expect(await ask({ to: { itemId: 'top' }, locked: ['dress-0'] })).toMatchObject(clash);
    expect(await ask({ to: { itemId: 'top' }, locked: ['coat-0'], excluded: ['coat-0'] })).toMatchObject(
      clash,
    );
    expect(await ask({ to: { itemId: 'top' }, excluded: ['top'] })).toMatchObject(clash);
    const answer = await ask({ to: { itemId: 'top' }, locked: ['pending'] });
    expect(answer).toMatchObject({ ...clash, message: 'The locked item "pending" cannot be in an outfit.' });
  });

  it('refuses what makes no sense', async () => {
    const to = { itemId: 'top' };
    expect(await refusal({ to, slots: ['hat'] })).toMatchObject({ code: 'INVALID_INPUT', field: 'slots' });
    expect(await refusal({ to, slots: ['dress'] })).toMatchObject({ code: 'INVALID_INPUT', field: 'slots' });
    expect(await refusal({ to, count: 21 })).toMatchObject({ code: 'INVALID_INPUT', field: 'count' });
    expect(await refusal({ to, diversity: 1.5 })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'diversity',
    });
    expect(await refusal({ to, budget: -1 })).toMatchObject({ code: 'INVALID_INPUT', field: 'budget' });
    expect(await refusal({ to, locked: ['nothing'] })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ to: { itemId: 'nothing' } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ to: { photoId: 'nothing' } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ to: { garmentId: shopId } })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('knows what a look shows together, also where one of the two is in many', async () => {
  const shopId = await makeShop(server.db);
  const key = await server.makeKey('merchandiser', shopId);
  for (const id of ['a', 'b', 'c', 'd']) await put(id, Category.SKIRT, 0.1, {}, shopId);
  const look = (id: string, ...itemIds: string[]) => ({ id, itemIds });
  const many = Array.from({ length: 30 }, (_, i) => look(`look-${i}`, 'a', 'c'));
  const looks = [...many, look('one more', 'a', 'b'), look('removed', 'a', 'd')];
  const upsert = 'mutation ($looks: [LookInput!]!) { upsertLooks(looks: $looks) { saved } }';
  expect((await server.query(upsert, { looks }, { key })).data.upsertLooks.saved).toBe(32);
  await server.query('mutation { removeLooks(ids: ["removed"]) { id } }', {}, { key });
  const pairs = await server.db.inShop(shopId, (tx) =>
    listPairsInLooks(tx, shopId, ['d', 'c', 'b', 'a', 'none', 'a']),
  );
  expect(pairs.map(({ a, b }) => a + b).sort()).toEqual(['ab', 'ac']);
});
