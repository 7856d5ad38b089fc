import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepInsightsSmall, MOST_ITEMS } from '../../server/insights/keep.ts';
import { dayOf } from '../../server/insights/kinds.ts';
import { openRecorder } from '../../server/insights/recorder.ts';
import { sweepPhotos } from '../../server/photos/sweep.ts';
import { Category } from '../../server/vocabulary/category.ts';
import { makeGarment, makeItem, makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, STANDS_STILL, type TestServer, WIDGET_HOST } from '../helpers/server.ts';

let server: TestServer;
let admin: string;
let merchandiser: string;
beforeAll(async () => {
  server = await makeTestServer({
    clock: STANDS_STILL,
    environment: { EVENTS_PER_MINUTE: '400', WIDGET_EVENTS_PER_MINUTE: '500' },
  });
  admin = await server.makeKey('admin');
  merchandiser = await server.makeKey('merchandiser');
});
afterAll(() => server?.close());

const today = dayOf(Date.now());
const RECORD = 'mutation ($events: [EventInput!]!) { recordEvents(events: $events) }';
const COUNTS = `visits photos photosWithoutGarments searches itemSearches zeroResults lowConfidence shown opened
  clickedOut added outfitsShown outfitsUsed widgetsEmpty widgetsFailed unknownItems`;
const INSIGHTS = `query ($from: LocalDate!, $to: LocalDate!, $source: ID) { insights(from: $from, to: $to, source: $source) {
  from to totals { ${COUNTS} } days { day counts { ${COUNTS} } } garments { category count }
  confidence { from to count } sources { id name counts { ${COUNTS} } }
  topItems(first: 5) { itemId item { title } shown opened clickedOut added }
  missedSearches { garmentId category best isNarrowed cropUrl expiresAt }
  neverFound { count isExact items { id } } files { counts items }
  holdOut { id name holdOut shown { visits visitsWithAdded added { share low high } }
    heldOut { visits visitsWithAdded } difference { share low high } } } }`;

/** A shop of its own, so that tests do not see each other's counts. */
async function openShop() {
  const shopId = await makeShop(server.db);
  const key = await server.makeKey('merchandiser', shopId);
  return {
    shopId,
    key,
    widget: await server.makeKey('widget', shopId),
    record: (events: object[], by = key) => server.query(RECORD, { events }, { key: by }),
    async insights(options: { from?: string; to?: string; source?: string } = {}) {
      await server.services.recorder.flush();
      const { data, errors } = await server.query(INSIGHTS, { from: today, to: today, ...options }, { key });
      if (errors) throw new Error(errors[0]!.message, { cause: server.logged.at(-1) });
      return data.insights;
    },
  };
}

