/**
 * What recording events costs searches on the embedded database, and how long the charts of a year take.
 *
 *   npm run bench -- insights [--events 100000] [--rate 600] [--items 1000] [--rounds 5]
 *
 * Searches arrive at a fixed rate throughout. Rounds with events and shorter rounds without alternate, so that both meet
 * the same machine. With these defaults it takes about four minutes. Exits with code 1 if events come in more slowly than
 * 500 a second, if a search's p95 grows by more than a tenth, or if the charts take more than 300 ms.
 */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createKey } from '../../server/access/keys.ts';
import { makeApp } from '../../server/app.ts';
import { loadConfig } from '../../server/config.ts';
import { keepInsightsSmall, MOST_ITEMS } from '../../server/insights/keep.ts';
import { dayOf } from '../../server/insights/kinds.ts';
import { type OpenServices, openServices } from '../../server/services.ts';
import { InsightsDocument } from '../../web/lib/api/generated/documents/insights.ts';
import { makeItem } from '../helpers/factories.ts';
import { makeFakeVision } from '../helpers/fake-vision.ts';
import { quantile } from './stats.ts';

/** As many as a page reports at once. */
const BATCH = 20;
const SEARCHES_PER_SECOND = 10;
/** Of a round with events. */
const SHARE_WITHOUT = 0.25;
const LEAST_EVENTS_PER_SECOND = 500;
const MOST_GROWTH = 1.1;
const MOST_CHART_MS = 300;
const SEARCH = `query ($id: ID!) { similarItems(to: { itemId: $id }, first: 24, minScore: 0) {
  edges { node { score item { id title imageUrl } } } } }`;
const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) }';

type Ask = (query: string, variables: object) => Promise<unknown>;

export async function insights(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string', default: '100000' },
      rate: { type: 'string', default: '600' },
      items: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  const config = loadConfig({ WEB: '0', DEMO: '0', LOG: 'error', DATA_DIR: dataDir });
  const opened = await openServices(config, { vision: async () => makeFakeVision() });
  const app = await makeApp(opened.services, opened.access);
  try {
    await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve));
    const ask = await makeClient(opened, (app.http.address() as AddressInfo).port);
    const ids = Array.from({ length: Number(values.items) }, (_, index) => `item-${index}`);
    for (const id of ids) await makeItem(opened.services.db, opened.shop.id, { id });
    const good = await measure(opened, ask, ids, {
      events: Number(values.events),
      rate: Number(values.rate),
      rounds: Number(values.rounds),
    });
    if (!good) process.exitCode = 1;
  } finally {
    await app.stop();
    await opened.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Requests over HTTP with a merchandiser's key, which no rate limits hold back. */
async function makeClient({ services, shop }: OpenServices, port: number): Promise<Ask> {
  const { key } = await createKey(services.db, shop.id, { role: 'merchandiser', label: 'Bench' });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  return async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
    return data;
  };
}

async function measure(
  opened: OpenServices,
  ask: Ask,
  ids: readonly string[],
  { events, rate, rounds }: { events: number; rate: number; rounds: number },
): Promise<boolean> {
  const perRound = Math.ceil(events / rounds);
  const seconds = perRound / rate;
  await searchFor(5, ask, ids);
  const times = { without: [] as number[], with: [] as number[] };
  let spent = 0;
  for (let round = 0; round < rounds; round++) {
    times.without.push(...(await searchFor(seconds * SHARE_WITHOUT, ask, ids)));
    const began = performance.now();
    const [took] = await Promise.all([searchFor(seconds, ask, ids), send(perRound, rate, ask, ids)]);
    spent += performance.now() - began;
    times.with.push(...took);
  }
  await opened.services.recorder.flush();
  const recorded = await countRecorded(opened);
  const perSecond = recorded / (spent / 1000);
  const [before, after] = [quantile(times.without, 0.95), quantile(times.with, 0.95)];
  console.log(`${recorded} events recorded, ${perSecond.toFixed(0)} a second`);
  console.log(`searches        p50 ms   p95 ms   (${SEARCHES_PER_SECOND} a second, ${ids.length} items)`);
  for (const [name, list] of [
    ['without events', times.without],
    ['with events   ', times.with],
  ] as const) {
    console.log(
      `${name}  ${quantile(list, 0.5).toFixed(1).padStart(6)}   ${quantile(list, 0.95).toFixed(1).padStart(6)}`,
    );
  }
  const rows = await spreadOverYear(opened);
  // As the server does every hour.
  await keepInsightsSmall(opened.services.db);
  const charts = await timeCharts(ask);
  console.log(
    `charts of a year of ${rows} rows: p50 ${quantile(charts, 0.5).toFixed(0)} ms, p95 ${quantile(charts, 0.95).toFixed(0)} ms`,
  );
  return (
    recorded >= events &&
    perSecond >= LEAST_EVENTS_PER_SECOND &&
    after <= MOST_GROWTH * before &&
    quantile(charts, 0.95) <= MOST_CHART_MS
  );
}

