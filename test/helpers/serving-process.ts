import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endProcess } from './end-process.ts';
import { freePort } from './free-port.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_SECONDS = 120;

/** The server as it is run, in a process of its own, with the model and the embedded database and without pages. */
export interface ServingProcess {
  readonly url: string;
  readonly key: string;
  /** Sends a picture to parsePhoto, as a shopper of its own: one address may have few uploads open at a time. */
  parse(picture: Buffer): Promise<ParseAnswer>;
  /** Forgets the peak so far. */
  resetPeak(): void;
  /** The most memory that the process held since then, in MiB (the kernel's VmHWM). */
  peak(): number;
  running(): boolean;
  output(): string;
  stop(): Promise<void>;
}

export interface ParseAnswer {
  readonly status: number;
  /** Null where it was parsed. */
  readonly code: string | null;
  readonly message: string | null;
  readonly width: number | null;
}

export async function startServingProcess(env: Record<string, string> = {}): Promise<ServingProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'armoire-serving-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const output: string[] = [];
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: {
      ...rest,
      // As `npm start` has it.
      MALLOC_ARENA_MAX: '2',
      MALLOC_MMAP_THRESHOLD_: '4194304',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO: '0',
      WEB: '0',
      PARSES_PER_MINUTE: '1000000',
      TRUST_PROXY: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
  const stop = async () => {
    await endProcess(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  for (const started = Date.now(); ; await sleep(200)) {
    const ok = (await fetch(`${url}/healthz`).catch(() => null))?.ok;
    if (ok) break;
    if (child.exitCode !== null || Date.now() - started > READY_SECONDS * 1000) {
      await stop();
      throw new Error(`The server did not start. Its last words:\n${output.join('').slice(-3000)}`);
    }
  }
  let shoppers = 0;
  return {
    url,
    key: /Admin key, shown only this once: (\S+)/.exec(output.join(''))?.[1] ?? '',
    parse: (picture) => {
      shoppers += 1;
      return parse(url, picture, `10.0.${shoppers >> 8}.${shoppers & 255}`);
    },
    resetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    peak: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    running: () => child.exitCode === null && child.signalCode === null,
    output: () => output.join(''),
    stop,
  };
}

async function parse(url: string, picture: Buffer, address: string): Promise<ParseAnswer> {
  const form = new FormData();
  const query = 'mutation ($file: Upload!) { parsePhoto(image: $file) { width garments { id } } }';
  form.set('operations', JSON.stringify({ query, variables: { file: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.file'] }));
  form.set('0', new Blob([new Uint8Array(picture)]), 'picture');
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'apollo-require-preflight': 'true', 'x-forwarded-for': address },
    body: form,
  });
  const { data, errors } = (await response.json()) as {
    data?: { parsePhoto: { width: number } } | null;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return {
    status: response.status,
    code: errors?.[0]?.extensions.code ?? null,
    message: errors?.[0]?.message ?? null,
    width: data?.parsePhoto.width ?? null,
  };
}
