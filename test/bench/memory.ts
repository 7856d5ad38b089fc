/**
 * What the serving process holds, from its first start on: `npm start`'s own command, with the pages, the model and the
 * embedded database (or the empty PostgreSQL that `--database` names), while the demo shop is imported and searched.
 *
 *   npm run bench -- memory [--photo FILE] [--photos N] [--items N] [--model DIR] [--database URL]
 *
 * `most` is the kernel's own record (VmHWM) of the serving process; `with others` the most that it and the processes it
 * started held together, looked at ten times a second. Ends with code 1 where either is over 1 GiB.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { drawPhoto } from './photo.ts';

const PARSE =
  'mutation ($image: Upload!) { parsePhoto(image: $image) { id garments { id mask cropUrl similarItems(first: 10) { edges { node { score item { title } } } } } } }';
const PAGES = ['/', '/items', '/manage'];
const READY_SECONDS = 180;
const IMPORT_SECONDS = 900;
const LIMIT_MIB = 1024;

interface Setting {
  readonly photo: Uint8Array;
  readonly photos: number;
  readonly items: number;
  readonly model: string;
  readonly dataDir: string;
  readonly database: string;
}

export async function memory(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      photo: { type: 'string' },
      photos: { type: 'string', default: '24' },
      items: { type: 'string', default: '220' },
      model: { type: 'string', default: 'model/weights' },
      database: { type: 'string', default: '' },
    },
  });
  if (!existsSync('/proc/self/status')) throw new Error('This bench reads /proc, which is not here.');
  if (!existsSync('web/.next/BUILD_ID'))
    console.log('The pages are not built (npm start does it): without them.');
  const setting: Setting = {
    photo: values.photo === undefined ? await drawPhoto() : await readFile(values.photo),
    photos: Number(values.photos),
    items: Number(values.items),
    model: values.model,
    dataDir: await mkdtemp(join(tmpdir(), 'armoire-bench-')),
    database: values.database,
  };
  try {
    const database = setting.database ? 'PostgreSQL' : 'embedded database';
    console.log(`MiB of the serving process (${database})\n`);
    console.log(
      `${''.padEnd(44)}${['now', 'most', 'with others'].map((name) => name.padStart(12)).join('')}`,
    );
    const most = Math.max(await serve('first start', setting), await serve('second start', setting));
    console.log(`\nat most ${most.toFixed(0)} MiB of ${LIMIT_MIB}`);
    if (most > LIMIT_MIB) process.exitCode = 1;
  } finally {
    await rm(setting.dataDir, { recursive: true, force: true });
  }
}

/** One start, from nothing to the last photo; the most it held. */
async function serve(name: string, setting: Setting): Promise<number> {
  const port = 20_000 + (process.pid % 20_000);
  const url = `http://127.0.0.1:${port}`;
  const pages = existsSync('web/.next/BUILD_ID');
  const started = start(setting, port, pages);
  const watch = watchServer(setting.dataDir);
  const say = (what: string) => console.log(`${`${name}, ${what}`.padEnd(44)}${watch.cells()}`);
  try {
    await until(READY_SECONDS, async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok);
    say('ready');
    if (pages) for (const page of PAGES) await (await fetch(`${url}${page}`)).text();
    await until(IMPORT_SECONDS, async () => (await itemsIn(url)) >= setting.items);
    say(`shop of ${setting.items} items`);
    let left = setting.photos;
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (left-- > 0) await send(`${url}/graphql`, setting.photo);
      }),
    );
    say(`${setting.photos} photos, four at a time`);
    return watch.most();
  } finally {
    watch.end();
    await end(started, watch.pid());
  }
}

/** The command of `npm start`, which says what the server's process is started with. */
function start({ model, items, dataDir, database }: Setting, port: number, pages: boolean): ChildProcess {
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
function watchServer(dataDir: string) {
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

async function end(started: ChildProcess, pid: number): Promise<void> {
  const ended = new Promise((resolve) => started.once('exit', resolve));
  if (pid) process.kill(pid, 'SIGTERM');
  else started.kill();
  if (started.exitCode === null) await ended;
}

async function until(seconds: number, done: () => Promise<boolean | undefined>): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    if (await done()) return;
    await sleep(1000);
  }
  throw new Error(`not done within ${seconds} seconds`);
}

async function itemsIn(url: string): Promise<number> {
  const body = JSON.stringify({ query: '{ shop { itemCount } }' });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return ((await response.json()) as { data: { shop: { itemCount: number } } }).data.shop.itemCount;
}

async function send(url: string, photo: Uint8Array): Promise<void> {
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
