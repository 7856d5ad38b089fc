/**
 * Light load for a long time, with the memory of the serving process sampled: photos, searches, pages and changed items at
 * a steady pace, on `npm start`'s own command.
 *
 *   npm run bench -- soak [--minutes 60] [--items N] [--database URL]
 *
 * Ends with code 1 if a request fails, or if the last quarter holds over a tenth more than the second: the first is for
 * caches to fill.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { drawPhoto } from './photo.ts';
import { end, itemsIn, send, start, until, watchServer } from './serving.ts';
import { quantile } from './stats.ts';

const SAMPLE_SECONDS = 10;
const GROWTH = 1.1;
const SIMILAR =
  'query ($id: ID!) { similarItems(to: { itemId: $id }, first: 24) { edges { node { score reason { summary } item { id title imageUrl } } } } }';
const ITEMS = '{ items(first: 100) { edges { node { id title } } } }';
const PAGES = ['/', '/items', '/manage'];

export async function soak(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '60' },
      items: { type: 'string', default: '220' },
      database: { type: 'string', default: '' },
    },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'armoire-soak-'));
  const port = 20_000 + (process.pid % 20_000);
  const url = `http://127.0.0.1:${port}`;
  const pages = existsSync('web/.next/BUILD_ID');
  const items = Number(values.items);
  const started = start({ items, model: 'model/weights', dataDir, database: values.database, port, pages });
  const watch = watchServer(dataDir);
  try {
    await until(180, async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok);
    await until(3600, async () => (await itemsIn(url)) >= items);
    const counts = new Map<string, number>();
    const ends = Date.now() + Number(values.minutes) * 60_000;
    const samples = await underLoad({ url, dataDir, pages, ends, counts, now: watch.now });
    report(samples, counts, watch.most());
  } finally {
    watch.end();
    await end(started, watch.pid());
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Load {
  readonly url: string;
  readonly dataDir: string;
  readonly pages: boolean;
  /** In milliseconds since 1970. */
  readonly ends: number;
  readonly counts: Map<string, number>;
  /** Memory of the server in MiB. */
  now(): number;
}

/** Runs every kind of request at its own pace; returns the sampled memory in MiB. */
async function underLoad({ url, dataDir, pages, ends, counts, now }: Load): Promise<number[]> {
  const photo = await drawPhoto();
  const { token } = JSON.parse(await readFile(join(dataDir, 'server.json'), 'utf8'));
  const ask = async (query: string, variables = {}, key?: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: never; errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
    return data;
  };
  const { items } = (await ask(ITEMS)) as { items: { edges: { node: { id: string; title: string } }[] } };
  const known = items.edges.map(({ node }) => node);
  let turn = 0;
  const next = () => known[turn++ % known.length]!;
  const every = async (seconds: number, name: string, deed: () => Promise<unknown>) => {
    while (Date.now() < ends) {
      const began = Date.now();
      try {
        await deed();
        counts.set(name, (counts.get(name) ?? 0) + 1);
      } catch (error) {
        const failed = `failed: ${name}, ${(error as Error).message}`;
        counts.set(failed, (counts.get(failed) ?? 0) + 1);
      }
      await sleep(Math.max(0, seconds * 1000 - (Date.now() - began)));
    }
  };
  const samples: number[] = [];
  await Promise.all([
    every(10, 'photos', () => send(`${url}/graphql`, photo)),
    every(0.5, 'searches', () => ask(SIMILAR, { id: next().id })),
    every(5, 'lists', () => ask(ITEMS)),
    every(60, 'keys made', () => ask('mutation { createShopKey(admin: false) { key } }', {}, token)),
    ...(pages
      ? [every(15, 'pages', async () => (await fetch(url + PAGES[turn++ % PAGES.length])).text())]
      : []),
    every(SAMPLE_SECONDS, 'samples', async () => {
      samples.push(now());
      const minutes = (samples.length * SAMPLE_SECONDS) / 60;
      if (minutes % 5 === 0) console.log(`${minutes} min: ${now().toFixed(0)} MiB`);
    }),
  ]);
  return samples;
}

function report(samples: readonly number[], counts: ReadonlyMap<string, number>, most: number): void {
  const quarter = Math.floor(samples.length / 4);
  const of = (index: number) => quantile(samples.slice(index * quarter, (index + 1) * quarter), 0.5);
  console.log([...counts].map(([name, count]) => `${count} ${name}`).join(', '));
  console.log(
    `MiB by quarter: ${[0, 1, 2, 3].map((index) => of(index).toFixed(0)).join(', ')}; at most ${most.toFixed(0)}`,
  );
  const failed = [...counts.keys()].some((name) => name.startsWith('failed'));
  if (failed || of(3) > of(1) * GROWTH) process.exitCode = 1;
}
