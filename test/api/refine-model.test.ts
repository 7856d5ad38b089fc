/** "This but in blue" with the shipped model, on drawn items: one cut in three colours among other things. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawItem } from '../../server/demo/drawing/index.ts';
import { planDemoFeed } from '../../server/demo/feed.ts';
import { makeGarment, makeItem } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

const { embedder } = JSON.parse(readFileSync('model/weights/manifest.json', 'utf8'));
const SIZE = { width: 480, height: 600 };

const plan = planDemoFeed({ seed: 31, count: 130 });
const family = plan.find(({ row }) => row.item_group_id)!.row.item_group_id;
const cut = plan.filter(({ row }) => row.item_group_id === family);
const others = plan.filter(({ row }) => row.item_group_id !== family).slice(0, 6);

// A model without prototypes finds colours by a filter, which needs no model to be tested.
describe.skipIf(!embedder.colourPrototypes)('a colour that is asked for', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await makeTestServer({ vision: 'real' });
    const { vision } = server.services;
    for (const { row, style, seed } of [...cut, ...others]) {
      const { pixels, garments } = await drawItem({ style, seed, size: SIZE, backdrop: 'studio' });
      const [drawn] = garments;
      const { mask, category } = drawn!;
      const [embedded] = await vision.embedders![0]!.embed({ ...SIZE, data: pixels }, [{ mask, category }]);
      await makeItem(server.db, server.shopId, {
        id: row.id,
        embeddingModel: vision.embeddingModel,
        garments: [makeGarment({ ...embedded!, category: style.category })],
      });
    }
  });
  afterAll(() => server.close());

  it('brings the same cut in that colour forward', async () => {
    const [wanted, ...siblings] = cut;
    const search = async (refine: object) => {
      const { data, errors } = await server.query(
        `query ($id: ID!, $refine: Refinement) {
          similarItems(to: { itemId: $id }, refine: $refine, minScore: 0) {
            interpretation { colours } edges { node { similarity reason { summary } item { id } } } } }`,
        { id: wanted!.row.id, refine },
      );
      expect(errors).toBeUndefined();
      return data.similarItems;
    };
    type Found = { edges: { node: { item: { id: string }; similarity: number } }[] };
    const of = ({ edges }: Found, id: string) =>
      edges.find(({ node }) => node.item.id === id)!.node.similarity;
    const plain = await search({});
    for (const { row } of siblings) {
      const found = await search({ words: `this but in ${row.color}` });
      expect(found.interpretation.colours).toEqual([row.color.toUpperCase()]);
      expect(of(found, row.id)).toBeGreaterThan(of(plain, row.id) + 0.05);
    }
  });
});
