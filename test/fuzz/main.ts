/**
 * Looks for input that breaks the server: `npm run fuzz -- NAME [--seed S] [--count N]`. The same seed makes the same
 * input. Ends with code 1 where a fault was found.
 */
import { parseArgs } from 'node:util';
import type { Campaign } from './campaign.ts';
import { fuzzPictures } from './pictures.ts';

const CAMPAIGNS: Readonly<Record<string, (options: { seed: number; count: number }) => Promise<Campaign>>> = {
  pictures: fuzzPictures,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string', default: '500' },
  },
});
const name = positionals[0] ?? '';
const run = Object.hasOwn(CAMPAIGNS, name) ? CAMPAIGNS[name] : undefined;
const [seed, count] = [Number(values.seed), Number(values.count)];
if (!run || !Number.isSafeInteger(seed) || !(count > 0)) {
  console.error(`npm run fuzz -- ${Object.keys(CAMPAIGNS).join('|')} [--seed S] [--count N]`);
  process.exit(2);
}
const { counts, faults } = await run({ seed, count });
console.log(`${name}, seed ${seed}, ${count} sent`);
for (const [what, times] of Object.entries(counts)) console.log(`${String(times).padStart(8)} ${what}`);
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'No faults.' : `${faults.length} faults.`);
process.exit(faults.length === 0 ? 0 : 1);