describe('recordEvents', () => {
  it('counts events by day, source and item, and drops those of unknown items', async () => {
    const shop = await openShop();
    await makeItem(server.db, shop.shopId, { id: 'a', title: 'Red skirt' });
    await makeItem(server.db, shop.shopId, { id: 'b' });
    const { data } = await shop.record([
      { kind: 'VISITED' },
      { kind: 'SHOWN', itemId: 'a' },
      { kind: 'SHOWN', itemId: 'b' },
      { kind: 'OPENED', itemId: 'a' },
      { kind: 'CLICKED_OUT', itemId: 'a' },
      { kind: 'OUTFIT_SHOWN' },
    ]);
    expect(data.recordEvents).toBe(6);
    await shop.record(
      [
        { kind: 'SHOWN', itemId: 'a' },
        { kind: 'ADDED', itemId: 'a' },
        { kind: 'ADDED', itemId: 'of-nobody' },
        { kind: 'ADDED', itemId: 'x'.repeat(5000) },
        { kind: 'OUTFIT_USED' },
        { kind: 'WIDGET_EMPTY' },
        { kind: 'WIDGET_FAILED' },
      ],
      shop.widget,
    );
    const all = await shop.insights();
    expect(all.totals).toMatchObject({
      visits: 1,
      shown: 3,
      opened: 1,
      clickedOut: 1,
      added: 1,
      outfitsShown: 1,
      outfitsUsed: 1,
      widgetsEmpty: 1,
      widgetsFailed: 1,
      unknownItems: 2,
    });
    expect(all.topItems).toEqual([
      { itemId: 'a', item: { title: 'Red skirt' }, shown: 2, opened: 1, clickedOut: 1, added: 1 },
      { itemId: 'b', item: { title: 'A skirt' }, shown: 1, opened: 0, clickedOut: 0, added: 0 },
    ]);
    expect(all.days).toEqual([{ day: today, counts: all.totals }]);
    expect(all.sources.map(({ name, counts }: never) => [name, (counts as { shown: number }).shown])).toEqual(
      [
        ['For a test', 2],
        ['For a test', 1],
      ],
    );
    const byWidget = await shop.insights({ source: all.sources[1].id });
    expect(byWidget.totals).toMatchObject({ shown: 1, opened: 0, added: 1 });
    expect(byWidget.topItems).toMatchObject([{ itemId: 'a', shown: 1, opened: 0, added: 1 }]);
  });

  it('adds to what is there when it writes again', async () => {
    const shop = await openShop();
    await makeItem(server.db, shop.shopId, { id: 'a' });
    for (let i = 1; i <= 3; i++) {
      await shop.record([{ kind: 'OPENED', itemId: 'a' }, { kind: 'VISITED' }]);
      const { totals, topItems } = await shop.insights();
      expect([totals.opened, totals.visits, topItems[0].opened]).toEqual([i, i, i]);
    }
  });

  it('takes them from the pages, without a key', async () => {
    const before = await server.query(INSIGHTS, { from: today, to: today, source: 'pages' }, { key: admin });
    expect((await server.query(RECORD, { events: [{ kind: 'VISITED' }] })).data.recordEvents).toBe(1);
    await server.services.recorder.flush();
    const after = await server.query(INSIGHTS, { from: today, to: today, source: 'pages' }, { key: admin });
    expect(after.data.insights.totals.visits).toBe(before.data.insights.totals.visits + 1);
  });

  it.each([
    ['no events', [], 'INVALID_INPUT'],
    ['too many', Array.from({ length: 101 }, () => ({ kind: 'VISITED' })), 'TOO_MANY_EVENTS'],
    ['an event without its item', [{ kind: 'OPENED' }], 'INVALID_INPUT'],
    ['a visit with an item', [{ kind: 'VISITED', itemId: 'a' }], 'INVALID_INPUT'],
  ])('refuses %s', async (_, events, code) => {
    const { errors } = await server.query(RECORD, { events }, { key: merchandiser });
    expect(errors![0]!.extensions.code).toBe(code);
  });

  it('has a limit for each client and one for each widget key', async () => {
    const shop = await openShop();
    const visits = (count: number) => Array.from({ length: count }, () => ({ kind: 'VISITED' }));
    for (let sent = 0; sent < 400; sent += 100) {
      expect((await shop.record(visits(100), shop.widget)).errors).toBeUndefined();
    }
    const { errors, status } = await shop.record(visits(1), shop.widget);
    expect([errors?.[0]?.extensions.code, status]).toEqual(['RATE_LIMITED', 429]);
    expect(errors![0]!.message).toMatch(/^Too many events/);
    // The shop's own staff have none.
    expect((await shop.record(visits(1))).data.recordEvents).toBe(1);
  });
});

