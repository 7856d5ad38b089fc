import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOf } from '../../server/app.ts';
import { makeSchema } from '../../server/schema.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { recordStatements } from '../helpers/database.ts';
import { makeGarment, makeItem } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { embeddingOf, TEST_SPACE } from '../helpers/space.ts';

const SIMILAR = `query ($to: SimilarTo!, $minScore: Float, $first: Int! = 24, $after: String) {
  similarItems(to: $to, minScore: $minScore, first: $first, after: $after) {
    cutoff
    edges { node { score similarity item { id } reason {
      category { query match agrees similarity } colour { query match agrees similarity } pattern { similarity } summary
    } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer({ space: TEST_SPACE });
  const make = (id: string, of: Parameters<typeof embeddingOf>[0], more = {}) =>
    makeItem(server.db, server.shopId, {
      id,
      color: null,
      garments: [makeGarment({ colour: of.colour ?? 'red', embedding: embeddingOf(of), ...more })],
    });
  await make('wanted', {});
  await make('same', {});
  await make('blue', { colour: 'blue' });
  await make('striped', { colour: 'blue', pattern: 1 });
  await make('trousers', { cut: 1, pattern: 1 }, { category: Category.TROUSERS });
  await make('nameless', { cut: 2, colour: 'pink', pattern: 2 }, { category: null, colour: null });
});
afterAll(() => server.close());

const to = { itemId: 'wanted' };
async function search(variables: Record<string, unknown> = {}) {
  const { data, errors } = await server.query(SIMILAR, { to, ...variables });
  expect(errors).toBeUndefined();
  return data.similarItems;
}
const idsOf = (found: { edges: { node: { item: { id: string } } }[] }) =>
  found.edges.map(({ node }) => node.item.id);

describe('the score of a match', () => {
  it('is the calibrated probability, beside the cosine', async () => {
    const { edges } = await search({ minScore: 0 });
    const found = edges.map(({ node }: { node: { score: number; similarity: number } }) => [
      node.similarity,
      node.score,
    ]);
    const expected = [
      [1, 0.9],
      [0.7, 0.6],
      [0.5, 0.4],
      [0.3, 0.2],
      [0, 0.1],
    ];
    expect(found).toHaveLength(expected.length);
    expected.forEach(([similarity, score], i) => {
      expect(found[i][0]).toBeCloseTo(similarity!, 5);
      expect(found[i][1]).toBeCloseTo(score!, 5);
    });
  });

  it('ends the matches at the cutoff of the category that is searched for', async () => {
    const found = await search();
    expect(found.cutoff).toBe(0.3);
    expect(idsOf(found)).toEqual(['same', 'blue', 'striped']);
    expect(found.pageInfo.hasNextPage).toBe(false);
    const ofTrousers = await search({ to: { itemId: 'trousers' } });
    expect(ofTrousers.cutoff).toBe(0.1);
  });

  it('says that there is no further page where the matches end, whatever the page', async () => {
    const two = await search({ first: 2 });
    expect([idsOf(two), two.pageInfo.hasNextPage]).toEqual([['same', 'blue'], true]);
    const last = await search({ first: 2, after: two.pageInfo.endCursor });
    expect([idsOf(last), last.pageInfo.hasNextPage]).toEqual([['striped'], false]);
    const three = await search({ first: 3 });
    expect(three.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    [0, ['same', 'blue', 'striped', 'trousers', 'nameless']],
    [0.15, ['same', 'blue', 'striped', 'trousers']],
    [0.5, ['same', 'blue']],
    [0.95, []],
  ])('may have to be at least %f instead', async (minScore, ids) => {
    const found = await search({ minScore });
    expect(found.cutoff).toBe(minScore);
    expect(idsOf(found)).toEqual(ids);
  });

  it.each([-0.1, 1.1])('cannot have to be %f', async (minScore) => {
    const { errors } = await server.query(SIMILAR, { to, minScore });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'minScore' });
  });

  it('holds a cursor to its own search', async () => {
    const after = (await search({ first: 1 })).pageInfo.endCursor;
    const { errors } = await server.query(SIMILAR, { to, minScore: 0, after });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });
});

describe('the reason of a match', () => {
  const reasonOf = async (id: string) => {
    const { edges } = await search({ minScore: 0 });
    return edges.find(({ node }: { node: { item: { id: string } } }) => node.item.id === id).node.reason;
  };

  it('says part by part what agrees', async () => {
    const reason = await reasonOf('striped');
    expect(reason.category).toMatchObject({ query: 'SKIRT', match: 'SKIRT', agrees: true });
    expect(reason.colour).toMatchObject({ query: 'RED', match: 'BLUE', agrees: false });
    expect(reason.category.similarity).toBeCloseTo(1, 5);
    expect(reason.colour.similarity).toBeCloseTo(0, 5);
    expect(reason.pattern.similarity).toBeCloseTo(0, 5);
    expect(reason.summary).toBe('same category (skirt), other colour (blue), other pattern');
  });

  it('leaves out what is not known', async () => {
    expect((await reasonOf('nameless')).colour).toMatchObject({ query: 'RED', match: null, agrees: null });
    expect((await reasonOf('nameless')).summary).toBe('other category, other colour, other pattern');
    expect((await reasonOf('same')).summary).toBe('same category (skirt), same colour (red), pattern alike');
  });

  it('compares the colours of the pictures themselves, with the feed’s word first', async () => {
    const make = (id: string, color: string | null, lab: [number, number, number]) => {
      const shades = [{ colour: 'blue', share: 0.9, lab }] as const;
      const garment = makeGarment({ colour: 'blue', shades, embedding: embeddingOf({ cut: 3 }) });
      return makeItem(server.db, server.shopId, { id, color, garments: [garment] });
    };
    await make('cobalt', null, [42, 2, -42]);
    await make('sky', 'Sky blue', [68, -6, -24]);
    await make('other cobalt', null, [44, 3, -40]);
    const { edges } = await search({ to: { itemId: 'cobalt' } });
    const summaries = new Map(
      edges.map(({ node }: { node: { item: { id: string }; reason: { summary: string } } }) => [
        node.item.id,
        node.reason.summary,
      ]),
    );
    expect(summaries.get('sky')).toContain('another blue (sky blue)');
    expect(summaries.get('other cobalt')).toContain('same colour (blue)');
    for (const id of ['cobalt', 'sky', 'other cobalt']) {
      await server.db.inShop(server.shopId, (tx) => tx.query('delete from items where id = $1', [id]));
    }
  });

  it('takes one statement a page, and none unless it is asked for', async () => {
    const count = async (fields: string) => {
      const { db, statements } = recordStatements(server.db);
      const viewer = { role: 'anonymous', shopId: server.shopId, client: 'test' } as const;
      const { errors } = await graphql({
        schema: await makeSchema(),
        source: `{ similarItems(to: {itemId: "wanted"}, minScore: 0) { edges { node { ${fields} } } } }`,
        contextValue: contextOf({ ...server.services, db }, viewer),
      });
      expect(errors).toBeUndefined();
      return statements.length;
    };
    const without = await count('score item { id }');
    expect(await count('score item { id } reason { summary } again: reason { pattern { similarity } }')).toBe(
      without + 1,
    );
  });
});
