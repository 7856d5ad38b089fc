import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeOutfit } from '../../server/outfits/outfit-id.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { type MadeItem, makeGarment, makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { randomOf, randomUnit, unit } from '../helpers/random.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const FIELDS = `id score source look { id name items { id } } total { amount } missingSlots
  pieces { slot isGiven item { id price { amount } availability } garment { id } }
  reason { summary pairs { isInLook } }`;
const OUTFITS = `query ($to: OutfitsTo!, $count: Int, $locked: [ID!], $slots: [String!], $diversity: Float, $budget: Float) {
  outfits(to: $to, count: $count, locked: $locked, slots: $slots, diversity: $diversity, budget: $budget) {
    emptyReason outfits { ${FIELDS} } } }`;
const OUTFIT = `query ($id: ID!) { outfit(id: $id) { ${FIELDS} } }`;
const WITHOUT = `query ($id: ID!, $without: [String!]) { outfit(id: $id, without: $without) { ${FIELDS} } }`;
const SWAP = `query ($outfit: ID!, $slot: String!, $first: Int, $after: String, $budget: Float, $filter: ItemFilter) {
  swap(outfit: $outfit, slot: $slot, first: $first, after: $after, budget: $budget, filter: $filter) {
    edges { cursor node { item { id } outfit { ${FIELDS} } } } pageInfo { hasNextPage endCursor } } }`;

interface Shown {
  id: string;
  score: number;
  source: string;
  look: { id: string; name: string | null; items: { id: string }[] } | null;
  total: { amount: string } | null;
  missingSlots: string[];
  pieces: {
    slot: string;
    isGiven: boolean;
    item: { id: string; price: { amount: string }; availability: string } | null;
    garment: { id: string } | null;
  }[];
  reason: { summary: string; pairs: { isInLook: boolean }[] };
}

const random = randomOf(8);
const style = randomUnit(random);
const away = (share: number) => {
  const other = randomUnit(random);
  return unit(style.map((value, i) => value * (1 - share) + other[i]! * share));
};

let server: TestServer;
let key: string;

const put = (id: string, category: Category, share: number, more: Partial<MadeItem> = {}) =>
  makeItem(server.db, server.shopId, {
    id,
    title: id,
    feedCategory: category,
    garments: [makeGarment({ category, embedding: away(share) })],
    ...more,
  });
const idsOf = ({ pieces }: Shown) => pieces.map(({ item, garment }) => item?.id ?? garment?.id);

