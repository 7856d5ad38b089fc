import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endProcess } from '../helpers/end-process.ts';
import { freePort } from '../helpers/free-port.ts';
import { composeProxies, imageCommand } from '../helpers/images.ts';

export interface RunningServer {
  url: string;
  /** The admin key that the first start shows. */
  key: string;
  /** What it has printed so far, in pieces. */
  output: readonly string[];
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_WITHIN_MS = 240_000;
/** Two more than a page of the grids holds, so that "Load more" has something to load. */
const DEMO_ITEMS = 26;

interface ServerOptions {
  items?: number;
  env?: Record<string, string>;
  /** Whether pages and API run in two processes, as docker-compose.yml has them. */
  apart?: boolean;
  /** How long the demo items may take to be parsed. */
  readyWithinMs?: number;
}

/** The product as `npm start` runs it, with its own data folder and port, once every demo item is parsed. */
export async function startServer({
  items = DEMO_ITEMS,
  env = {},
  apart = false,
  readyWithinMs = READY_WITHIN_MS,
}: ServerOptions = {}): Promise<RunningServer> {
  if (!existsSync(join(ROOT, 'web/.next/BUILD_ID'))) {
    throw new Error('The pages are not built: run npx next build web, or npm test, which does.');
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'armoire-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output: string[] = [];
  const start = ([program, ...args]: string[], own: Record<string, string>) => {
    const one = spawn(program!, args, {
      cwd: ROOT,
      env: {
        ...withoutDatabase(process.env),
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        NEXT_TELEMETRY_DISABLED: '1',
        ...own,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [one.stdout, one.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
    return one;
  };
  const apiPort = apart ? await freePort() : port;
  const child = start(imageCommand('server'), {
    PORT: String(apiPort),
    DATA_DIR: dataDir,
    DEMO_ITEMS: String(items),
    // Where the tests serve pictures with an address.
    FETCH_ALLOW_HOSTS: '127.0.0.1',
    ...(apart ? { WEB: 'off', TRUST_PROXY: composeProxies() } : {}),
    ...env,
  });
  const front = apart
    ? start(imageCommand('web'), { PORT: String(port), API_ORIGIN: `http://127.0.0.1:${apiPort}` })
    : undefined;

  const stop = async () => {
    if (front) await endProcess(front);
    await endProcess(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await whenReady(url, child, items, readyWithinMs);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message} The server's last words:\n${output.join('').slice(-3000)}`);
  }
  const key = /Admin key, shown only this once: (\S+)/.exec(output.join(''))?.[1];
  if (!key) throw new Error('The first start showed no admin key.');
  return { url, key, output, stop };
}

/** The suite never touches a database that the environment happens to name. */
function withoutDatabase({ DATABASE_URL: _, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return rest;
}

async function whenReady(url: string, child: ChildProcess, items: number, withinMs: number): Promise<void> {
  const query = JSON.stringify({ query: '{ shop { itemCount pendingCount } }' });
  const headers = { 'content-type': 'application/json' };
  for (const started = Date.now(); Date.now() - started < withinMs; await sleep(500)) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}.`);
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: query }).catch(
      () => null,
    );
    const body = (await response?.json().catch(() => null)) as ShopAnswer | null;
    const shop = body?.data?.shop;
    if (shop && shop.itemCount >= items && shop.pendingCount === 0) return;
  }
  throw new Error(`The demo shop was not ready within ${withinMs / 1000} s.`);
}

interface ShopAnswer {
  data?: { shop?: { itemCount: number; pendingCount: number } };
}
