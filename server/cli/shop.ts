/** `npm run shop -- create|key|isolate|move`: see USAGE. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadConfig } from '../config.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { placeShop } from '../db/distribution/place-shop.ts';
import { lockDataDir } from '../db/lock.ts';
import { openShop } from '../shops/create-shop.ts';
import { ensureDefaultShop } from '../shops/default-shop.ts';
import { makeShopKey } from '../shops/make-shop-key.ts';
import { nameText, visible } from '../vocabulary/visible.ts';
import { askServer, findServer } from './server.ts';

const USAGE = `npm run shop -- create NAME [--currency EUR]
  Opens another shop in this installation and prints its admin key, once.

npm run shop -- key [NAME] [--admin]
  Makes a merchandiser key for the shop NAME (a name or an id; the first shop if omitted) and prints it, once.
  With --admin, makes an admin key, for example when the first key was lost.

Both work with or without a running server, on the server's own machine.

npm run shop -- isolate ID
  In a distributed database: gives the shop of this id shards, and so vector indexes, of its own.

npm run shop -- move ID HOST:PORT
  In a distributed database: isolates the shop and moves it to this node.`;

const Made = z.object({ shop: z.object({ id: z.string(), name: z.string() }), key: z.string() });
const CREATE = `mutation CreateShop($name: String!, $currency: String!) {
  made: createShop(name: $name, currency: $currency) { shop { id name } key } }`;
const KEY = `mutation CreateShopKey($shop: String, $admin: Boolean!) {
  made: createShopKey(shop: $shop, admin: $admin) { shop { id name } key } }`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { currency: { type: 'string' }, admin: { type: 'boolean' } },
  });
  const [verb, name, ...rest] = positionals;
  if (verb === 'create' && name !== undefined && rest.length === 0 && !values.admin) {
    const wanted = { name, currency: values.currency ?? 'EUR' };
    const { shop, key } = await make(CREATE, wanted, (db) => openShop(db, wanted));
    console.log(`Opened the shop ${nameText(shop.name)} (${shop.id}).`);
    console.log(`Its admin key, shown only this once: ${key}`);
    return 0;
  }
  if (verb === 'key' && rest.length === 0 && values.currency === undefined) {
    const wanted = { shop: name ?? null, admin: values.admin ?? false };
    const { shop, key } = await make(KEY, wanted, (db) => makeShopKey(db, wanted));
    const kind = wanted.admin ? 'Admin' : 'Merchandiser';
    console.log(`${kind} key for the shop ${nameText(shop.name)} (${shop.id}), shown only this once: ${key}`);
    return 0;
  }
  if (verb === 'isolate' && name !== undefined && rest.length === 0) {
    await placeShop(databaseOf(), name);
    console.log('The shop has shards of its own.');
    return 0;
  }
  if (verb === 'move' && name !== undefined && rest.length === 1) {
    await placeShop(databaseOf(), name, rest[0]);
    console.log(`The shop is on ${rest[0]}.`);
    return 0;
  }
  console.error(USAGE);
  return 2;
}

function databaseOf(): string {
  const { databaseUrl } = loadConfig();
  if (!databaseUrl) throw new Error('Set DATABASE_URL to the coordinator of a distributed database.');
  return databaseUrl;
}

/** By the running server, which may have the only way to the database; else in the database itself. */
async function make(
  mutation: string,
  variables: object,
  here: (db: Database) => Promise<z.infer<typeof Made>>,
) {
  const config = loadConfig();
  const server = await findServer(config);
  if (server) return z.object({ made: Made }).parse(await askServer(server, mutation, variables)).made;
  const lock = await lockDataDir(config.dataDir);
  try {
    const db = await openDatabase(config);
    try {
      // The first shop is where those without a key are: it must not be a further one.
      await ensureDefaultShop(db, { demo: config.demo });
      return await here(db);
    } finally {
      await db.close();
    }
  } finally {
    await lock.release();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? visible(error.message) : error);
  return 1;
});