/** Searches at a fixed rate, whether or not earlier ones are answered; the milliseconds of each. */
async function searchFor(seconds: number, ask: Ask, ids: readonly string[]): Promise<number[]> {
  const searches = [];
  for (let i = 0; i < seconds * SEARCHES_PER_SECOND; i++) {
    const began = performance.now();
    const search = ask(SEARCH, { id: ids[(i * 7919) % ids.length] });
    searches.push(search.then(() => performance.now() - began));
    await sleep(1000 / SEARCHES_PER_SECOND);
  }
  return Promise.all(searches);
}

async function send(count: number, rate: number, ask: Ask, ids: readonly string[]): Promise<void> {
  const kinds = ['SHOWN', 'SHOWN', 'SHOWN', 'OPENED', 'CLICKED_OUT', 'ADDED'];
  const began = performance.now();
  const sent = [];
  for (let i = 0; i < count; i += BATCH) {
    const events = Array.from({ length: Math.min(BATCH, count - i) }, (_, j) => ({
      kind: kinds[(i + j) % kinds.length],
      itemId: ids[((i + j) * 104_729) % ids.length],
    }));
    sent.push(ask(RECORD, { events }));
    const due = began + (1000 * (i + BATCH)) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
  }
  await Promise.all(sent);
}

async function countRecorded({ services, shop }: OpenServices): Promise<number> {
  const { rows } = await services.db.inShop(shop.id, (tx) =>
    tx.query<{ sum: number }>(
      `select sum(count)::float8 as sum from insight_counts
       where shop_id = $1 and kind in ('shown', 'opened', 'clicked_out', 'added')`,
      [shop.id],
    ),
  );
  return rows[0]!.sum;
}

/**
 * Spreads what was recorded over a year and two sources, with searches as a shop has them; returns the number of rows.
 */
async function spreadOverYear({ services, shop }: OpenServices): Promise<number> {
  return services.db.inShop(shop.id, async (tx) => {
    const of = [shop.id];
    await tx.query(
      `insert into insight_counts (shop_id, day, source, arm, kind, subject, count)
       select $1::uuid, current_date - d, s.source, '', k.kind, k.subject, 10 + (d * 7) % 50
       from generate_series(0, 364) as d, unnest(array['key', 'pages']) as s (source),
         (select 'garment' as kind, c::text as subject from generate_series(1, 13) as c
          union all select 'confidence', c::text from generate_series(0, 9) as c
          union all select unnest(array['photo', 'search', 'item_search', 'zero_result', 'low_confidence', 'shown',
            'opened', 'clicked_out', 'added', 'outfit_shown', 'outfit_used', 'visited']), '') as k`,
      of,
    );
    await tx.query(
      `insert into insight_items (shop_id, day, source, item_id, shown, opened, clicked_out, added)
       select $1::uuid, current_date - d, s.source, i.id, 9, 3, 2, 1
       from generate_series(1, 364) as d, unnest(array['key', 'pages']) as s (source),
         (select id from items where shop_id = $1::uuid order by id limit $2) as i`,
      [shop.id, MOST_ITEMS],
    );
    const { rows } = await tx.query<{ rows: number }>(
      `select ((select count(*) from insight_counts where shop_id = $1) +
         (select count(*) from insight_items where shop_id = $1))::int as rows`,
      of,
    );
    return rows[0]!.rows;
  });
}

async function timeCharts(ask: Ask): Promise<number[]> {
  const period = { from: dayOf(Date.now(), 364), to: dayOf(Date.now()), source: null };
  const times = [];
  for (let i = 0; i < 20; i++) {
    const began = performance.now();
    await ask(InsightsDocument.toString(), period);
    times.push(performance.now() - began);
  }
  return times;
}
