import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contextOf } from '../../server/app.ts';
import { makeSchema } from '../../server/schema.ts';
import { recordStatements } from '../helpers/database.ts';
import { makeItem } from '../helpers/factories.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer();
  for (let i = 0; i < 50; i++) await makeItem(server.db, server.shopId);
});
afterAll(() => server.close());

async function countStatements(first: number): Promise<number> {
  const { db, statements } = recordStatements(server.db);
  const viewer = { role: 'anonymous', shopId: server.shopId, client: 'test' } as const;
  const { data, errors } = await graphql({
    schema: await makeSchema(),
    source: `{ items(first: ${first}) { totalCount edges { node {
      id imageUrl images { url garments { id mask } } primaryGarment { id cropUrl } } } } }`,
    contextValue: contextOf({ ...server.services, db }, viewer),
  });
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ items: { edges: { length: first } } });
  return statements.length;
}

it('reads a list of fifty items with as many statements as a list of two', async () => {
  const few = await countStatements(2);
  expect(few).toBeLessThanOrEqual(6);
  expect(await countStatements(50)).toBe(few);
});
