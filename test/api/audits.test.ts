import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

/**
 * A refused document is answered with 400 under `application/json` too, where the audit would have 200: docs/api.md says
 * why.
 */
const ARGUED = ['572B', 'FDE2', '7B9B'];

/** A GET wants a header that no page of another site sends unasked. */
const GUARDED = ['5A70', 'D6D5', '6A70'];

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer();
});
afterAll(() => server.close());

const audits = serverAudits({ url: () => `${server.url}/graphql` });

describe('GraphQL over HTTP', () => {
  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (id, _, audit) => {
    const result = await audit.fn();
    if (ARGUED.includes(id)) {
      // Whoever mends one takes it off the list.
      expect(result.status).toBe('warn');
      expect((result as { response: Response }).response.status).toBe(400);
    } else if (GUARDED.includes(id)) {
      expect(result.status).toBe('notice');
      expect((result as { response: Response }).response.status).toBe(400);
    } else {
      expect([result.status, 'reason' in result ? result.reason : '']).toEqual(['ok', '']);
    }
  });

  it('allows queries by GET with the header, and no mutations', async () => {
    const get = (query: string) =>
      fetch(`${server.url}/graphql?${new URLSearchParams({ query })}`, {
        headers: { 'apollo-require-preflight': 'true' },
      });
    const read = await get('{ shop { currency } }');
    expect([read.status, (await read.json()).data]).toEqual([200, { shop: { currency: 'EUR' } }]);
    expect((await get('mutation { renameShop(name: "x") { id } }')).status).toBe(405);
  });

  it('has audits, the three argued among them', () => {
    expect(audits.length).toBeGreaterThan(60);
    expect(audits.map(({ id }) => id)).toEqual(expect.arrayContaining([...ARGUED, ...GUARDED]));
  });
});
