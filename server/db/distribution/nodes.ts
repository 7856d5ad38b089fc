import pg from 'pg';

/** Where a PostgreSQL with Citus listens. */
export interface Node {
  readonly host: string;
  readonly port: number;
}

/** Reads HOST:PORT; the port is 5432 where it is left out. Null for anything else. */
export function parseNode(text: string): Node | null {
  const found = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(text);
  return found ? { host: found[1]!, port: Number(found[2] ?? 5432) } : null;
}

/**
 * Makes the database, the extensions and the limited role on every node, and the workers known to the coordinator. What
 * is there already stays. User, password and database are those of `databaseUrl` on all nodes.
 */
export async function prepareNodes(
  coordinator: pg.Client,
  databaseUrl: string,
  workers: readonly Node[],
): Promise<void> {
  const own = new URL(databaseUrl);
  const database = decodeURIComponent(own.pathname.slice(1));
  for (const worker of workers) await createDatabase(databaseUrl, worker, database);
  const prepare = (client: pg.Client) => prepareNode(client, decodeURIComponent(own.password));
  for (const worker of workers) await withClient(at(databaseUrl, worker, database), prepare);
  await prepare(coordinator);
  const { rows: known } = await coordinator.query<Node>(
    `select nodename as host, nodeport as port from pg_dist_node where noderole = 'primary'`,
  );
  const isKnown = ({ host, port }: Node) => known.some((node) => node.host === host && node.port === port);
  if (known.length === 0) {
    await coordinator.query('select citus_set_coordinator_host($1, $2)', [
      own.hostname,
      Number(own.port || 5432),
    ]);
  }
  for (const worker of workers) {
    if (!isKnown(worker))
      await coordinator.query('select citus_add_node($1, $2)', [worker.host, worker.port]);
  }
}

async function createDatabase(databaseUrl: string, worker: Node, name: string): Promise<void> {
  await withClient(at(databaseUrl, worker, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/** Off, a statement is of the node where it runs alone. */
const ALONE = [
  'citus.enable_ddl_propagation',
  'citus.enable_create_role_propagation',
  'citus.enable_alter_role_propagation',
];

/** Citus goes to a worker as the user of the statement, so the limited role has to be let in there, by the same password. */
async function prepareNode(client: pg.Client, password: string): Promise<void> {
  // Each node by itself: the role is of the cluster, and another database may have made it.
  for (const setting of ALONE) await client.query(`set ${setting} = off`);
  await client.query('create extension if not exists vector');
  await client.query('create extension if not exists citus');
  await client.query(`do $$
    begin
      if not exists (select from pg_roles where rolname = 'armoire_shop') then create role armoire_shop; end if;
    end
    $$`);
  const secret = password === '' ? '' : `password ${client.escapeLiteral(password)}`;
  await client.query(`alter role armoire_shop login ${secret}`);
  await client.query(
    `do $$ begin execute format('alter database %I set citus.enable_unsafe_triggers = on', current_database()); end $$`,
  );
  for (const setting of ALONE) await client.query(`reset ${setting}`);
}

function at(databaseUrl: string, { host, port }: Node, database: string): string {
  const url = new URL(databaseUrl);
  url.hostname = host;
  url.port = String(port);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

async function withClient(
  connectionString: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
