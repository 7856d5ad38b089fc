import { buildSchema, isObjectType, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { listCost, listsWithoutCost, pageCost } from '../../../../server/graphql/cost.ts';
import { measure } from '../../../../server/graphql/query-limits.ts';
import { makeSchema } from '../../../../server/schema.ts';

const makeExample = () =>
  buildSchema(`
    type Query { photos: [Photo!]! tags: [String!]! search: Photo rows(first: Int = 10): [Photo!]!
      page(first: Int = 10): PhotoConnection }
    type PhotoConnection { edges: [Photo!]! totalCount: Int }
    type Photo { id: ID }
  `);

function declare(schema: ReturnType<typeof makeExample>, costs: Record<string, unknown>): void {
  for (const [path, complexity] of Object.entries(costs)) {
    const [typeName, fieldName] = path.split('.') as [string, string];
    const type = schema.getType(typeName);
    if (isObjectType(type)) type.getFields()[fieldName]!.extensions = { complexity };
  }
}

describe('lists', () => {
  it('of the schema all have a cost', async () => {
    expect(listsWithoutCost(await makeSchema())).toEqual([]);
  });

  it('are named where they have none, or a number alone', () => {
    const schema = makeExample();
    declare(schema, {
      'Query.photos': 50,
      'Query.rows': pageCost(100),
      'PhotoConnection.edges': pageCost(100),
    });
    expect(listsWithoutCost(schema)).toEqual(['Query.photos', 'Query.tags']);
  });
});

describe('the cost of an operation', () => {
  const schema = makeExample();
  declare(schema, {
    'Query.photos': listCost({ own: 20 }),
    'Query.search': 50,
    'Query.rows': pageCost(1000),
    'Query.page': 5,
    'PhotoConnection.edges': pageCost(100),
    'PhotoConnection.totalCount': 200,
  });
  const costOf = (query: string) =>
    measure(schema, parse(query).definitions[0] as OperationDefinitionNode, [], { n: 3 }).cost;

  it.each([
    ['{ photos { id } }', 1 + 20 + 4],
    ['{ search { id } }', 1 + 50 + 1],
    ['{ rows { id } }', 1 + 10],
    ['{ rows(first: 700) { id } }', 1 + 700],
    ['{ rows(first: 5000) { id } }', 1 + 1000],
    ['{ rows(first: -1) { id } }', 1 + 1],
    ['query ($n: Int) { page(first: $n) { totalCount edges { id } } }', 1 + 5 + 201 + (1 + 3)],
    ['{ page { edges { id } ... on PhotoConnection { edges { id } } } }', 1 + 5 + 2 * (1 + 10)],
    ['query ($m: Int = 40) { rows(first: $m) { id } }', 1 + 40],
    ['query ($n: Int = 40) { rows(first: $n) { id } }', 1 + 3],
    ['{ rows { __typename id } }', 1 + 10],
    ['{ rows { a: __typename b: __typename id } }', 1 + 10 * 3],
  ])('%s', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('counts the list in an object by the `count` of its field', async () => {
    const own = await makeSchema();
    const cost = (count: string) => {
      const query = `{ outfits(to: { itemId: "a" }${count}) { message outfits { id pieces { slot } } } }`;
      return measure(own, parse(query).definitions[0] as OperationDefinitionNode, [], {}).cost;
    };
    // An outfit: its id, and pieces with their slot, four of them.
    const outfit = 1 + (1 + 4);
    expect(cost(', count: 20') - cost(', count: 1')).toBe(19 * outfit);
    expect(cost('')).toBe(cost(', count: 5'));
    expect(cost(', count: 1000')).toBe(cost(', count: 20'));
  });
});
