import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { placeShop } from '../../server/db/distribution/place-shop.ts';
import { findPlace, listNodes } from '../../server/db/distribution/shop-place.sql.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { type Answer, makeTestServer, type TestServer } from '../helpers/server.ts';
import { isDistributed, urlOf } from '../helpers/servers.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 1_200_000 });

/** Of the shop before it is moved, and of the feed that is imported meanwhile, of which as many are known already. */
const [BEFORE, FEED, KNOWN] = [100, Number(process.env.ITEMS ?? 300), 50];

const IMPORT = 'mutation($file: Upload!) { importCatalogue(feed: $file) { id } }';
const JOB =
  'query($id: ID!) { importJob(id: $id) { state rowsTotal itemsReady itemsFailed itemsPending failure } }';
const PHOTO = 'mutation($file: Upload!) { parsePhoto(image: $file) { garments { id } } }';
const SEARCH = `query($id: ID!) { similarItems(to: { garmentId: $id }, first: 20, minScore: 0) {
  edges { node { score item { id title } } } } }`;
const LIST = 'query { items(first: 20, filter: { brands: ["house"] }) { totalCount edges { node { id } } } }';

const UNLIMITED = {
  SEARCHES_PER_MINUTE: '1000000',
  PARSES_PER_MINUTE: '1000000',
  QUERY_COST_PER_MINUTE: '1000000000',
};

describe.skipIf(!isDistributed)('a shop that is moved while it is used', () => {
  let server: TestServer;
  let key: string;
  let databaseUrl: string;
  beforeAll(async () => {
    server = await makeTestServer({ worker: true, environment: UNLIMITED });
    key = await server.makeKey('merchandiser');
    const { rows } = await server.db.pool.query<{ name: string }>('select current_database() as name');
    databaseUrl = urlOf(rows[0]!.name);
  });
  afterAll(() => server?.close());

  it('answers all the while, and has every item afterwards, each with one picture and one garment', async () => {
    const pictures = await drawAll();
    await imported(await startImport(await feedOf(0, BEFORE, pictures)));
    const photo = await server.upload(PHOTO, pictures[1]!);
    const garment = photo.data.parsePhoto.garments[0].id as string;
    const wrong: Answer[] = [];
    const asked = { searches: 0, lists: 0, photos: 0 };
    let isOver = false;
    const repeat = async (
      what: keyof typeof asked,
      ask: () => Promise<Answer>,
      holds: (answer: Answer) => boolean,
    ) => {
      while (!isOver) {
        const answer = await ask();
        asked[what]++;
        if (answer.errors || !holds(answer)) wrong.push(answer);
        await pause(10);
      }
    };
    const using = [
      repeat(
        'searches',
        () => server.query(SEARCH, { id: garment }),
        ({ data }) => data.similarItems.edges.length === 20,
      ),
      repeat(
        'lists',
        () => server.query(LIST),
        ({ data }) => data.items.edges.length === 20,
      ),
      repeat(
        'photos',
        () => server.upload(PHOTO, pictures[2]!),
        ({ data }) => data.parsePhoto.garments.length === 1,
      ),
    ];
    const moves: string[] = [];
    try {
      const job = await startImport(await feedOf(BEFORE - KNOWN, FEED, pictures));
      const nodes = await listNodes(server.db.pool);
      const first = await findPlace(server.db.pool, server.shopId);
      const other = nodes.find(({ port, host }) => port !== first.port || host !== first.host)!;
      for (const { host, port } of [other, first]) {
        const before = await stateOf(job);
        await placeShop(databaseUrl, server.shopId, `${host}:${port}`);
        const place = await findPlace(server.db.pool, server.shopId);
        expect([place.isAlone, place.host, place.port]).toEqual([true, host, port]);
        moves.push(`${before.itemsReady} to ${(await stateOf(job)).itemsReady}`);
      }
      await imported(job, FEED - KNOWN);
    } finally {
      isOver = true;
      await Promise.all(using);
      console.log('asked', asked, 'items ready at each move:', moves);
    }
    expect(wrong).toEqual([]);
    expect(server.logged).toEqual([]);
    const { rows } = await server.db.asOwner((tx) =>
      tx.query<{ id: string; state: string; pictures: number; garments: number }>(
        `select i.id, i.state,
           (select count(*)::int from item_images p where p.shop_id = i.shop_id and p.item_id = i.id) as pictures,
           (select count(*)::int from garments g where g.shop_id = i.shop_id and g.item_id = i.id and g.is_primary) as garments
         from items i where i.shop_id = $1 order by i.id`,
        [server.shopId],
      ),
    );
    expect(rows).toEqual(
      Array.from({ length: BEFORE - KNOWN + FEED }, (_, i) => ({
        id: idOf(i),
        state: 'ready',
        pictures: 1,
        garments: 1,
      })),
    );
  });

  const startImport = async (feed: Buffer): Promise<string> => {
    const { data, errors } = await server.upload(IMPORT, feed, { key, name: 'feed.zip' });
    expect(errors).toBeUndefined();
    return data.importCatalogue.id;
  };
  const stateOf = async (id: string) => (await server.query(JOB, { id }, { key })).data.importJob;
  const imported = async (id: string, ready = BEFORE) => {
    await expect
      .poll(async () => (await stateOf(id)).state, { timeout: 600_000, interval: 500 })
      .toBe('DONE');
    expect(await stateOf(id)).toMatchObject({
      itemsReady: ready,
      itemsFailed: 0,
      itemsPending: 0,
      failure: null,
    });
  };
});

const idOf = (n: number) => `item-${String(n).padStart(4, '0')}`;

/** A few, since drawing takes as long as the import of what is drawn. */
const drawAll = () =>
  Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      drawPicture({ width: 100 + 4 * i, color: `hsl(${15 * i} 80% 45%)` }),
    ),
  );

/** `count` items from `first` on. What is told of an item is the same in every feed. */
function feedOf(first: number, count: number, pictures: readonly Buffer[]): Promise<Buffer> {
  const ids = Array.from({ length: count }, (_, i) => first + i);
  const lines = ids.map((n) => `${idOf(n)},Pleated skirt ${n},House,${n % pictures.length}.png`);
  const files = pictures.map((picture, i) => [`${i}.png`, picture] as const);
  return zipOf({
    'feed.csv': `id,title,brand,image_link\n${lines.join('\n')}\n`,
    ...Object.fromEntries(files),
  });
}
