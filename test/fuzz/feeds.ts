import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { makeItem, makeShop } from '../helpers/factories.ts';
import { drawPicture } from '../helpers/pictures.ts';
import type { TestServer } from '../helpers/server.ts';
import { type Campaign, Tally, UNLIMITED } from './campaign.ts';
import { makeFeeds } from './malformed-feed.ts';

/** Shops that import side by side. */
const LANES = 4;
const KEPT = Array.from({ length: 12 }, (_, i) => `kept-${i}`);
/** What has not ended by then is stuck: a passing fault is tried again within less. */
const STUCK_MS = 120_000;
/** What a message to a merchandiser never has in it. */
const INTERNALS =
  /\.ts:\d|node_modules|TypeError|\bat \w+ \(|\[object|undefined|violates|syntax error|relation "|\bpg_/;

const JOB = `query ($id: ID!) { importJob(id: $id) { state failure rowsTotal rowsRejected rowsUnchanged itemsReady
  itemsFailed itemsCancelled itemsPending itemsDeleted errors(first: 100, severity: ERROR) { row code reason } errorsUrl } }`;

interface Job {
  readonly state: 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';
  readonly failure: string | null;
  readonly rowsTotal: number;
  readonly rowsRejected: number;
  readonly rowsUnchanged: number;
  readonly itemsReady: number;
  readonly itemsFailed: number;
  readonly itemsCancelled: number;
  readonly itemsPending: number;
  readonly itemsDeleted: number;
  readonly errors: readonly { row: number; code: string; reason: string }[];
  readonly errorsUrl: string;
}

/** Malformed feeds into shops that have items: each import ends, says why it failed, and loses no item. */
export const malformedFeeds: Campaign = async ({ seed, count, openServer }) => {
  const picture = await drawPicture();
  const pictures = createServer((_, response) => response.end(picture)).listen(0, '127.0.0.1');
  await new Promise((resolve) => pictures.once('listening', resolve));
  const host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  const server = await openServer({ worker: true, environment: { ...UNLIMITED, FETCH_ALLOW_HOSTS: host } });
  const tally = new Tally();
  // What is to be tried again is due at once: the pauses between tries are not the point here.
  const hurrying = setInterval(() => {
    const hurry = `update pgboss.job set start_after = now() where state = 'retry' and start_after > now()`;
    server.db.asOwner((tx) => tx.query(hurry)).catch(() => undefined);
  }, 500);
  try {
    const makeFeed = makeFeeds(seed, { host, picture, ids: KEPT });
    let next = 0;
    const keys: string[] = [];
    for (let n = 0; n < LANES; n++)
      keys.push(await server.makeKey('merchandiser', await fill(server, picture)));
    await Promise.all(
      keys.map(async (key) => {
        while (next < count) {
          const index = next++;
          const { name, bytes, made } = await makeFeed(index);
          // A damaged feed may delete what it does not name, if it can be read: that is what it is asked to do.
          const mode = index % 4 === 3 ? 'REPLACE' : 'UPSERT';
          const faults = await tryImport(server, tally, { key, name, bytes, mode });
          for (const fault of faults) tally.find(fault, { seed, index, mode, made });
        }
      }),
    );
    return tally;
  } finally {
    clearInterval(hurrying);
    await server.close();
    pictures.close();
  }
};

async function fill(server: TestServer, picture: Buffer): Promise<string> {
  const shopId = await makeShop(server.db);
  const sha256 = await server.services.images.put(await sharp(picture).webp().toBuffer());
  for (const id of KEPT) await makeItem(server.db, shopId, { id, sha256 });
  return shopId;
}

async function tryImport(
  server: TestServer,
  tally: Tally,
  sent: { key: string; name: string; bytes: Buffer; mode: 'UPSERT' | 'REPLACE' },
): Promise<string[]> {
  const { key, name, bytes, mode } = sent;
  const before = await itemIds(server, key);
  const query = `mutation ($file: Upload!) { importCatalogue(feed: $file, mode: ${mode}) { id } }`;
  const { data, errors } = await server.upload(query, bytes, { key, name });
  const faults = server.logged.splice(0).map((error) => `Logged: ${error}`);
  if (errors) {
    const code = String(errors[0]!.extensions.code);
    tally.count(code);
    if (code === 'INTERNAL_SERVER_ERROR') faults.push(errors[0]!.message);
    return faults;
  }
  const job = await ended(server, key, data.importCatalogue.id);
  if (!job) {
    tally.count('stuck');
    return [...faults, `The import has not ended within ${STUCK_MS / 1000} s.`];
  }
  tally.count(job.state);
  faults.push(...untruthsOf(job));
  const after = new Set(await itemIds(server, key));
  const lost = before.filter((id) => !after.has(id));
  if (lost.length !== job.itemsDeleted) faults.push(`Lost ${lost}, and says ${job.itemsDeleted}.`);
  if (mode === 'UPSERT' && lost.length > 0) faults.push(`An upsert deleted ${lost}.`);
  if (job.state === 'FAILED' && lost.length > 0) faults.push(`A failed import deleted ${lost}.`);
  const list = await fetch(new URL(job.errorsUrl, server.url));
  if (list.status !== 200) faults.push(`errors.csv answers ${list.status}.`);
  await list.text();
  return [...faults, ...server.logged.splice(0).map((error) => `Logged: ${error}`)];
}

/** Null where it does not end. */
async function ended(server: TestServer, key: string, id: string): Promise<Job | null> {
  for (const start = Date.now(); Date.now() - start < STUCK_MS; await sleep(200)) {
    const { data } = await server.query(JOB, { id }, { key });
    const job = data.importJob as Job;
    if (job.state !== 'RUNNING' && job.itemsPending === 0) return job;
  }
  return null;
}

function untruthsOf(job: Job): string[] {
  const faults: string[] = [];
  const { rowsTotal, rowsRejected, rowsUnchanged, itemsReady, itemsFailed, itemsCancelled } = job;
  const accounted = rowsRejected + rowsUnchanged + itemsReady + itemsFailed + itemsCancelled;
  if (job.state === 'DONE' && accounted !== rowsTotal)
    faults.push(`${accounted} of ${rowsTotal} rows are told of.`);
  if (job.state === 'DONE' && job.failure !== null) faults.push('It is done, with a failure.');
  if (job.state === 'FAILED' && !job.failure) faults.push('It failed without a reason.');
  const told = job.errors.length === 100 || job.errors.length === rowsRejected + itemsFailed;
  if (job.state === 'DONE' && !told) faults.push(`It has ${job.errors.length} errors.`);
  for (const text of [job.failure ?? '', ...job.errors.map(({ reason }) => reason)]) {
    if (INTERNALS.test(text)) faults.push(`It says: ${text}`);
  }
  return faults.length > 0 ? [`${faults.join(' ')} ${JSON.stringify({ ...job, errorsUrl: '' })}`] : [];
}

async function itemIds(server: TestServer, key: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const query =
      'query ($after: String) { items(first: 100, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } }';
    const { data } = await server.query(query, { after }, { key });
    ids.push(...data.items.edges.map(({ node }: { node: { id: string } }) => node.id));
    if (!data.items.pageInfo.hasNextPage) return ids;
    after = data.items.pageInfo.endCursor;
  }
}
