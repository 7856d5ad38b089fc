import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDir } from '../../server/db/lock.ts';
import { freePort } from '../helpers/free-port.ts';
import { imageCommand } from '../helpers/images.ts';
import { isAlive, SERVER, type Started, serverPid, startProcess, until } from '../helpers/process.ts';

const SCENE = readFileSync(new URL('../../web/public/scenes/scene-1.webp', import.meta.url));
const PHOTOS = 12;

/** One for all: a database that is there already halves the time of a start, however the one before it ended. */
let dataDir: string;
let port: number;
let started: Started | undefined;
let pid: number | undefined;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'armoire-stop-'));
});
beforeEach(async () => {
  port = await freePort();
});
afterEach(async () => {
  for (const one of [started?.child.pid, pid]) if (one && isAlive(one)) process.kill(one, 'SIGKILL');
  await started?.ended();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function start(command: readonly string[], environment: Record<string, string> = {}): Promise<Started> {
  started = startProcess(command, dataDir, {
    PORT: String(port),
    PARSES_PER_MINUTE: '1000',
    ...environment,
  });
  await started.said(/Armoire is ready/);
  pid = serverPid(dataDir);
  return started;
}

/** The server has ended: nothing listens on its port, and its data folder can be taken. */
async function expectAllFree(): Promise<void> {
  await until('the server has ended', () => !isAlive(pid!));
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  await (await lockDataDir(dataDir)).release();
}

interface Parse {
  /** The server has begun with the request. */
  readonly begun: Promise<unknown>;
  readonly answer: Promise<{ status: number | undefined; garments: number }>;
}

/** One address may have few uploads open at a time, so each parse comes from an address of its own. */
async function parse(n: number): Promise<Parse> {
  const form = new FormData();
  const query = 'mutation ($image: Upload!) { parsePhoto(image: $image) { garments { id } } }';
  form.set('operations', JSON.stringify({ query, variables: { image: null } }));
  form.set('map', '{"0":["variables.image"]}');
  form.set('0', new Blob([SCENE]), 'scene.webp');
  const body = new Response(form);
  const sent = request({
    port,
    localAddress: `127.0.0.${n + 2}`,
    path: '/graphql',
    method: 'POST',
    headers: {
      'apollo-require-preflight': 'true',
      'content-type': body.headers.get('content-type')!,
      expect: '100-continue',
    },
  });
  sent.flushHeaders();
  const begun = once(sent, 'continue').then(async () => sent.end(Buffer.from(await body.arrayBuffer())));
  const answer = once(sent, 'response').then(async ([response]: IncomingMessage[]) => {
    const { data } = JSON.parse(await text(response!));
    return { status: response!.statusCode, garments: data?.parsePhoto.garments.length ?? 0 };
  });
  return { begun, answer };
}

describe('npm start', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('ends the server at %s to npm', async (signal) => {
    const npm = await start(['npm', 'start']);
    expect(pid).not.toBe(npm.child.pid);
    npm.child.kill(signal);
    await npm.ended();
    await expectAllFree();
  });

  it('ends the server when the process between npm and it is killed', async () => {
    const launcher = await start([process.execPath, 'server/cli/start.mjs']);
    launcher.child.kill('SIGKILL');
    await launcher.ended();
    await expectAllFree();
  });

  it('ends with the server, which ends itself when it hangs', async () => {
    const hang = "process.on('SIGUSR2', () => { for (;;); })";
    const npm = await start(['npm', 'start'], {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hang)}`,
      WATCHDOG_SECONDS: '10',
    });
    process.kill(pid!, 'SIGUSR2');
    expect(await npm.ended()).not.toBe(0);
    expect(npm.output()).toMatch(/has not responded for 1\d seconds .* No long work was in hand\./);
    await expectAllFree();
  });
});

describe('a server', () => {
  it('ends the parses that are under way', async () => {
    const server = await start(SERVER);
    const parses = await Promise.all(Array.from({ length: PHOTOS }, (_, n) => parse(n)));
    await Promise.all(parses.map(({ begun }) => begun));
    server.child.kill('SIGTERM');
    // What a terminal and npm each pass on is one stop.
    await pause(200);
    server.child.kill('SIGTERM');
    const [first, ...others] = await Promise.all(parses.map(({ answer }) => answer));
    expect(first!.status).toBe(200);
    expect(first!.garments).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
    expect(await server.ended()).toBe(0);
  });

  it('stops also while it starts', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'armoire-stop-'));
    started = startProcess(SERVER, fresh, { PORT: String(port) });
    await started.said(/Admin key/);
    started.child.kill('SIGTERM');
    expect(await started.ended()).toBe(0);
    await rm(fresh, { recursive: true, force: true });
  });

  it.each(['server', 'server-gpu', 'web'])('is process 1 of the image %s, to which signals go', (stage) => {
    expect(imageCommand(stage).slice(0, 3)).toEqual([process.execPath, '--import', 'tsx']);
  });
});
