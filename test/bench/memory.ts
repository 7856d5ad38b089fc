/** What the serving process holds: `npm start`'s own, with the embedded database, the pages and the model in it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PARSE =
  'mutation ($image: Upload!) { parsePhoto(image: $image) { id garments { id similarItems(first: 3) { edges { node { score } } } } } }';
const READY_SECONDS = 180;

export interface Memory {
  /** MiB after the last photo, and the most that it ever was. */
  readonly resident: number;
  readonly most: number;
  readonly pages: boolean;
}

/**
 * Starts the server on a data folder that an earlier start made (making the embedded database takes more memory than
 * serving from it), and sends it `photos` photos, four at a time. Null where /proc is not there.
 */
export async function measureMemory(
  photo: Uint8Array,
  model: string,
  photos: number,
): Promise<Memory | null> {
  if (!existsSync('/proc/self/status')) return null;
  const pages = existsSync('web/.next/BUILD_ID');
  const dataDir = await mkdtemp(join(tmpdir(), 'armoire-bench-'));
  try {
    await serve(photo, { model, photos: 0, pages, dataDir });
    return await serve(photo, { model, photos, pages, dataDir });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function serve(
  photo: Uint8Array,
  { model, photos, pages, dataDir }: { model: string; photos: number; pages: boolean; dataDir: string },
): Promise<Memory> {
  const { DATABASE_URL: _, ...rest } = process.env;
  const port = 20_000 + (process.pid % 20_000);
  const settings = { PORT: `${port}`, DATA_DIR: dataDir, MODEL_DIR: model, DEMO: 'off', LOG: 'error' };
  const env = { ...rest, ...settings, WEB: pages ? 'on' : 'off', PARSES_PER_MINUTE: '1000000' };
  const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  try {
    await whenReady(`${url}/healthz`);
    if (pages) await fetch(url);
    let left = photos;
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (left-- > 0) await send(`${url}/graphql`, photo);
      }),
    );
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    const mib = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    return { resident: mib('VmRSS'), most: mib('VmHWM'), pages };
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.kill('SIGTERM')) await ended;
  }
}

async function whenReady(url: string): Promise<void> {
  for (let second = 0; second < READY_SECONDS; second++) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await sleep(1000);
  }
  throw new Error(`the server was not ready within ${READY_SECONDS} seconds`);
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
