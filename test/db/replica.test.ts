import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Cluster, startCluster } from '../helpers/cluster.ts';
import { reopenTestDatabase } from '../helpers/database.ts';
import { makeGarment, makeItem } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.skipIf(process.env.TEST_ENGINE !== 'server')('a search, where there is a read replica', () => {
  let primary: Cluster | null;
  let replica: Cluster | null;
  let server: TestServer;
  let key: string;
  let standby: pg.Client;
  let dataDir: string;
  const embedding = makeGarment().embedding;

  beforeAll(async () => {
    primary = await startCluster();
    if (!primary) return;
    replica = await startCluster(primary);
    dataDir = await mkdtemp(join(tmpdir(), 'armoire-replica-'));
    const db = await reopenTestDatabase(dataDir, primary.url, replica!.url);
    server = await makeTestServer({ db });
    key = await server.makeKey('merchandiser');
    await add('old');
    standby = new pg.Client({ connectionString: replica!.url });
    standby.on('error', () => undefined);
    await standby.connect();
  });
  afterAll(async () => {
    await standby?.end().catch(() => undefined);
    await server?.close();
    await replica?.remove().catch(() => undefined);
    await primary?.remove();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  });

  const add = (id: string) =>
    makeItem(server.db, server.shopId, { id, garments: [makeGarment({ embedding })] });

  interface Parsed {
    readonly id: string;
    readonly ownerToken: string;
    readonly garments: readonly { readonly id: string }[];
  }
  let photo: Parsed;

  async function parse(): Promise<Parsed> {
    const { data } = await server.upload(
      'mutation ($file: Upload!) { parsePhoto(image: $file) { id ownerToken garments { id } } }',
      await drawPicture(),
    );
    return data.parsePhoto;
  }

  /** The ids of what looks like this. */
  async function search(to: object, by?: string): Promise<string[]> {
    const query =
      'query ($to: SimilarTo!) { similarItems(to: $to) { matchCount { count } edges { node { item { id } } } } }';
    const { data, errors } = await server.query(query, { to }, by === undefined ? {} : { key: by });
    expect(errors).toBeUndefined();
    return data.similarItems.edges
      .map((edge: { node: { item: { id: string } } }) => edge.node.item.id)
      .sort();
  }

  it('reads there, and a merchandiser’s where changes are made', async ({ skip }) => {
    if (!primary) return skip('The PostgreSQL at TEST_DATABASE_URL was not started by .ci/postgres.');
    await expect.poll(() => server.db.replica?.isUsable(), { timeout: 60_000 }).toBe(true);
    photo = await parse();
    await add('other');
    await expect.poll(() => search({ itemId: 'old' }), { timeout: 30_000 }).toEqual(['other']);
    await standby.query('select pg_wal_replay_pause()');
    await add('new');
    expect(await search({ itemId: 'old' })).toEqual(['other']);
    expect(await search({ itemId: 'old' }, key)).toEqual(['new', 'other']);
  });

  it('knows a photo that the replica does not have yet', async ({ skip }) => {
    if (!primary) return skip('The PostgreSQL at TEST_DATABASE_URL was not started by .ci/postgres.');
    const [garment] = (await parse()).garments;
    await expect(search({ garmentId: garment!.id })).resolves.toBeInstanceOf(Array);
    const { errors } = await server.query(
      'query { similarItems(to: { itemId: "nowhere" }) { edges { cursor } } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('does not search with a photo that was deleted, though the replica still has it', async ({ skip }) => {
    if (!primary) return skip('The PostgreSQL at TEST_DATABASE_URL was not started by .ci/postgres.');
    const of = { garmentId: photo.garments[0]!.id };
    await expect(search(of)).resolves.toBeInstanceOf(Array);
    const remove = 'mutation ($id: ID!, $token: String) { deletePhoto(id: $id, token: $token) }';
    await server.query(remove, { id: photo.id, token: photo.ownerToken });
    const { rows } = await standby.query('select from photos where id = $1 and expires_at > now()', [
      photo.id,
    ]);
    expect(rows).toHaveLength(1);
    for (const asked of [{ to: of }, { to: { itemId: 'old' }, refine: { moreLike: [of] } }]) {
      const { errors } = await server.query(
        'query ($to: SimilarTo!, $refine: Refinement) { similarItems(to: $to, refine: $refine) { edges { cursor } } }',
        asked,
      );
      expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    }
  });

  it('does without a replica that is gone', async ({ skip }) => {
    if (!primary) return skip('The PostgreSQL at TEST_DATABASE_URL was not started by .ci/postgres.');
    await standby.end();
    await replica!.remove();
    expect(await search({ itemId: 'old' })).toEqual(['new', 'other']);
  });
});
