/** npm run fuzz -- NAME [--seed S] [--count N]: one of the campaigns below. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { openFreshDatabase } from '../helpers/database.ts';
import { makeTestServer } from '../helpers/server.ts';
import { oddArguments } from './arguments.ts';
import type { Campaign } from './campaign.ts';
import { oddDocuments } from './documents.ts';
import { malformedFeeds } from './feeds.ts';
import { malformedPictures } from './pictures.ts';
import { otherShops } from './tenancy.ts';

// As the server has it, so that the memory that is told is about the server's.
setFlagsFromString('--heap-growing-percent=40');

const CAMPAIGNS = new Map<string, Campaign>([
  ['arguments', oddArguments],
  ['documents', oddDocuments],
  ['feeds', malformedFeeds],
  ['pictures', malformedPictures],
  ['tenancy', otherShops],
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '1000' } },
});
const campaign = CAMPAIGNS.get(positionals[0] ?? '');
if (!campaign) {
  console.error(`Name a campaign: ${[...CAMPAIGNS.keys()].join(', ')}.`);
  process.exit(2);
}
const [seed, count] = [Number(values.seed), Number(values.count)];
const started = performance.now();
const { counts, findings } = await campaign({
  seed,
  count,
  openServer: async (options) => makeTestServer({ ...options, db: await openFreshDatabase() }),
});
for (const finding of findings) console.log(`${finding}\n`);
const outcomes = [...counts].sort(([, a], [, b]) => b - a).map(([name, number]) => `${number} ${name}`);
const seconds = Math.round((performance.now() - started) / 1000);
const memory = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`${positionals[0]} --seed ${seed} --count ${count}: ${seconds} s, at most ${memory} MiB`);
console.log(`${outcomes.join(', ')}; ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
