import pg from 'pg';
import { isCitusLoaded } from '../citus.sql.ts';
import { isUuid } from '../database.ts';
import { listLocalTables } from './catalog.sql.ts';
import { parseNode } from './nodes.ts';
import { findPlace, isolate, listNodes, move } from './shop-place.sql.ts';

/** Gives a shop shards of its own, and moves them to a node (HOST:PORT) if one is named. Servers may be running. */
export async function placeShop(databaseUrl: string, shopId: string, to?: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'armoire shop' });
  await client.connect();
  try {
    const isDistributed = (await isCitusLoaded(client)) && (await listLocalTables(client)).length === 0;
    if (!isDistributed) throw new Error('This database is not distributed: see npm run distribute.');
    if (!isUuid(shopId)) throw new Error(`${shopId} is not the id of a shop.`);
    const { rowCount } = await client.query('select from shops where id = $1', [shopId]);
    if (rowCount === 0) throw new Error(`There is no shop ${shopId}.`);
    const nodes = await listNodes(client);
    const wanted = to === undefined ? null : parseNode(to);
    const node = nodes.find(({ host, port }) => host === wanted?.host && port === wanted?.port);
    if (to !== undefined && !node) {
      const known = nodes.map(({ host, port }) => `${host}:${port}`).join(', ');
      throw new Error(`${to} is not one of the nodes: ${known}.`);
    }
    await client.query('set citus.enable_unsafe_triggers = on');
    if (!(await findPlace(client, shopId)).isAlone) await isolate(client, shopId);
    const place = await findPlace(client, shopId);
    if (node && (place.host !== node.host || place.port !== node.port)) await move(client, place, node);
  } finally {
    await client.end();
  }
}
