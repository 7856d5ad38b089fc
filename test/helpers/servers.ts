import pg from 'pg';
import type { Node } from '../../server/db/distribution/nodes.ts';

/** The server of this project's tests. */
const ownServer = () => process.env.TEST_DATABASE_URL ?? '';

/** The address of a database on a server. */
export function urlOf(database: string, server = ownServer()): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Whether this project's databases are distributed. */
export const isDistributed = process.env.TEST_DISTRIBUTED === 'yes';

/** The workers of a coordinator. */
export async function listWorkers(server: string): Promise<Node[]> {
  return connected(server, async (client) => {
    const { rows } = await client.query<Node>(
      'select nodename as host, nodeport as port from pg_dist_node where groupid <> 0 order by nodeid',
    );
    return rows;
  });
}

/** One statement as the server's own user, outside of any test's database; on its workers too. */
export async function administer(
  statement: string,
  { server = ownServer(), nodes }: { server?: string; nodes?: readonly Node[] } = {},
): Promise<void> {
  for (const { host, port } of nodes ?? (isDistributed ? await listWorkers(server) : [])) {
    const url = new URL(server);
    url.hostname = host;
    url.port = String(port);
    await connected(url.href, (client) => client.query(statement));
  }
  await connected(server, (client) => client.query(statement));
}

async function connected<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
