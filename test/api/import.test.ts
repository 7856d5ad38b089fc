import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await makeTestServer({ worker: true });
  key = await server.makeKey('merchandiser');
});
afterAll(() => server?.close());

const IMPORT = 'mutation($file: Upload!) { importCatalogue(feed: $file) { id name state } }';
const JOB = `query($id: ID!, $after: Int) { importJob(id: $id) {
  state failure rowsTotal rowsRejected rowsUnchanged itemsReady itemsFailed itemsPending finishedAt
  errors(first: 1, after: $after) { row itemId code reason } } }`;
const ITEM = `query($id: ID!) { item(id: $id) {
  title state availability price { amount currency } imageUrl(width: 300)
  images { url width height garments { id } } primaryGarment { category coverage whole } } }`;

async function feed() {
  return zipOf({
    'feed.csv':
      'id,title,image_link,price,availability\n' +
      'a,Pleated skirt,a.png,19.90 EUR,preorder\nb,,b.png,,\nc,Skirt,none.png,,\nd,Skirt,a.png,1.00 EUR,\n',
    'a.png': await drawPicture(),
  });
}

async function importFeed() {
  const { data, errors } = await server.upload(IMPORT, await feed(), { key, name: 'aut\u001bumn\u202e.zip' });
  expect(errors).toBeUndefined();
  const { id } = data.importCatalogue;
  const job = () => server.query(JOB, { id }, { key }).then((answer) => answer.data.importJob);
  await expect.poll(async () => (await job()).state, { timeout: 50_000 }).toBe('DONE');
  return { started: data.importCatalogue, id, job: await job() };
}

describe('importCatalogue', () => {
  it('says how a feed was read whose encoding had to be guessed', async () => {
    const table = Buffer.from('id;title;image_link\ng;Gr\xfcn;https://nowhere.invalid/a.jpg\n', 'latin1');
    const { data } = await server.upload(IMPORT, table, { key, name: 'feed.csv' });
    const query = 'query($id: ID!) { importJob(id: $id) { rowsTotal notes } }';
    const job = () => server.query(query, { id: data.importCatalogue.id }, { key });
    await expect
      .poll(async () => (await job()).data.importJob, { timeout: 30_000 })
      .toEqual({ rowsTotal: 1, notes: [expect.stringContaining('It was read as Windows-1252')] });
  });

  it('answers with a running job, lands the good rows and lists the bad ones', async () => {
    const { started, id, job } = await importFeed();
    expect(started).toMatchObject({ name: 'autumn.zip', state: 'RUNNING' });
    expect(job).toMatchObject({
      rowsTotal: 4,
      rowsRejected: 2,
      itemsReady: 2,
      itemsFailed: 0,
      itemsPending: 0,
      failure: null,
    });
    expect(job.errors).toMatchObject([{ row: 3, itemId: 'b', code: 'MISSING_FIELD' }]);
    const next = await server.query(JOB, { id, after: 3 }, { key });
    expect(next.data.importJob.errors).toMatchObject([{ row: 4, itemId: 'c', code: 'IMAGE_NOT_FOUND' }]);

    const { data } = await server.query(ITEM, { id: 'a' });
    expect(data.item).toMatchObject({
      title: 'Pleated skirt',
      state: 'READY',
      availability: 'PREORDER',
      price: { amount: '19.90', currency: 'EUR' },
      imageUrl: expect.stringMatching(/^\/images\/[0-9a-f]{64}\.webp\?w=320$/),
      images: [{ width: 120, height: 160, garments: [{}] }],
      primaryGarment: { category: 'SKIRT', coverage: expect.closeTo(Math.PI / 16, 1), whole: false },
    });

    const again = await importFeed();
    expect(again.job).toMatchObject({ rowsUnchanged: 2, itemsReady: 0, rowsRejected: 2 });
  });

  it('pages through items by cursor, the newest first, and filters them', async () => {
    await importFeed();
    const LIST = `query($after: String, $filter: ItemFilter) { items(first: 1, after: $after, filter: $filter) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }`;
    const first = (await server.query(LIST)).data.items;
    const second = (await server.query(LIST, { after: first.pageInfo.endCursor })).data.items;
    expect([first, second].map((page) => page.edges[0].node.id).sort()).toEqual(['a', 'd']);
    expect([first, second].map((page) => page.pageInfo.hasNextPage)).toEqual([true, false]);
    expect(first.totalCount).toBe(2);
    const cheap = (await server.query(LIST, { filter: { maxPrice: 5 } })).data.items;
    expect(cheap).toMatchObject({ totalCount: 1, edges: [{ node: { id: 'd' } }] });
    const { errors } = await server.query(LIST, { after: first.pageInfo.endCursor, filter: { maxPrice: 5 } });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });

  it('wants a merchandiser', async () => {
    const anonymous = await server.upload(IMPORT, await feed());
    expect(anonymous.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const widget = await server.upload(IMPORT, await feed(), { key: await server.makeKey('widget') });
    expect(widget.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const job = await server.query(JOB, { id: '3b241101-e2bb-4255-8caf-4136c566a962' });
    expect(job.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('knows no job of another name, and says what is wrong with a page of errors', async () => {
    expect((await server.query(JOB, { id: 'none' }, { key })).data.importJob).toBeNull();
    const { id } = await importFeed();
    const bad = await server.query(
      'query($id: ID!) { importJob(id: $id) { errors(first: 0) { row } } }',
      { id },
      { key },
    );
    expect(bad.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  it('refuses an empty feed', async () => {
    const { errors } = await server.upload(IMPORT, Buffer.alloc(0), { key });
    expect(errors?.[0]?.extensions.code).toBe('EMPTY_FEED');
  });
});