describe('what the server records itself', () => {
  it('counts photos, garments and searches, and keeps what found nothing close', async () => {
    const shop = await openShop();
    const picture = await drawPicture();
    const parse = async (file: Buffer) =>
      (
        await server.upload(
          'mutation ($file: Upload!) { parsePhoto(image: $file) { id garments { id category } } }',
          file,
          { key: shop.key },
        )
      ).data.parsePhoto;
    const [worn] = await server.services.vision.parse(await server.services.vision.decode(picture));
    const photo = await parse(picture);
    const similar = (id: string, args = '') =>
      server.query(
        `query ($id: ID!) { similarItems(to: { garmentId: $id } ${args}) { edges { node { score } } } }`,
        { id },
        { key: shop.key },
      );
    const [garment] = photo.garments;
    await similar(garment.id);
    // Beginning again, a filter or weaker matches belong to the same search.
    await similar(garment.id, ', minScore: 0');
    await similar(garment.id, ', filter: { maxPrice: 1 }');
    const none = await shop.insights();
    expect(none.totals).toMatchObject({ photos: 1, searches: 1, zeroResults: 1, lowConfidence: 0 });
    const category = none.garments[0].category;
    expect(none.garments).toEqual([{ category, count: 1 }]);
    expect(none.missedSearches).toMatchObject([
      { garmentId: garment.id, category, best: null, isNarrowed: false },
    ]);
    expect((await fetch(`${server.url}${none.missedSearches[0].cropUrl}`)).status).toBe(200);

    // The same garment is for sale now; of another photo it is found.
    const { embedding } = worn!;
    await makeItem(server.db, shop.shopId, { id: 'same', garments: [makeGarment({ embedding })] });
    await makeItem(server.db, shop.shopId, { id: 'gone', state: 'failed' });
    const second = await parse(picture);
    expect((await similar(second.garments[0].id)).data.similarItems.edges[0].node.score).toBeGreaterThan(0.9);
    await server.query('{ item(id: "same") { similarItems { edges { cursor } } } }', {}, { key: shop.key });
    const some = await shop.insights();
    expect(some.totals).toMatchObject({ photos: 2, searches: 2, itemSearches: 1, zeroResults: 1 });
    expect(some.confidence.map(({ count }: { count: number }) => count)).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]);
    expect(some.missedSearches).toHaveLength(1);

    // What is known of a missed search goes with its photo.
    await server.db.asOwner((tx) =>
      tx.query(`update photos set expires_at = now() - interval '1 s' where id = $1`, [photo.id]),
    );
    expect((await shop.insights()).missedSearches).toEqual([]);
    await sweepPhotos(server.services, 0);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query('select from missed_searches where shop_id = $1', [shop.shopId]),
    );
    expect(rows).toEqual([]);
  });

  it('tells low confidence from a match', async () => {
    const shop = await openShop();
    const viewer = { role: 'merchandiser', shopId: shop.shopId, client: 'somebody' } as const;
    const search = (best: number | null) =>
      server.services.recorder.search(viewer, {
        target: { kind: 'garment', id: randomUUID(), category: Category.SKIRT, isOfPhoto: true },
        isNarrowed: false,
        best,
        itemIds: [],
      });
    for (const best of [0.49, 0.5, 1, null]) search(best);
    const { totals, confidence } = await shop.insights();
    expect(totals).toMatchObject({ searches: 4, zeroResults: 1, lowConfidence: 1 });
    expect(confidence.map(({ count }: { count: number }) => count)).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 1]);
  });

  it('lists the items that no search has found', async () => {
    const shop = await openShop();
    const embedding = makeGarment().embedding;
    const opposite = embedding.map((x) => -x);
    await makeItem(server.db, shop.shopId, { id: 'a', garments: [makeGarment({ embedding })] });
    await makeItem(server.db, shop.shopId, { id: 'b', garments: [makeGarment({ embedding })] });
    await makeItem(server.db, shop.shopId, { id: 'c', garments: [makeGarment({ embedding: opposite })] });
    await makeItem(server.db, shop.shopId, { id: 'failed', state: 'failed' });
    expect((await shop.insights()).neverFound).toMatchObject({ count: 3, isExact: true });
    await server.query(
      '{ similarItems(to: { itemId: "a" }, minScore: 0.5) { edges { cursor } } }',
      {},
      { key: shop.key },
    );
    const { neverFound } = await shop.insights();
    expect(neverFound).toEqual({ count: 2, isExact: true, items: [{ id: 'a' }, { id: 'c' }] });
  });

  it('keeps what it could not write, and writes it once it can', async () => {
    const shop = await openShop();
    const shopId = shop.shopId;
    let isDown = true;
    const failing = {
      ...server.db,
      as: () => ({
        ...server.db,
        inShop: ((...args: Parameters<typeof server.db.inShop>) =>
          isDown ? Promise.reject(new Error('down')) : server.db.inShop(...args)) as typeof server.db.inShop,
      }),
    };
    const logged: unknown[] = [];
    const log = { info: () => undefined, error: (_: string, cause: unknown) => `${logged.push(cause)}` };
    const recorder = openRecorder(failing, log, 10_000);
    const viewer = { role: 'merchandiser', shopId, client: 'somebody' } as const;
    recorder.photo(viewer, [{ category: 9 }]);
    await recorder.flush();
    recorder.photo(viewer, [{ category: 9 }]);
    await recorder.flush();
    expect(logged).toHaveLength(1);
    expect((await shop.insights()).totals.photos).toBe(0);
    isDown = false;
    await recorder.close();
    const { totals, garments } = await shop.insights();
    expect([totals.photos, garments[0].count]).toEqual([2, 2]);
  });
});