async function ask(variables: Record<string, unknown>): Promise<Shown[]> {
  const answer = await server.query(OUTFITS, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data.outfits.outfits;
}

async function restore(id: string, of?: string): Promise<Shown | null> {
  const answer = await server.query(OUTFIT, { id }, of === undefined ? {} : { key: of });
  expect(answer.errors).toBeUndefined();
  return answer.data.outfit;
}

async function swap(variables: Record<string, unknown>) {
  const answer = await server.query(SWAP, variables);
  expect(answer.errors).toBeUndefined();
  const { edges, pageInfo } = answer.data.swap;
  return {
    pageInfo,
    nodes: edges.map(({ node }: { node: unknown }) => node) as { item: { id: string }; outfit: Shown }[],
  };
}

const change = (sql: string) => server.db.asOwner((tx) => tx.query(sql));

beforeAll(async () => {
  server = await makeTestServer();
  key = await server.makeKey('merchandiser');
  await put('top', Category.SHORT_SLEEVE_TOP, 0.1);
  for (let i = 0; i < 8; i++) {
    await put(`skirt-${i}`, Category.SKIRT, 0.2 + i * 0.03, { priceMinor: 2000 + i * 1000 });
    await put(`shorts-${i}`, Category.SHORTS, 0.22 + i * 0.03);
    await put(`coat-${i}`, Category.LONG_SLEEVE_OUTWEAR, 0.2 + i * 0.03);
  }
});
afterAll(() => server.close());

describe('outfit', () => {
  it('restores an outfit from its id, the same with the same score', async () => {
    const [first] = await ask({ to: { itemId: 'top' }, locked: ['coat-0'], count: 1 });
    expect(await restore(first!.id)).toEqual(first);
  });

  it('restores what a person in a photo wears', async () => {
    const garments = [makeGarment({ category: Category.SLING, embedding: style })];
    const { id } = await makePhoto(server.db, server.shopId, { garments });
    const [first] = await ask({ to: { photoId: id }, count: 1 });
    expect(await restore(first!.id)).toEqual(first);
    await change(`update photos set expires_at = now() - interval '1 hour'`);
    expect(await restore(first!.id)).toMatchObject({ missingSlots: ['top'] });
  });

  it('shows current prices and stock, and says what is gone', async () => {
    await put('passing', Category.SHORTS, 0.1);
    await put('dropped', Category.SHORT_SLEEVE_OUTWEAR, 0.1);
    const [first] = await ask({
      to: { itemId: 'passing' },
      locked: ['dropped', 'top'],
      slots: ['outerwear', 'top', 'bottom'],
    });
    await change(`update items set price_minor = 4200, availability = 'out_of_stock' where id = 'passing'`);
    const changed = await restore(first!.id);
    const piece = changed!.pieces.find(({ item }) => item?.id === 'passing')!;
    expect(piece.item).toMatchObject({ price: { amount: '42.00' }, availability: 'OUT_OF_STOCK' });
    expect(Number(changed!.total!.amount)).toBeCloseTo(Number(first!.total!.amount) + 42 - 19.9, 2);
    await change(`delete from items where id = 'dropped'`);
    expect(await restore(first!.id)).toMatchObject({ missingSlots: ['outerwear'] });
    await change(`delete from items where id = 'passing'`);
    const left = await restore(first!.id);
    expect(left!.missingSlots.sort()).toEqual(['bottom', 'outerwear']);
    expect(idsOf(left!)).toEqual(['top']);
  });

  it('is null if nothing of it is left, and in another shop', async () => {
    const named = (id: string) =>
      encodeOutfit({ pieces: [{ kind: 'item', id, slot: 'top', isGiven: true }], lookId: null });
    expect(await restore(named('nothing'))).toBeNull();
    const other = await server.makeKey('merchandiser', await makeShop(server.db));
    expect(await restore(named('top'))).not.toBeNull();
    expect(await restore(named('top'), other)).toBeNull();
  });

  it('does not believe an id about the slot of an item', async () => {
    const pieces = [
      { kind: 'item' as const, id: 'top', slot: 'top', isGiven: true },
      { kind: 'item' as const, id: 'skirt-0', slot: 'dress', isGiven: false },
    ];
    expect(await restore(encodeOutfit({ pieces, lookId: 'none' }))).toMatchObject({
      missingSlots: ['dress'],
      look: null,
      source: 'GENERATED',
    });
  });

  it('leaves pieces out, whatever the look was, and is null if that leaves nothing', async () => {
    const pieces = ['top', 'skirt-1', 'coat-1'].map((id, i) => ({
      kind: 'item' as const,
      id,
      slot: ['top', 'bottom', 'outerwear'][i]!,
      isGiven: i === 0,
    }));
    const id = encodeOutfit({ pieces, lookId: 'none' });
    const answer = await server.query(WITHOUT, { id, without: ['outerwear', 'hats'] });
    expect(answer.errors).toBeUndefined();
    const left: Shown = answer.data.outfit;
    expect(idsOf(left)).toEqual(['top', 'skirt-1']);
    expect(left.missingSlots).toEqual([]);
    expect(left.id).toBe(encodeOutfit({ pieces: pieces.slice(0, 2), lookId: null }));
    expect(await restore(left.id)).toEqual(left);
    const none = await server.query(WITHOUT, { id, without: ['top', 'bottom', 'outerwear'] });
    expect(none).toMatchObject({ data: { outfit: null } });
    expect(none.errors).toBeUndefined();
  });

  it('refuses what is no id of an outfit', async () => {
    for (const id of ['', 'top', 'A'.repeat(7000), '💥', 'AQ', '../../etc']) {
      const { errors } = await server.query(OUTFIT, { id });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_OUTFIT', field: 'id' });
    }
  });
});

describe('swap', () => {
  it('lists other items for a slot, those that go best with the rest first, page by page', async () => {
    const [first] = await ask({
      to: { itemId: 'top' },
      locked: ['coat-0'],
      slots: ['outerwear', 'bottom'],
      count: 1,
    });
    const bottom = first!.pieces.find(({ slot }) => slot === 'bottom')!.item!.id;
    const all = await swap({ outfit: first!.id, slot: 'bottom', first: 100 });
    expect(all.nodes).toHaveLength(15);
    expect(all.nodes.map(({ item }) => item.id)).not.toContain(bottom);
    const scores = all.nodes.map(({ outfit }) => outfit.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { item, outfit } of all.nodes) {
      expect([...idsOf(outfit)].sort()).toEqual(['coat-0', item.id, 'top'].sort());
    }
    const pages: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Awaited<ReturnType<typeof swap>> = await swap({
        outfit: first!.id,
        slot: 'bottom',
        first: 4,
        after,
      });
      pages.push(...page.nodes.map(({ item }) => item.id));
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
    }
    expect(pages).toEqual(all.nodes.map(({ item }) => item.id));
  });

  it('gives the outfit with the item in it, which can be swapped on', async () => {
    const [first] = await ask({ to: { itemId: 'top' }, slots: ['bottom'], count: 1 });
    const [best] = (await swap({ outfit: first!.id, slot: 'bottom', first: 1 })).nodes;
    expect(await restore(best!.outfit.id)).toEqual(best!.outfit);
    const filled = await swap({ outfit: best!.outfit.id, slot: 'outerwear', first: 1 });
    expect(filled.nodes[0]!.outfit.pieces.map(({ slot }) => slot)).toEqual(['outerwear', 'top', 'bottom']);
  });

  it('keeps to a budget and a filter', async () => {
    const [first] = await ask({ to: { itemId: 'top' }, slots: ['bottom'], count: 1 });
    const within = await swap({
      outfit: first!.id,
      slot: 'bottom',
      budget: 19.9 + 45,
      filter: { categories: ['SKIRT'] },
    });
    expect(within.nodes.length).toBeGreaterThan(0);
    for (const { outfit } of within.nodes) expect(Number(outfit.total!.amount)).toBeLessThanOrEqual(64.9);
    expect((await swap({ outfit: first!.id, slot: 'bottom', budget: 1 })).nodes).toEqual([]);
  });

  it('within a budget lists nothing where the price of a piece that was not given is unknown', async () => {
    await put('free-coat', Category.LONG_SLEEVE_OUTWEAR, 0.1, { priceMinor: null });
    const coat = { kind: 'item', id: 'free-coat', slot: 'outerwear', isGiven: false } as const;
    const top = { kind: 'item', id: 'top', slot: 'top', isGiven: true } as const;
    const found = async (isGiven: boolean, budget?: number) => {
      const outfit = encodeOutfit({ pieces: [{ ...coat, isGiven }, top], lookId: null });
      return (await swap({ outfit, slot: 'bottom', budget })).nodes.length > 0;
    };
    expect([await found(false), await found(false, 1000), await found(true, 1000)]).toEqual([
      true,
      false,
      true,
    ]);
    await change(`delete from items where id = 'free-coat'`);
  });

  it('refuses an unknown slot, one that is worn instead, and a cursor of another list', async () => {
    const [first] = await ask({ to: { itemId: 'top' }, slots: ['bottom'], count: 1 });
    const refusal = async (variables: Record<string, unknown>) =>
      (await server.query(SWAP, { outfit: first!.id, ...variables })).errors?.[0]?.extensions;
    expect(await refusal({ slot: 'hat' })).toMatchObject({ code: 'INVALID_INPUT', field: 'slot' });
    expect(await refusal({ slot: 'dress' })).toMatchObject({ code: 'INVALID_INPUT', field: 'slot' });
    expect(await refusal({ slot: 'bottom', outfit: 'nonsense' })).toMatchObject({ code: 'INVALID_OUTFIT' });
    const { pageInfo } = await swap({ outfit: first!.id, slot: 'bottom', first: 1 });
    expect(await refusal({ slot: 'outerwear', after: pageInfo.endCursor })).toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });
});

