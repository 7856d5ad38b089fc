import { expect, it, vi } from 'vitest';
import { oddArguments } from '../fuzz/arguments.ts';
import { oddDocuments } from '../fuzz/documents.ts';
import { malformedFeeds } from '../fuzz/feeds.ts';
import { otherShops } from '../fuzz/tenancy.ts';
import { makeTestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 300_000 });

/** The embedded database takes some seven times as long, and a server is fuzzed beside it where there is one. */
const PART = process.env.TEST_ENGINE === 'embedded' && process.env.TEST_DATABASE_URL ? 3 : 1;

/** The beginning of what `npm run fuzz` goes on with. */
it.each([
  ['arguments', oddArguments, 300],
  ['documents', oddDocuments, 200],
  ['feeds', malformedFeeds, 40],
  ['tenancy', otherShops, 150],
] as const)('%s find nothing', async (name, campaign, most) => {
  const count = Math.round(most / PART);
  const { counts, findings } = await campaign({ seed: 1, count, openServer: makeTestServer });
  console.log(`${name}: ${[...counts].map(([outcome, number]) => `${number} ${outcome}`).join(', ')}`);
  expect(findings).toEqual([]);
  expect([...counts.values()].reduce((sum, number) => sum + number, 0)).toBe(count);
});
