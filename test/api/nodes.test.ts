import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId, NODE_TYPES } from '../../server/graphql/node.ts';
import { makeItem, makePhoto, makeShop } from '../helpers/factories.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { fillShop, type ShopContents } from '../helpers/shop-contents.ts';

let server: TestServer;
let shop: ShopContents;
beforeAll(async () => {
  server = await makeTestServer({ candidate: makeFakeCandidate() });
  shop = await fillShop(server, await makeShop(server.db), 'Own');
}, 240_000);
afterAll(() => server.close());

const ALL = `query ($item: ID!, $photo: ID!, $look: ID!, $job: ID!) {
  shop { nodeId __typename } item(id: $item) { nodeId __typename primaryGarment { nodeId __typename } }
  photo(id: $photo) { nodeId __typename } look(id: $look) { nodeId __typename }
  rules { edges { node { nodeId __typename } } } importJob(id: $job) { nodeId __typename }
  keys { nodeId __typename } models { nodeId __typename } }`;

interface Named {
  nodeId: string;
  __typename: string;
}

async function readAll(): Promise<Named[]> {
  const variables = { item: shop.itemId, photo: shop.photoId, look: shop.lookId, job: shop.doneJobId };
  const { data } = await server.query(ALL, variables, { key: shop.key });
  const { item, rules, keys, models, ...others } = data;
  const { primaryGarment, ...itself } = item;
  return [
    ...Object.values<Named>(others),
    itself,
    primaryGarment,
    rules.edges[0].node,
    keys[0],
    models.at(-1),
  ];
}

describe('node', () => {
  it('reads every type that has an identity again by its id', async () => {
    const named = await readAll();
    expect(named.map(({ __typename }) => __typename).sort()).toEqual([...NODE_TYPES].sort());
    expect(new Set(named.map(({ nodeId }) => nodeId)).size).toBe(NODE_TYPES.length);
    const ids = named.map(({ nodeId }) => nodeId);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { nodeId __typename } }';
    const { data } = await server.query(query, { ids }, { key: shop.key });
    expect(data.nodes).toEqual(named);
    for (const one of named) {
      const again = 'query ($id: ID!) { node(id: $id) { nodeId __typename } }';
      expect((await server.query(again, { id: one.nodeId }, { key: shop.key })).data.node).toEqual(one);
    }
  });

  it('has the fields of its type', async () => {
    const { nodeId } = (await readAll()).find(({ __typename }) => __typename === 'Item')!;
    const query = `query ($id: ID!) { node(id: $id) {
      ... on Item { id itemId title similarItems(first: 1) { edges { cursor } } } ... on Photo { width } } }`;
    const { data } = await server.query(query, { id: nodeId }, { key: shop.key });
    expect(data.node).toMatchObject({ id: shop.itemId, itemId: shop.itemId, similarItems: {} });
  });

  it('is opaque: the shop’s own id cannot be read off it, and is none', async () => {
    for (const { nodeId } of await readAll()) expect(nodeId).not.toContain(shop.itemId);
    const { data } = await server.query(
      'query ($id: ID!) { node(id: $id) { nodeId } }',
      { id: shop.itemId },
      { key: shop.key },
    );
    expect(data.node).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['too long', 'A'.repeat(10_000)],
    [
      'a type that does not exist',
      Buffer.concat([Buffer.from([99]), Buffer.alloc(20)]).toString('base64url'),
    ],
    [
      'a garment whose id is no UUID',
      Buffer.concat([Buffer.from([2]), Buffer.alloc(20)]).toString('base64url'),
    ],
  ])('is null for %s', async (_, id) => {
    const { data, errors } = await server.query('query ($id: ID!) { node(id: $id) { nodeId } }', { id });
    expect([data, errors]).toEqual([{ node: null }, undefined]);
  });

  it('is null in another shop, as one that does not exist is; what a role may not read is forbidden', async () => {
    const named = await readAll();
    const ids = named.map(({ nodeId }) => nodeId);
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { nodeId } }';
    const foreign = await server.query(query, { ids });
    expect([foreign.data.nodes, foreign.errors]).toEqual([ids.map(() => null), undefined]);
    const widget = await server.makeKey('widget', shop.shopId);
    const { data, errors } = await server.query(query, { ids }, { key: widget });
    const forbidden = ['Rule', 'ImportJob', 'AccessKey', 'EmbeddingModel'];
    expect(
      data.nodes.flatMap((node: unknown, i: number) => (node ? [] : named[i]!.__typename)).sort(),
    ).toEqual(forbidden.sort());
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(forbidden.map(() => 'FORBIDDEN'));
  });

  it('shows shoppers no item, and no garment of one, that they may not see, and no photo that has expired', async () => {
    await makeItem(server.db, server.shopId, { id: 'hidden', state: 'failed' });
    const expired = await makePhoto(server.db, server.shopId, { ttlHours: -1 });
    const ids = [
      encodeNodeId({ type: 'Item', shopId: server.shopId, id: 'hidden' }),
      encodeNodeId({ type: 'Photo', shopId: server.shopId, id: expired.id }),
    ];
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { nodeId } }';
    expect((await server.query(query, { ids })).data.nodes).toEqual([null, null]);
    const key = await server.makeKey('merchandiser');
    expect((await server.query(query, { ids }, { key })).data.nodes).toEqual([{ nodeId: ids[0] }, null]);
  });

  it('takes 1 to 50 ids, and counts them', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { nodeId } }';
    const costOf = async (count: number) => {
      const ids = Array.from({ length: count }, (_, i) =>
        encodeNodeId({ type: 'Item', shopId: server.shopId, id: `${i}` }),
      );
      const answer = (await server.query(query, { ids })) as unknown as {
        errors?: { extensions: { code: string } }[];
        extensions: { cost: { requested: number } };
      };
      return [answer.errors?.[0]?.extensions.code, answer.extensions.cost.requested];
    };
    expect(await costOf(2)).toEqual([undefined, 1 + 2 * 21]);
    expect(await costOf(50)).toEqual([undefined, 1 + 50 * 21]);
    expect((await costOf(51))[0]).toBe('INVALID_INPUT');
    expect((await costOf(0))[0]).toBe('INVALID_INPUT');
  });
});
