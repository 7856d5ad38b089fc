/**
 * Requests as widgets send them, to the whole server over the embedded database, in a process of its own.
 *
 *   npm run bench -- widget [--items 10000] [--rate 200] [--seconds 20]
 *
 * Requests arrive at a fixed rate, whether or not earlier ones are answered. `cached`: one product page again and again.
 * `cold`: as a shop's product pages are asked for, the popular ones most (Zipf), with nothing cached. `warm`: the same once more.
 * `first`: four clients ask for another item each time, as fast as they are answered. Exits with code 1 if a cached request's
 * p95 exceeds 10 ms, or if `warm` falls behind the rate.
 */
import 'reflect-metadata';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WidgetRecommendations } from '../../web/lib/api/generated/widget/WidgetRecommendations.ts';
import { randomOf } from '../helpers/random.ts';
import { quantile } from './stats.ts';
import type { Served } from './widget/server.ts';

const MOST_CACHED_MS = 10;
/** Of the rate that is asked for. */
const LEAST_SHARE = 0.98;
const CLIENTS = 4;
const WARM_UP = 1000;
const PAGE = 'https://shop.example';
const SERVER = fileURLToPath(new URL('./widget/server.ts', import.meta.url));

type Pick = (request: number) => number;

export async function widget(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      items: { type: 'string', default: '10000' },
      rate: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '20' },
    },
  });
  const [items, rate, seconds] = [Number(values.items), Number(values.rate), Number(values.seconds)];
  const child = fork(SERVER, [String(items)], { execArgv: ['--import', 'tsx'] });
  try {
    const [served] = (await once(child, 'message')) as [Served];
    const run = (name: string, pick: Pick) => load(name, { served, child, rate, seconds, pick });
    console.log(
      `${items} items, ${rate} requests a second for ${seconds} s, embedded database, similar items (12)`,
    );
    console.log('                p50 ms   p95 ms   p99 ms   answered a second   CPU ms of the server   load');
    await warmUp(served);
    const cached = await run('cached', () => 0);
    await run('cold', zipf(items));
    const warm = await run('warm', zipf(items));
    await saturate({ served, child, seconds, pick: (request) => items - 1 - ((request * 7919) % items) });
    if (cached.p95 > MOST_CACHED_MS || warm.perSecond < LEAST_SHARE * rate) process.exitCode = 1;
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

/** An item by its popularity: the nth is asked for in proportion to 1/n. */
function zipf(items: number): Pick {
  const random = randomOf(13);
  const sums: number[] = [];
  for (let n = 1, sum = 0; n <= items; n++) {
    sum += 1 / n;
    sums.push(sum);
  }
  return () => {
    const at = random() * sums.at(-1)!;
    let [low, high] = [0, items - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

interface Load {
  served: Served;
  child: ChildProcess;
  rate: number;
  seconds: number;
  pick: Pick;
}

async function load(name: string, { served, child, rate, seconds, pick }: Load) {
  const times: number[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const cpuBefore = await cpuOf(child);
  const asked: Promise<void>[] = [];
  const began = performance.now();
  for (let request = 0; request < rate * seconds; request++) {
    const due = began + (1000 * request) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
    // From when it was due: a server that falls behind makes those who come later wait.
    asked.push(ask(served, agent, pick(request)).then(() => void times.push(performance.now() - due)));
  }
  await Promise.all(asked);
  agent.destroy();
  return report(name, { times, ms: performance.now() - began, cpu: (await cpuOf(child)) - cpuBefore });
}

/** Until the code is compiled. */
async function warmUp(served: Served): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  for (let request = 0; request < WARM_UP; request++) await ask(served, agent, 0);
  agent.destroy();
}

/** What the server can do where nothing is cached. */
async function saturate({ served, child, seconds, pick }: Omit<Load, 'rate'>): Promise<void> {
  const times: number[] = [];
  const agent = new Agent({ keepAlive: true });
  const cpuBefore = await cpuOf(child);
  const began = performance.now();
  let request = 0;
  const client = async () => {
    while (performance.now() - began < 1000 * seconds) {
      const at = performance.now();
      await ask(served, agent, pick(request++));
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  report('first', { times, ms: performance.now() - began, cpu: (await cpuOf(child)) - cpuBefore });
}

function report(name: string, { times, ms, cpu }: { times: readonly number[]; ms: number; cpu: number }) {
  const perSecond = times.length / (ms / 1000);
  const p95 = quantile(times, 0.95);
  const cells = [quantile(times, 0.5), p95, quantile(times, 0.99)]
    .map((one) => one.toFixed(1).padStart(9))
    .join('');
  const figures = `${perSecond.toFixed(0).padStart(20)}${(cpu / times.length).toFixed(1).padStart(23)}`;
  console.log(`${name.padEnd(13)}${cells}${figures}   ${loadavg()[0]!.toFixed(1)}`);
  return { p95, perSecond };
}

/** Milliseconds of CPU that the server has used so far, its threads' included. */
async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [ms] = await once(child, 'message');
  return ms;
}

async function ask({ url, key }: Served, agent: Agent, item: number): Promise<void> {
  const variables = { item: `item-${item}`, similar: 12, outfits: 1, withSimilar: true, withOutfits: false };
  const query = new URLSearchParams({
    documentId: WidgetRecommendations,
    variables: JSON.stringify(variables),
    key,
  });
  const request = get(`${url}/graphql?${query}`, { agent, headers: { origin: PAGE } });
  const [response] = await once(request, 'response');
  let bytes = 0;
  for await (const chunk of response) bytes += chunk.length;
  if (response.statusCode !== 200 || bytes < 500) throw new Error(`${response.statusCode}, ${bytes} bytes`);
}