describe('the hold-out', () => {
  const SET = 'mutation ($id: ID!, $share: Float!) { setHoldOut(id: $id, share: $share) { id holdOut } }';

  it('is set on a key, told to its holder, and compared', async () => {
    const shop = await openShop();
    const own = await server.makeKey('admin', shop.shopId);
    const { data } = await server.query('{ keys { id role holdOut } }', {}, { key: own });
    const { id } = data.keys.find(({ role }: { role: string }) => role === 'WIDGET');
    expect((await server.query(SET, { id, share: 0.1 }, { key: own })).data.setHoldOut).toEqual({
      id,
      holdOut: 0.1,
    });
    expect((await server.query('{ viewer { holdOut } }', {}, { key: shop.widget })).data.viewer).toEqual({
      holdOut: 0.1,
    });
    expect((await server.query('{ viewer { holdOut } }')).data.viewer.holdOut).toBe(0);
    await makeItem(server.db, shop.shopId, { id: 'a' });
    const visit = (arm: string, adds: boolean) => [
      { kind: 'VISITED', arm },
      ...(adds
        ? [
            { kind: 'ADDED', itemId: 'a', arm, isFirst: true },
            { kind: 'ADDED', itemId: 'a', arm },
          ]
        : []),
    ];
    const visits = [
      ...Array.from({ length: 20 }, (_, i) => visit('SHOWN', i < 14)),
      ...Array.from({ length: 10 }, (_, i) => visit('HELD_OUT', i < 3)),
    ].flat();
    await shop.record(visits.slice(0, 50), shop.widget);
    await shop.record(visits.slice(50), shop.widget);
    const { holdOut, totals } = await shop.insights();
    expect(totals).toMatchObject({ visits: 30, added: 34 });
    expect(holdOut).toMatchObject([
      {
        id,
        holdOut: 0.1,
        shown: { visits: 20, visitsWithAdded: 14, added: { share: 0.7 } },
        heldOut: { visits: 10, visitsWithAdded: 3 },
      },
    ]);
    const { share, low, high } = holdOut[0].difference;
    expect(share).toBeCloseTo(0.4);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThan(0.8);
  });

  it('is for admins, from 0 to a half', async () => {
    const { data } = await server.query('{ keys { id } }', {}, { key: admin });
    const [{ id }] = data.keys;
    const codeOf = async (variables: object, key: string) =>
      (await server.query(SET, { id, share: 0.1, ...variables }, { key })).errors?.[0]?.extensions.code;
    expect(await codeOf({}, merchandiser)).toBe('FORBIDDEN');
    expect(await codeOf({ share: 0.51 }, admin)).toBe('INVALID_INPUT');
    expect(await codeOf({ share: 0.0005 }, admin)).toBe('INVALID_INPUT');
    expect(await codeOf({ share: -0.1 }, admin)).toBe('INVALID_INPUT');
    expect(await codeOf({ id: 'none' }, admin)).toBe('NOT_FOUND');
  });
});

