import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { SERVER, type Started, startProcess } from '../helpers/process.ts';

const SHOP = ['npm', 'run', '--silent', 'shop', '--'];

let dataDir: string;
let port: number;
let server: Started | undefined;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'armoire-first-key-'));
  port = await freePort();
});
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await server?.ended();
  await rm(dataDir, { recursive: true, force: true });
});

async function run(command: readonly string[]): Promise<string> {
  const started = startProcess(command, dataDir);
  expect(await started.ended(), started.output()).toBe(0);
  return started.output();
}

async function roleOf(key: string): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { role } }' }),
  });
  return ((await response.json()) as { data?: { viewer: { role: string } } }).data?.viewer.role;
}

const keyIn = (text: string) => /shown only this once: (arm_[\w-]{43})/.exec(text)?.[1] ?? '';

describe('a first start on a port that is in use', () => {
  let shown: string;

  it('shows the admin key all the same', async () => {
    const other: Server = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const failing = startProcess(SERVER, dataDir, { PORT: String(port) });
    expect(await failing.ended()).toBe(1);
    other.close();
    expect(failing.output()).toContain(`Port ${port} is in use`);
    shown = keyIn(failing.output());
    expect(shown).not.toBe('');
  });

  it('leaves a key that the next start takes, and one that a command makes without a server', async () => {
    const made = keyIn(await run([...SHOP, 'key', '--admin']));
    server = startProcess(SERVER, dataDir, { PORT: String(port) });
    await server.said(/Armoire is ready/);
    expect(keyIn(server.output())).toBe('');
    expect(await roleOf(shown)).toBe('ADMIN');
    expect(await roleOf(made)).toBe('ADMIN');
  });

  it('makes a key beside the running server too, also of a further shop', async () => {
    expect(await roleOf(keyIn(await run([...SHOP, 'key'])))).toBe('MERCHANDISER');
    await run([...SHOP, 'create', 'Outlet']);
    expect(await roleOf(keyIn(await run([...SHOP, 'key', 'Outlet', '--admin'])))).toBe('ADMIN');
  });
});
