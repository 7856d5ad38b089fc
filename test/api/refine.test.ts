import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Category } from '../../server/vocabulary/category.ts';
import { makeGarment, makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { embeddingOf, TEST_SPACE } from '../helpers/space.ts';

const SIMILAR = `query ($to: SimilarTo!, $refine: Refinement, $minScore: Float = 0, $first: Int! = 24, $after: String) {
  similarItems(to: $to, refine: $refine, minScore: $minScore, first: $first, after: $after) {
    interpretation { colours categories sizes minPrice maxPrice titleWords ignored notUnderstood }
    edges { node { item { id } similarity reason { category { query similarity } colour { query agrees } } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Made {
  cut: number;
  colour: 'red' | 'blue' | 'pink';
  pattern: number;
}

async function fill(server: TestServer, shopId = server.shopId) {
  const make = (
    id: string,
    of: Partial<Made>,
    category = Category.SKIRT,
    title = `A ${id}`,
    color: string | null = null,
  ) =>
    makeItem(server.db, shopId, {
      id,
      title,
      color,
      garments: [makeGarment({ category, colour: of.colour ?? 'red', embedding: embeddingOf(of) })],
    });
  await make('red-plain', {}, Category.SKIRT, 'Skirt with pockets');
  await make('red-striped', { pattern: 1 });
  await make('blue-plain', { colour: 'blue' }, Category.SKIRT, 'Skirt with pockets', 'Azure');
  await make('blue-striped', { colour: 'blue', pattern: 1 }, Category.SKIRT, 'A skirt', 'red and white');
  await make('red-trousers', { cut: 1 }, Category.TROUSERS);
  await make('blue-trousers', { cut: 1, colour: 'blue' }, Category.TROUSERS);
  await makeItem(server.db, shopId, { id: 'pending', state: 'pending' });
}

async function wantedPhoto(server: TestServer): Promise<string> {
  await makePhoto(server.db, server.shopId, { garments: [makeGarment({ embedding: embeddingOf({}) })] });
  const { rows } = await server.db.asOwner((tx) =>
    tx.query<{ id: string }>('select id from garments where photo_id is not null'),
  );
  return rows[0]!.id;
}

type Found = { edges: { node: { item: { id: string }; similarity: number } }[] };
const idsOf = ({ edges }: Found) => edges.map(({ node }) => node.item.id);
const similaritiesOf = ({ edges }: Found) => edges.map(({ node }) => Number(node.similarity.toFixed(4)));

let server: TestServer;
let to: { garmentId: string };
beforeAll(async () => {
  server = await makeTestServer({ space: TEST_SPACE });
  await fill(server);
  to = { garmentId: await wantedPhoto(server) };
});
afterAll(() => server.close());

async function search(refine: Record<string, unknown> | null, more: Record<string, unknown> = {}) {
  const { data, errors } = await server.query(SIMILAR, { to, refine, ...more });
  expect(errors).toBeUndefined();
  return data.similarItems;
}
async function refusal(refine: Record<string, unknown>) {
  return (await server.query(SIMILAR, { to, refine })).errors?.[0]?.extensions;
}

describe('a search that is not refined', () => {
  it('is the same with an empty refinement', async () => {
    const plain = await search(null);
    expect(idsOf(plain).slice(0, 2)).toEqual(['red-plain', 'red-striped']);
    expect(similaritiesOf(plain)).toEqual([1, 0.8, 0.7, 0.5, 0.5, 0.2]);
    expect(plain.interpretation).toBeNull();
    expect(await search({ moreLike: [], words: ' ' })).toEqual(plain);
  });
});

describe('more and less like', () => {
  it('moves the matches towards what is liked', async () => {
    const found = await search({ moreLike: [{ itemId: 'blue-striped' }] });
    // Colour and pattern blocks are (1, 0.75) / 1.25 now: what differs in both has 0.5 + 0.5 × 0.6.
    expect(found.edges[0].node.similarity).toBeCloseTo(0.5 + 0.5 * 0.8, 4);
    const striped = found.edges.find(({ node }: Found['edges'][0]) => node.item.id === 'blue-striped');
    expect(striped.node.similarity).toBeCloseTo(0.5 + 0.5 * 0.6, 4);
  });

  it('moves them away from what is not, which is not listed', async () => {
    const [without] = await Promise.all([search({ lessLike: [{ itemId: 'red-striped' }] })]);
    expect(idsOf(without)).not.toContain('red-striped');
    const both = await search({
      moreLike: [{ itemId: 'blue-trousers' }],
      lessLike: [{ itemId: 'red-plain' }],
    });
    expect(idsOf(both)).not.toContain('red-plain');
  });

  it('does not depend on the order of the lists', async () => {
    const likes = [{ itemId: 'blue-plain' }, to, { itemId: 'red-trousers' }];
    const one = await search({ moreLike: likes });
    expect(await search({ moreLike: [...likes].reverse() })).toEqual(one);
  });

  it('leaves out what is still to be parsed', async () => {
    const { edges } = await search({ moreLike: [{ itemId: 'pending' }] });
    expect(edges).toEqual((await search(null)).edges);
  });

  it('says that there is no such garment, in another shop neither', async () => {
    expect(await refusal({ moreLike: [{ itemId: 'nobody' }] })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ lessLike: [{ garmentId: 'nonsense' }] })).toMatchObject({ code: 'NOT_FOUND' });
    const other = await makeShop(server.db);
    await makeItem(server.db, other, { id: 'theirs' });
    expect(await refusal({ moreLike: [{ itemId: 'theirs' }] })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('may name at most ten', async () => {
    const many = Array(11).fill({ itemId: 'red-plain' });
    expect(await refusal({ lessLike: many })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'refine.lessLike',
    });
    expect(await refusal({ lessLike: many.slice(1) })).toBeUndefined();
  });
});

describe('another category', () => {
  it('keeps the look: colour and pattern decide, and each match agrees in category', async () => {
    const found = await search({ category: 'TROUSERS' });
    expect(idsOf(found)).toEqual(['red-trousers', 'blue-trousers']);
    expect(similaritiesOf(found)).toEqual([1, 0.7]);
    expect(found.edges[0].node.reason.category).toEqual({ query: 'TROUSERS', similarity: null });
  });

  it('changes nothing but the choice where it is the own category', async () => {
    const found = await search({ category: 'SKIRT' });
    expect(similaritiesOf(found)).toEqual([1, 0.8, 0.7, 0.5]);
  });

  it('goes page by page', async () => {
    const one = await search({ category: 'TROUSERS' }, { first: 1 });
    const { endCursor: after } = one.pageInfo;
    const two = await search({ category: 'TROUSERS' }, { first: 1, after });
    expect([one, two].map(idsOf)).toEqual([['red-trousers'], ['blue-trousers']]);
    const { errors } = await server.query(SIMILAR, { to, after, first: 1, refine: { category: 'SKIRT' } });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });
});

describe('words', () => {
  it('change the colour and nothing else: this but in blue', async () => {
    const found = await search({ words: 'this but in blue' });
    expect(found.interpretation).toEqual({
      colours: ['BLUE'],
      categories: [],
      sizes: [],
      minPrice: null,
      maxPrice: null,
      titleWords: [],
      ignored: [],
      notUnderstood: [],
    });
    expect(idsOf(found).slice(0, 2)).toEqual(['blue-plain', 'blue-striped']);
    expect(similaritiesOf(found).slice(0, 3)).toEqual([1, 0.8, 0.7]);
    expect(found.edges[0].node.reason.colour).toEqual({ query: 'BLUE', agrees: true });
  });

  it('name a category, and words of the title', async () => {
    const found = await search({ words: 'blue trousers' });
    expect(found.interpretation).toMatchObject({ colours: ['BLUE'], categories: ['TROUSERS'] });
    expect(idsOf(found)).toEqual(['blue-trousers', 'red-trousers']);
    const pockets = await search({ words: 'with pockets' });
    expect(pockets.interpretation).toMatchObject({ titleWords: ['pockets'] });
    expect(idsOf(pockets)).toEqual(['red-plain', 'blue-plain']);
    await server.db.asOwner((tx) => tx.query(`update items set size = 'M' where id = 'blue-plain'`));
    const sized = await search({ words: 'in size M or 44' });
    expect(sized.interpretation).toMatchObject({ sizes: ['m'], titleWords: [], notUnderstood: ['44'] });
    expect(idsOf(sized)).toEqual(['blue-plain']);
    await server.db.asOwner((tx) => tx.query('update items set size = null'));
  });

  it('give way to a category that is chosen', async () => {
    const found = await search({ words: 'a blue skirt', category: 'TROUSERS' });
    expect(found.interpretation).toMatchObject({
      colours: ['BLUE'],
      categories: ['TROUSERS'],
      titleWords: [],
    });
    expect(idsOf(found)).toEqual(['blue-trousers', 'red-trousers']);
  });

  it('work on an item as on a photo', async () => {
    const { data } = await server.query(SIMILAR, {
      to: { itemId: 'red-striped' },
      refine: { words: 'in blue' },
    });
    expect(idsOf(data.similarItems)[0]).toBe('blue-striped');
  });

  it('may be at most 200 characters', async () => {
    expect(await refusal({ words: 'x'.repeat(201) })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'refine.words',
    });
  });

  it('cannot break out of the search', async () => {
    const found = await search({ words: "'); drop table items; -- \\ & | ! :* (" });
    expect(found.interpretation.notUnderstood).toEqual(['drop', 'table', 'items']);
    expect(idsOf(found)).toEqual(idsOf(await search(null)));
  });
});

describe('words that are not of the garment’s look', () => {
  const within = ['SKIRT'];
  const skirts = ['red-plain', 'red-striped', 'blue-plain', 'blue-striped'];
  const ofItem = async (itemId: string, words: string) => {
    const { data } = await server.query(SIMILAR, { to: { itemId }, refine: { words, within } });
    return data.similarItems;
  };
  beforeAll(async () => {
    const prices = {
      'red-plain': 3000,
      'red-striped': 2999,
      'blue-plain': 5000,
      'blue-striped': 4000,
      'red-trousers': 100,
    };
    await server.db.asOwner((tx) =>
      tx.query(
        `update items i set price_minor = p.value::int from jsonb_each_text($1::jsonb) p where p.key = i.id`,
        [JSON.stringify(prices)],
      ),
    );
  });

  it('are left out and named, and the category stays', async () => {
    const found = await search({ words: 'glimmer', within });
    expect(found.interpretation).toMatchObject({ titleWords: [], notUnderstood: ['glimmer'] });
    expect(idsOf(found)).toEqual(skirts);
    const some = await search({ words: 'pockets flibber', within });
    expect(some.interpretation).toMatchObject({ titleWords: ['pockets'], notUnderstood: ['flibber'] });
    expect(idsOf(some)).toEqual(['red-plain', 'blue-plain']);
  });

  it('name a price', async () => {
    const found = await search({ words: 'under 30 euros', within });
    expect(found.interpretation).toMatchObject({ minPrice: null, maxPrice: 30, titleWords: [] });
    expect(idsOf(found)).toEqual(['red-plain', 'red-striped']);
  });

  it('compare with the item’s own price', async () => {
    const cheaper = await ofItem('red-plain', 'cheaper');
    expect(cheaper.interpretation).toMatchObject({ maxPrice: 29.99, ignored: [] });
    expect(idsOf(cheaper)).toEqual(['red-striped']);
    expect(idsOf(await ofItem('red-plain', 'more expensive'))).toEqual(['blue-plain', 'blue-striped']);
  });

  it('cannot compare with a photo: that is said, and nothing is filtered', async () => {
    const found = await search({ words: 'cheaper', within });
    expect(found.interpretation).toMatchObject({ maxPrice: null, ignored: ['cheaper'] });
    expect(idsOf(found)).toEqual(skirts);
  });

  it('name another category, which counts', async () => {
    expect(idsOf(await search({ words: 'as trousers', within }))).toEqual(['red-trousers', 'blue-trousers']);
    expect(await refusal({ within: Array(14).fill('SKIRT') })).toMatchObject({ field: 'refine.within' });
  });
});

describe('a model without prototypes', () => {
  let plain: TestServer;
  beforeAll(async () => {
    plain = await makeTestServer({ space: { ...TEST_SPACE, prototypes: null } });
    await fill(plain);
  });
  afterAll(() => plain.close());

  it("finds a colour by the feed's word on it, else by the detected one", async () => {
    const { data } = await plain.query(SIMILAR, {
      to: { itemId: 'red-plain' },
      refine: { words: 'in blue' },
    });
    // The feed calls blue-striped red and white, and it is believed.
    expect(idsOf(data.similarItems)).toEqual(['blue-plain', 'blue-trousers']);
    expect(similaritiesOf(data.similarItems)).toEqual([1, 0.5]);
  });
});