describe('insights', () => {
  it('are for the shop’s people, over at most 400 days', async () => {
    const codeOf = async (variables: object, key?: string) =>
      (
        await server.query(
          INSIGHTS,
          { from: today, to: today, ...variables },
          key === undefined ? {} : { key },
        )
      ).errors?.[0]?.extensions.code;
    expect(await codeOf({})).toBe('FORBIDDEN');
    expect(await codeOf({}, await server.makeKey('widget'))).toBe('FORBIDDEN');
    expect(await codeOf({}, merchandiser)).toBeUndefined();
    expect(await codeOf({ from: dayOf(Date.now(), 399) }, merchandiser)).toBeUndefined();
    expect(await codeOf({ from: dayOf(Date.now(), 400) }, merchandiser)).toBe('INVALID_INPUT');
    expect(await codeOf({ to: dayOf(Date.now(), 1) }, merchandiser)).toBe('INVALID_INPUT');
    expect((await server.query(INSIGHTS, { from: 'soon', to: today }, { key: merchandiser })).status).toBe(
      400,
    );
    const yearZero = { from: '0000-01-01', to: '0000-01-02' };
    expect(await codeOf(yearZero, merchandiser)).toBe('INVALID_INPUT');
    const file = async (query: string) =>
      (
        await fetch(`${server.url}/insights/counts.csv?${query}`, {
          headers: { authorization: `Bearer ${merchandiser}` },
        })
      ).status;
    expect(await file('from=2026-02-01&to=2026-02-02')).toBe(200);
    for (const bad of [
      'from=0000-01-01&to=0000-01-02',
      'from=2026-02-31&to=2026-03-05',
      'from=2026-02-01&to=2026-02-02&source=%00',
    ]) {
      expect(await file(bad)).toBe(400);
    }
  });

  it('come as CSV, with a link or a key', async () => {
    const shop = await openShop();
    await makeItem(server.db, shop.shopId, { id: '=a' });
    await shop.record([
      { kind: 'OPENED', itemId: '=a' },
      { kind: 'VISITED', arm: 'HELD_OUT' },
    ]);
    const { files, sources } = await shop.insights({ from: dayOf(Date.now(), 100) });
    const read = async (path: string, headers = {}) => {
      const response = await fetch(`${server.url}${path}`, { headers });
      return [response.status, response.headers.get('content-type'), await response.text()];
    };
    const [{ id }] = sources;
    const counts = `day,source,part,kind,subject,count\n${today},${id},,opened,,1\n${today},${id},held_out,visited,,1\n`;
    expect(await read(files.counts)).toEqual([200, 'text/csv; charset=utf-8', counts]);
    expect((await read(files.items))[2]).toBe(
      `day,source,id,shown,opened,clicked_out,added\n${today},${id},'=a,0,1,0,0\n`,
    );
    const unsigned = `/insights/counts.csv?from=${today}&to=${today}`;
    expect((await read(unsigned))[0]).toBe(403);
    expect((await read(unsigned, { authorization: `Bearer ${shop.key}` }))[2]).toBe(counts);
    // A link is good for its own file and period.
    expect((await read(files.counts.replace('counts', 'items')))[0]).toBe(403);
    expect((await read(files.counts.replace(/from=[\d-]+/, `from=${today}`)))[0]).toBe(403);
    expect((await read('/insights/all.csv', { authorization: `Bearer ${shop.key}` }))[0]).toBe(404);
    const origin = { authorization: `Bearer ${shop.widget}`, origin: `https://${WIDGET_HOST}` };
    expect((await read(unsigned, origin))[0]).toBe(403);
  });

  it('are kept for 400 days, and of past days the leading items', async () => {
    const shop = await openShop();
    const run = (text: string, values: unknown[]) =>
      server.db.inShop(shop.shopId, (tx) => tx.query(text, values));
    await run(
      `insert into items (shop_id, id, title, content_hash) select $1, 'i' || n, 'Item', '\\x00'
       from generate_series(1, ${MOST_ITEMS + 5}) as n on conflict do nothing`,
      [shop.shopId],
    );
    for (const day of [today, dayOf(Date.now(), 1), dayOf(Date.now(), 401)]) {
      await run(
        `insert into insight_items (shop_id, day, source, item_id, shown, opened, clicked_out, added)
         select $1, $2, 'pages', id, 1, substr(id, 2)::int, 0, 0 from items where shop_id = $1
         on conflict do nothing`,
        [shop.shopId, day],
      );
      await run(`insert into insight_counts values ($1, $2, 'pages', '', 'search', '', 1)`, [
        shop.shopId,
        day,
      ]);
    }
    await keepInsightsSmall(server.db);
    const { rows } = await run(
      `select day::text, count(*)::int as items, min(opened)::int as least from insight_items where shop_id = $1
       group by day order by day desc`,
      [shop.shopId],
    );
    expect(rows).toEqual([
      { day: today, items: MOST_ITEMS + 5, least: 1 },
      { day: dayOf(Date.now(), 1), items: MOST_ITEMS, least: 6 },
    ]);
    expect((await run('select from insight_counts where shop_id = $1', [shop.shopId])).rows).toHaveLength(2);
  });
});
