import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ImportWorker, startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { joinServers } from '../../server/db/servers.ts';
import { sweepOrphans } from '../../server/images/orphans.ts';
import { OWNER_KEY, ownsStore } from '../../server/images/owner.ts';
import { sweepPhotos } from '../../server/photos/sweep.ts';
import { makeTestBucket } from '../helpers/bucket.ts';
import { openTestDatabase, reopenTestDatabase } from '../helpers/database.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { type Started, startProcess } from '../helpers/process.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';
import { urlOf } from '../helpers/servers.ts';
import { zipOf } from '../helpers/zip.ts';

vi.setConfig({ testTimeout: 240_000 });

const CHILD = fileURLToPath(new URL('several-servers-child.ts', import.meta.url));
/** Of one import; `ITEMS=300` for figures. */
const ITEMS = Number(process.env.ITEMS ?? 40);
const SEARCHES = 40;

const IMPORT = 'mutation($file: Upload!) { importCatalogue(feed: $file) { id } }';
const PREVIEW = 'mutation($file: Upload!) { previewFeed(feed: $file) { token rows { row } } }';
const STAGED = 'mutation($token: ID!) { importStaged(token: $token) { id } }';
const JOB = 'query($id: ID!) { importJob(id: $id) { state itemsReady itemsFailed itemsPending } }';
const PHOTO = `mutation($file: Upload!) { parsePhoto(image: $file) {
  id ownerToken imageUrl garments { id cropUrl } } }`;
const REGION = `mutation($id: ID!, $token: String) {
  addRegion(photoId: $id, box: { x1: 4, y1: 4, x2: 60, y2: 60 }, token: $token) { id } }`;
const DELETE = 'mutation($id: ID!, $token: String) { deletePhoto(id: $id, token: $token) }';

const onServer = process.env.TEST_ENGINE === 'server';
const bucket = onServer ? await makeTestBucket() : null;
if (onServer && !bucket)
  console.log('Several servers with one bucket are not tested: TEST_S3_ENDPOINT is not set.');

