/** `npm run shop -- create NAME`: see USAGE. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { lockDataDir } from '../db/lock.ts';
import { openShop } from '../shops/create-shop.ts';
import { ensureDefaultShop } from '../shops/default-shop.ts';
import { askServer, findServer } from './server.ts';

const USAGE = `npm run shop -- create NAME [--currency EUR]

Opens a further shop in this installation and prints its admin key, once. It may run beside a running server.`;

const Created = z.object({
  createShop: z.object({ shop: z.object({ id: z.string(), name: z.string() }), key: z.string() }),
});
const CREATE = `mutation CreateShop($name: String!, $currency: String!) {
  createShop(name: $name, currency: $currency) { shop { id name } key } }`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { currency: { type: 'string', default: 'EUR' } },
  });
  const [verb, name, ...rest] = positionals;
  if (verb !== 'create' || name === undefined || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const { shop, key } = await create({ name, currency: values.currency });
  console.log(`Opened the shop ${shop.name} (${shop.id}).`);
  console.log(`Its admin key, shown only this once: ${key}`);
  return 0;
}

async function create(wanted: { name: string; currency: string }) {
  const config = loadConfig();
  const server = await findServer(config);
  if (server) return Created.parse(await askServer(server, CREATE, wanted)).createShop;
  const lock = await lockDataDir(config.dataDir);
  try {
    const db = await openDatabase(config);
    try {
      // The first shop is where those without a key are: it must not be this one.
      await ensureDefaultShop(db, { demo: config.demo });
      return await openShop(db, wanted);
    } finally {
      await db.close();
    }
  } finally {
    await lock.release();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
