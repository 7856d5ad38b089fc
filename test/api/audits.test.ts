import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

/**
 * A refused document is answered with 400 under `application/json` too, where the audit would have 200: docs/api.md says
 * why.
 */
const ARGUED = ['572B', 'FDE2', '7B9B'];

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
    } else {
      expect([result.status, 'reason' in result ? result.reason : '']).toEqual(['ok', '']);
    }
  });

  it('has audits, the three argued among them', () => {
    expect(audits.length).toBeGreaterThan(60);
    expect(audits.map(({ id }) => id)).toEqual(expect.arrayContaining(ARGUED));
  });
});