describe.skipIf(!bucket)(
  'two servers with one PostgreSQL and one bucket, each with a folder of its own',
  () => {
    let one: TestServer;
    let two: TestServer;
    /** Uses the same PostgreSQL, without the bucket. */
    let apart: TestServer;
    let key: string;
    let databaseUrl: string;
    const folders: string[] = [];
    const makeFolder = async () => {
      folders.push(await mkdtemp(join(tmpdir(), 'armoire-several-')));
      return folders.at(-1)!;
    };

    beforeAll(async () => {
      const environment = { ...bucket!.environment, SEARCHES_PER_MINUTE: String(SEARCHES) };
      const db = await openTestDatabase();
      const [name] = (await db.pool.query('select current_database() as name')).rows;
      databaseUrl = urlOf(name.name);
      one = await makeTestServer({ db, environment });
      two = await makeTestServer({
        db: await reopenTestDatabase(await makeFolder(), databaseUrl),
        environment,
      });
      apart = await makeTestServer({
        db: await reopenTestDatabase(await makeFolder(), databaseUrl),
        worker: true,
      });
      key = await one.makeKey('merchandiser');
    });
    afterAll(async () => {
      await apart?.close();
      await two?.close();
      await one?.close();
      await bucket?.close();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    });

    const get = (server: TestServer, path: string) => fetch(new URL(path, server.url));
    const statuses = (paths: readonly string[]) =>
      Promise.all(
        [one, two].flatMap((server) => paths.map(async (path) => (await get(server, path)).status)),
      );
    const jobAt = async (server: TestServer, id: string) =>
      (await server.query(JOB, { id }, { key })).data.importJob;

    it('share a photo, and delete it everywhere', async () => {
      const { data, errors } = await one.upload(PHOTO, await drawPicture());
      expect(errors).toBeUndefined();
      const { id, ownerToken: token, imageUrl, garments } = data.parsePhoto;
      const paths = [imageUrl, garments[0].cropUrl];
      expect(await statuses(paths)).toEqual([200, 200, 200, 200]);
      expect((await two.query(REGION, { id, token })).errors).toBeUndefined();

      const sha256 = /[0-9a-f]{64}/.exec(imageUrl)![0];
      expect(await two.services.images.has(sha256)).toBe(true);
      expect((await two.query(DELETE, { id, token })).data).toEqual({ deletePhoto: true });
      expect(await statuses(paths)).toEqual([404, 404, 404, 404]);
      // One without the bucket cannot delete it, and leaves it to those who can.
      expect(await sweepPhotos(apart.services, 0)).toBe(0);
      expect(await sweepPhotos(two.services, 0)).toBe(1);
      expect(await one.services.images.has(sha256)).toBe(false);
      const { rows } = await one.db.pool.query('select from photos');
      expect(rows).toEqual([]);
      for (const { db } of [one, two]) expect(await readdir(db.dataDir)).not.toContain('images');
    });

    it('leave the file of a photo to the server that has it, whichever was asked to delete it', async () => {
      const { data } = await apart.upload(PHOTO, await drawPicture({ width: 204 }));
      const { id, ownerToken: token, imageUrl } = data.parsePhoto;
      const sha256 = /[0-9a-f]{64}/.exec(imageUrl)![0];
      expect(await apart.services.images.has(sha256)).toBe(true);
      expect((await two.query(DELETE, { id, token })).data).toEqual({ deletePhoto: true });
      expect((await get(apart, imageUrl)).status).toBe(404);
      expect(await sweepPhotos(two.services, 0)).toBe(0);
      expect(await sweepPhotos(apart.services, 0)).toBe(1);
      expect(await apart.services.images.has(sha256)).toBe(false);
    });

    it('begin an import at one with the feed that was looked at by the other', async () => {
      const { data } = await one.upload(PREVIEW, await feedOf(2, 'y'), { key, name: 'seen.zip' });
      const { token, rows } = data.previewFeed;
      expect(rows).toHaveLength(2);
      expect((await two.query(STAGED, { token }, { key })).data).toEqual({ importStaged: { id: token } });
      const cancelled = await one.query(
        'mutation($id: ID!) { cancelImport(id: $id) { id } }',
        { id: token },
        { key },
      );
      expect(cancelled.errors).toBeUndefined();
    });

    it('remove a picture that was stored for a row that never came', async () => {
      const sha256 = await one.services.images.put(await drawPicture({ width: 207 }));
      const byte = Number.parseInt(sha256.slice(0, 2), 16);
      expect(await sweepOrphans(two.services, byte)).toBe(0);
      expect(await sweepOrphans(two.services, byte, -1)).toBe(1);
      expect(await one.services.images.has(sha256)).toBe(false);
      // Only in a store of their own: another database may have rows for the rest.
      expect([await ownsStore(one.services), await ownsStore(two.services)]).toEqual([true, true]);
      await two.services.store.put(OWNER_KEY, Buffer.from('another database'));
      expect(await ownsStore(one.services)).toBe(false);
    });

    it('say so when the store does not answer, and go on when it does', async () => {
      const photo = await one.upload(PHOTO, await drawPicture({ width: 202 }));
      const { imageUrl } = photo.data.parsePhoto;
      const { data } = await two.upload(IMPORT, await feedOf(2, 'z'), { key, name: 'waits.zip' });
      const { id } = data.importCatalogue;
      const worker = await startImportWorker(one.services);
      bucket!.cutOff(true);
      try {
        const refused = await two.upload(PHOTO, await drawPicture({ width: 203 }));
        expect([refused.status, refused.errors?.[0]?.extensions]).toEqual([
          503,
          expect.objectContaining({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) }),
        ]);
        const image = await get(two, imageUrl);
        expect([image.status, image.headers.has('retry-after')]).toEqual([503, true]);
        const health = await get(two, '/healthz');
        expect([health.status, await health.json()]).toEqual([
          503,
          expect.objectContaining({ failing: [expect.objectContaining({ part: 'store' })] }),
        ]);
        // What cannot be deleted now is deleted by a later sweep.
        await one.db.pool.query('update photos set expires_at = now()');
        await expect(sweepPhotos(one.services, 0)).rejects.toThrow('does not answer');
        expect((await jobAt(two, id)).state).toBe('RUNNING');
        expect(one.logged.length).toBeGreaterThan(0);
      } finally {
        bucket!.cutOff(false);
      }
      expect((await get(two, '/healthz')).status).toBe(200);
      expect(await sweepPhotos(one.services, 0)).toBe(1);
      await expect.poll(async () => (await jobAt(two, id)).state, { timeout: 60_000 }).toBe('DONE');
      expect(await jobAt(two, id)).toMatchObject({ itemsReady: 2, itemsFailed: 0 });
      await worker.stop();
    });

    it('import one feed together, every item once, though one is killed', async () => {
      const environment = { ...bucket!.environment, DATABASE_URL: databaseUrl };
      const command = [process.execPath, '--import', 'tsx', CHILD, '300'];
      let worker: ImportWorker | undefined;
      let killed: Started | undefined;
      try {
        killed = startProcess(command, await makeFolder(), environment);
        await killed.said(/at work/);
        const { data, errors } = await two.upload(IMPORT, await feedOf(ITEMS), { key, name: 'autumn.zip' });
        expect(errors).toBeUndefined();
        const { id } = data.importCatalogue;
        await expect
          .poll(async () => (await jobAt(one, id)).itemsReady, { timeout: 60_000, interval: 50 })
          .toBeGreaterThan(2);
        killed.child.kill('SIGKILL');
        await killed.ended();
        // As if its claims had been left alone for as long as they last.
        await one.db.pool.query(
          `update pgboss.job set started_on = now() - interval '45 s' where state = 'active'`,
        );
        const before = (await jobAt(one, id)).itemsReady;
        expect(before).toBeLessThan(ITEMS);
        const started = Date.now();
        worker = await startImportWorker(one.services);
        await expect.poll(async () => (await jobAt(two, id)).state, { timeout: 100_000 }).toBe('DONE');
        if (process.env.ITEMS) {
          console.log(
            `${before} items by the killed server; the other ended it in ${(Date.now() - started) / 1000} s.`,
          );
        }
        expect(await jobAt(two, id)).toMatchObject({ itemsReady: ITEMS, itemsFailed: 0, itemsPending: 0 });
        const { rows } = await one.db.pool.query(
          `select count(*)::int as items, sum(images)::int as images, max(images)::int as most from (
           select (select count(*) from item_images m where m.item_id = i.id) as images from items i where id like 'item-%') i`,
        );
        expect(rows).toEqual([{ items: ITEMS, images: ITEMS, most: 1 }]);
        const { data: listed } = await two.query('{ items(first: 50) { edges { node { imageUrl } } } }');
        const urls: string[] = listed.items.edges.map(
          ({ node }: { node: { imageUrl: string } }) => node.imageUrl,
        );
        expect(new Set(await statuses(urls))).toEqual(new Set([200]));
        // The feed goes when its job ends.
        await expect.poll(() => one.services.store.stat(`imports/${id}/source.json`)).toBeNull();
        expect(apart.logged).toEqual([]);
      } finally {
        killed?.child.kill('SIGKILL');
        await worker?.stop();
      }
    });

    it('leave a feed to the server that has it, if one is without the bucket', async () => {
      const worker = await startImportWorker(one.services);
      try {
        const ids: string[] = [];
        for (const server of [apart, two]) {
          const { data } = await server.upload(IMPORT, await feedOf(3, 'x'), { key, name: 'few.zip' });
          ids.push(data.importCatalogue.id);
        }
        for (const id of ids) {
          await expect.poll(async () => (await jobAt(one, id)).state, { timeout: 60_000 }).toBe('DONE');
          expect((await jobAt(one, id)).itemsFailed).toBe(0);
        }
      } finally {
        await worker.stop();
      }
    });

    it('say that they are apart, if they are', async () => {
      const said: string[] = [];
      const log = { info: (line: string) => void said.push(line), error: () => '' };
      const shared = await joinServers(one.db, one.services.store, one.services.vision.embeddingModel, log);
      await shared.close();
      expect(said).toEqual([expect.stringContaining('One server a database is the rule')]);
    });

    it('count a client without a key together', async () => {
      const viewer = { role: 'anonymous', shopId: one.shopId, client: '203.0.113.7' } as const;
      // The first one learns of the others when it next looks.
      const isCounted = async () => {
        await one.services.limiter.check('event', viewer);
        const { rowCount } = await one.db.pool.query("select from client_limits where kind = 'event'");
        return rowCount;
      };
      await expect.poll(isCounted, { timeout: 60_000 }).toBe(1);
      const started = Date.now();
      let granted = 0;
      for (let i = 0; i < 3 * SEARCHES; i++) {
        await [one, two][i % 2]!.services.limiter.check('search', viewer).then(
          () => granted++,
          (error) => expect(error.code).toBe('RATE_LIMITED'),
        );
      }
      const cameBack = ((Date.now() - started) / 60_000) * SEARCHES;
      expect(granted).toBeGreaterThan(SEARCHES / 2);
      expect(granted).toBeLessThanOrEqual(SEARCHES + cameBack + 1);
      // Neither addresses nor a row for each request.
      const { rows } = await one.db.pool.query(
        "select client::text from client_limits where kind = 'search'",
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { client } of rows) expect(client).toMatch(/^\\x[0-9a-f]{32}$/);
    });
  },
);

async function feedOf(count: number, prefix = 'item'): Promise<Buffer> {
  const files: Record<string, Buffer | string> = {};
  const rows = ['id,title,image_link,price'];
  for (let i = 0; i < count; i++) {
    rows.push(`${prefix}-${i},Skirt ${i},${i}.png,10.00 EUR`);
    files[`${i}.png`] = await drawPicture({ width: 100 + i });
  }
  return zipOf({ 'feed.csv': rows.join('\n'), ...files });
}