describe("the shop's own looks", () => {
  beforeAll(async () => {
    await put('look-top', Category.SLING, 0.15);
    await put('look-skirt', Category.SKIRT, 0.6);
    await put('look-coat', Category.LONG_SLEEVE_OUTWEAR, 0.6, { priceMinor: 50_000 });
    const looks = [{ id: 'spring', name: 'Spring', itemIds: ['look-top', 'look-skirt', 'look-coat'] }];
    const saved = await server.query(
      'mutation ($looks: [LookInput!]!) { upsertLooks(looks: $looks) { saved errors { reason } } }',
      { looks },
      { key },
    );
    expect(saved.data.upsertLooks).toEqual({ saved: 1, errors: [] });
  });

  it('come first, marked as the shop’s', async () => {
    const [first, second] = await ask({ to: { itemId: 'look-top' } });
    expect(first).toMatchObject({ source: 'SHOP', look: { id: 'spring', name: 'Spring' } });
    expect(idsOf(first!)).toEqual(['look-coat', 'look-top', 'look-skirt']);
    expect(first!.reason).toMatchObject({ summary: 'The shop shows these together.' });
    expect(second).toMatchObject({ source: 'GENERATED', look: null });
    expect(await restore(first!.id)).toEqual(first);
  });

  it('come first too for a garment in a photo that looks like an item of theirs', async () => {
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ embedding: string }>(`select embedding::text from garments where item_id = 'look-top'`),
    );
    const embedding = Float32Array.from(JSON.parse(rows[0]!.embedding));
    const garments = [makeGarment({ category: Category.SLING, embedding })];
    const { id } = await makePhoto(server.db, server.shopId, { garments });
    const [first] = await ask({ to: { photoId: id } });
    expect(first).toMatchObject({ source: 'SHOP', look: { id: 'spring' } });
    expect(first!.pieces.map(({ slot, item }) => [slot, item?.id ?? null])).toEqual([
      ['outerwear', 'look-coat'],
      ['top', null],
      ['bottom', 'look-skirt'],
    ]);
  });

  it('keep to slots, locks and the budget like any outfit', async () => {
    const sources = async (more: Record<string, unknown>) =>
      (await ask({ to: { itemId: 'look-top' }, ...more })).map((outfit) => [
        outfit.source,
        outfit.pieces.length,
      ]);
    expect((await sources({ slots: ['bottom'] }))[0]).toEqual(['SHOP', 2]);
    expect((await sources({ locked: ['coat-0'] }))[0]).toEqual(['GENERATED', 3]);
    expect((await sources({ budget: 100 }))[0]![0]).toBe('GENERATED');
  });

  it('are shown once where two of them are the same without what is not asked for', async () => {
    const looks = [{ id: 'again', itemIds: ['look-top', 'look-skirt', 'coat-0'] }];
    const upsert = 'mutation ($looks: [LookInput!]!) { upsertLooks(looks: $looks) { saved } }';
    expect((await server.query(upsert, { looks }, { key })).data.upsertLooks.saved).toBe(1);
    const outfits = await ask({ to: { itemId: 'look-top' }, slots: ['bottom'] });
    const pieces = outfits.map((outfit) => idsOf(outfit).join());
    expect(pieces.filter((one) => one === 'look-top,look-skirt')).toHaveLength(1);
    await server.query('mutation { removeLooks(ids: ["again"]) { id } }', {}, { key });
  });

  it('go where an item of theirs is gone or the look is removed', async () => {
    await change(`update items set availability = 'out_of_stock' where id = 'look-coat'`);
    const [first] = await ask({ to: { itemId: 'look-top' } });
    expect(first!.source).toBe('SHOP');
    expect(idsOf(first!)).toEqual(['look-top', 'look-skirt']);
    // Of two variants it has the first alone.
    await change(`update items set item_group_id = 'suit' where id in ('look-top', 'look-skirt')`);
    expect(idsOf((await ask({ to: { itemId: 'look-top' } }))[0]!)).not.toContain('look-skirt');
    await change(`update items set item_group_id = null where id in ('look-top', 'look-skirt')`);
    // It was saved with other items since.
    const others = [{ id: 'spring', name: 'Spring', itemIds: ['look-top', 'look-coat'] }];
    await server.query(
      'mutation ($looks: [LookInput!]!) { upsertLooks(looks: $looks) { saved } }',
      { looks: others },
      { key },
    );
    expect(await restore(first!.id)).toMatchObject({ source: 'GENERATED', look: null, missingSlots: [] });
    const removed = await server.query('mutation { removeLooks(ids: ["spring"]) { id } }', {}, { key });
    expect(removed.errors).toBeUndefined();
    expect((await ask({ to: { itemId: 'look-top' } }))[0]!.source).toBe('GENERATED');
    expect(await restore(first!.id)).toMatchObject({ source: 'GENERATED', look: null });
  });
});

