import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCluster } from '../helpers/cluster.ts';
import { reopenTestDatabase } from '../helpers/database.ts';
import { makeItem, makeShop } from '../helpers/factories.ts';
import { CONTROL_TOKEN, makeTestServer, type TestServer } from '../helpers/server.ts';
import { fillShop, type ShopContents } from '../helpers/shop-contents.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const onServer = process.env.TEST_ENGINE === 'server';
const cluster = onServer ? await startCluster() : null;
const reason = onServer && !cluster ? 'no second PostgreSQL can be started' : null;
if (reason) console.log(`Backups are not tested on PostgreSQL: ${reason}.`);

describe.skipIf(reason)('a backup', { timeout: 300_000 }, () => {
  let folder: string;
  let server: TestServer;
  let shops: ShopContents[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'armoire-backup-'));
    server = await makeTestServer();
    shops = [
      await fillShop(server, server.shopId, 'First'),
      await fillShop(server, await makeShop(server.db, { name: 'Second' }), 'Second'),
    ];
  });
  afterAll(async () => {
    await server?.close();
    await cluster?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** One of the two commands, as its own process. */
  async function run(command: 'backup' | 'restore', args: string[], place: Place, tools = cluster?.bin) {
    const { dataDir, databaseUrl = '' } = place;
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      INIT_CWD: folder,
    };
    if (tools) env.PATH = `${tools}${delimiter}${env.PATH}`;
    const child = promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', `server/cli/${command}.ts`, ...args],
      { cwd: root, env },
    );
    return child.then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
    );
  }

  const source = async (): Promise<Place> => ({
    dataDir: server.db.dataDir,
    ...(onServer && { databaseUrl: server.db.pool.options.connectionString! }),
  });

  /** A data folder that is not there yet and, on PostgreSQL, an empty database on another cluster, of another owner. */
  async function freshPlace(name: string): Promise<Place> {
    const dataDir = join(folder, name);
    if (!cluster) return { dataDir };
    await ask(cluster.url, `create database ${name}`);
    const url = new URL(cluster.url);
    url.pathname = `/${name}`;
    return { dataDir, databaseUrl: url.href };
  }

  it('is made while the server runs; restored on a new machine, the shop is the same', async () => {
    const lock = await announce(server);
    const writing = new AbortController();
    const added = keepWriting(server, writing.signal);
    const backup = await run('backup', ['one'], await source());
    writing.abort();
    const last = await added;
    await lock.release();
    expect(backup).toEqual({ code: 0, said: expect.stringMatching(/^Backed up to .*one: \d+ files/) });
    if (!onServer) expect(last).toBeGreaterThan(0);
    for (const name of await readdir(join(folder, 'one'), { recursive: true })) {
      const { mode } = await stat(join(folder, 'one', name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
    }

    const place = await freshPlace('new_machine');
    expect(await run('restore', ['one'], place)).toEqual({
      code: 0,
      said: expect.stringMatching(/^Restored \d+ items of 3 shops to /),
    });
    const db = await reopenTestDatabase(place.dataDir, place.databaseUrl);
    const restored = await makeTestServer({ database: { db, shopId: server.shopId } });
    try {
      for (const shop of shops) expect(await look(restored, shop)).toEqual(await look(server, shop));
      // What a shop may not reach, it may not reach there either.
      const { rows } = await db.inShop(shops[1]!.shopId, (tx) =>
        tx.query('select distinct shop_id from items'),
      );
      expect(rows).toEqual([{ shop_id: shops[1]!.shopId }]);
    } finally {
      await restored.close();
    }
  });

  it.skipIf(!onServer)('is neither made nor restored by programs of a newer PostgreSQL', async () => {
    const newer = join(folder, 'newer');
    await mkdir(newer);
    for (const tool of ['pg_dump', 'pg_restore']) {
      await writeFile(join(newer, tool), `#!/bin/sh\necho "${tool} (PostgreSQL) 99.1"\n`, { mode: 0o755 });
    }
    const refused = (tool: string) => ({
      code: 1,
      said: expect.stringMatching(
        `${tool} is of version 99, and the database of DATABASE_URL runs on PostgreSQL \\d+`,
      ),
    });
    expect(await run('backup', ['by_newer'], await source(), newer)).toEqual(refused('pg_dump'));
    const items = () => server.db.asOwner((tx) => tx.query('select id from items order by shop_id, id'));
    const { rows: before } = await items();
    const again = ['one', '--overwrite'];
    expect(
      await run('restore', again, { ...(await source()), dataDir: join(folder, 'by_newer') }, newer),
    ).toEqual(refused('pg_restore'));
    expect((await items()).rows).toEqual(before);
  });

  it('is refused for a folder that is not empty, and restored to nothing that is not, unless it is said', async () => {
    await mkdir(join(folder, 'full'));
    await writeFile(join(folder, 'full', 'mine.txt'), 'mine');
    expect(await run('backup', ['full'], await source())).toMatchObject({
      code: 1,
      said: expect.stringContaining('is not empty. Give each backup a folder of its own.'),
    });
    const place = await freshPlace('taken');
    await run('restore', ['one'], place);
    const again = await run('restore', ['one'], place);
    expect(again).toMatchObject({ code: 1, said: expect.stringMatching(/--overwrite/) });
    if (place.databaseUrl) {
      const seen = `insert into servers (id, store, seen_at) values (gen_random_uuid(), 'other', now() - interval '3 seconds')`;
      await ask(place.databaseUrl, seen);
      expect(await run('restore', ['one', '--overwrite'], place)).toMatchObject({
        code: 1,
        said: expect.stringMatching(
          /A server uses the database of DATABASE_URL \(last seen \d+ seconds ago\)/,
        ),
      });
      await ask(place.databaseUrl, `update servers set seen_at = now() - interval '1 minute'`);
    }
    expect(await run('restore', ['one', '--overwrite'], place)).toMatchObject({ code: 0 });
  });

  it('that is damaged, unfinished or of another engine is not restored', async () => {
    const place = await freshPlace('nothing');
    expect((await run('restore', ['.'], place)).said).toMatch(
      /is not a backup, or the backup was not finished/,
    );
    const { databaseUrl, ...other } = place;
    const wrong = databaseUrl ? other : { ...other, databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' };
    expect((await run('restore', ['one'], wrong)).said).toMatch(/DATABASE_URL/);
    const name = onServer ? 'database.dump' : 'database.zip';
    await appendFile(join(folder, 'one', name), 'x');
    expect((await run('restore', ['one'], place)).said).toContain(
      `The backup is damaged: 1 of its files are missing or changed (${name}).`,
    );
  });

  it('is for the commands of the machine alone', async () => {
    const key = await server.makeKey('admin');
    const ask = (token?: string) =>
      fetch(`${server.url}/backup/database`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
    expect((await ask()).status).toBe(403);
    expect((await ask(key)).status).toBe(403);
    const answer = await ask(CONTROL_TOKEN);
    expect(answer.status).toBe(onServer ? 404 : 200);
    await answer.body?.cancel();
  });
});

interface Place {
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

/** As a server that was started does: the commands find it by its file. */
async function announce({ db, url, lock }: TestServer) {
  await lock.announce('127.0.0.1', Number(new URL(url).port));
  const path = join(db.dataDir, 'server.json');
  const file = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...file, token: CONTROL_TOKEN }));
  return lock;
}

