/** The server as `npm start` runs it, for benches that watch its process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PARSE =
  'mutation ($image: Upload!) { parsePhoto(image: $image) { id garments { id mask cropUrl similarItems(first: 10) { edges { node { score item { title } } } } } } }';

export interface Serving {
  readonly items: number;
  readonly model: string;
  readonly dataDir: string;
  /** Empty for the embedded database. */
  readonly database: string;
  readonly port: number;
  readonly pages: boolean;
}

/** The command of `npm start`, which says what the server's process is started with. */
export function start({ model, items, dataDir, database, port, pages }: Serving): ChildProcess {
  const { start: command } = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
  const env = {
    ...process.env,
    PATH: `${join(process.cwd(), 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
    PORT: `${port}`,
    DATA_DIR: dataDir,
    DATABASE_URL: database,
    MODEL_DIR: model,
    DEMO_ITEMS: `${items}`,
    WEB: pages ? 'on' : 'off',
    LOG: 'error',
    PARSES_PER_MINUTE: '1000000',
  };
  return spawn(command, { env, stdio: ['ignore', 'ignore', 'inherit'], shell: true });
}

/** Looks at the process that has taken the data folder, and at those it started. */
export function watchServer(dataDir: string) {
  let pid = 0;
  let together = 0;
  const timer = setInterval(() => {
    pid ||= ownerOf(dataDir);
    if (pid)
      together = Math.max(
        together,
        treeOf(pid).reduce((sum, one) => sum + mib(one, 'VmRSS'), 0),
      );
  }, 100);
  const cell = (value: number) => value.toFixed(0).padStart(12);
  return {
    pid: () => pid,
    cells: () => `${cell(mib(pid, 'VmRSS'))}${cell(mib(pid, 'VmHWM'))}${cell(together)}`,
    now: () => mib(pid, 'VmRSS'),
    most: () => Math.max(mib(pid, 'VmHWM'), together),
    end: () => clearInterval(timer),
  };
}

function ownerOf(dataDir: string): number {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')).pid;
  } catch {
    return 0;
  }
}

function treeOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
  } catch {
    return [];
  }
}

/** 0 where the process is gone. */
function mib(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export async function end(started: ChildProcess, pid: number): Promise<void> {
  const ended = new Promise((resolve) => started.once('exit', resolve));
  if (pid) process.kill(pid, 'SIGTERM');
  else started.kill();
  if (started.exitCode === null) await ended;
}

export async function until(seconds: number, done: () => Promise<boolean | undefined>): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    if (await done()) return;
    await sleep(1000);
  }
  throw new Error(`not done within ${seconds} seconds`);
}

export async function itemsIn(url: string): Promise<number> {
  const body = JSON.stringify({ query: '{ shop { itemCount } }' });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return ((await response.json()) as { data: { shop: { itemCount: number } } }).data.shop.itemCount;
}

export async function send(url: string, photo: Uint8Array): Promise<void> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: PARSE, variables: { image: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.image'] }));
  form.set('0', new Blob([new Uint8Array(photo)]), 'photo.jpg');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'apollo-require-preflight': 'true' },
    body: form,
  });
  const { errors } = (await response.json()) as { errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]!.message);
}