describe('slots of the shop', () => {
  it('are filled too where the shop has items for them, or if they are asked for', async () => {
    const shoes = makeGarment({ category: null, whole: true, embedding: away(0.1) });
    for (const id of ['boots', 'pumps'])
      await put(id, Category.SKIRT, 0.1, { feedCategory: null, garments: [shoes] });
    await change(`insert into slots (shop_id, name, label, product_types)
      values ('${server.shopId}', 'shoes', 'Shoes', array['Shoes']), ('${server.shopId}', 'bags', 'Bags', array['Bags'])`);
    await change(`update items set own_slot = 'shoes', whole_picture = true where id in ('boots', 'pumps')`);
    const outfits = await ask({ to: { itemId: 'top' } });
    for (const { pieces } of outfits) {
      expect(pieces.at(-1)).toMatchObject({
        slot: 'shoes',
        item: { id: expect.stringMatching(/boots|pumps/) },
      });
    }
    const [first] = await ask({ to: { itemId: 'boots' }, slots: ['shoes', 'top'], count: 1 });
    expect(first!.pieces.map(({ slot }) => slot)).toEqual(['top', 'shoes']);
    expect(await restore(first!.id)).toEqual(first);
    const swapped = await swap({ outfit: first!.id, slot: 'shoes' });
    expect(swapped.nodes.map(({ item }) => item.id)).toEqual(['pumps']);
    expect(await ask({ to: { itemId: 'top' }, slots: ['bags'] })).toEqual([]);
  });
});