/** Items of a third shop, for as long as the backup takes. */
async function keepWriting({ db }: TestServer, signal: AbortSignal): Promise<number> {
  const shopId = await makeShop(db, { name: 'Third' });
  let written = 0;
  while (!signal.aborted) {
    await makeItem(db, shopId);
    written += 1;
  }
  return written;
}

/** What a shop's admin sees: items with pictures, rules, keys and search results. */
async function look(server: TestServer, { key, itemId, garmentId, imagePath, photoPath }: ShopContents) {
  const { data, errors } = await server.query(
    `query ($item: ID!, $garment: ID!) {
       items(first: 100) { edges { node { id title description link brand color size state failure imageUrl
         attributes { name value } primaryGarment { id category cropUrl } } } }
       found: items(filter: { words: "title" }) { edges { node { id } } }
       rules { edges { node { id kind note target { brand } } } }
       keys { id role label hint createdAt }
       looks { edges { node { id name source problem items { id } } } }
       shop { slots { name label productTypes itemCount } }
       imports { edges { node { id name state rowsTotal } } }
       likeItem: similarItems(to: { itemId: $item }, minScore: 0) { edges { node { item { id } similarity } } }
       likeGarment: similarItems(to: { garmentId: $garment }, minScore: 0) {
         edges { node { item { id } similarity } } } }`,
    { item: itemId, garment: garmentId },
    { key },
  );
  if (errors) throw new Error(errors[0]!.message);
  expect(data.likeItem.edges).not.toEqual([]);
  const pictures = await Promise.all(
    [imagePath, photoPath].map(async (path) => {
      const answer = await fetch(new URL(path, server.url), { headers: { authorization: `Bearer ${key}` } });
      return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()).toString('base64') };
    }),
  );
  for (const { status } of pictures) expect(status).toBe(200);
  return { data, pictures };
}

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}
