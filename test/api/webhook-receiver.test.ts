import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SCHEDULE } from '../../server/webhooks/schedule.ts';
import { endProcess } from '../helpers/end-process.ts';
import { freePort } from '../helpers/free-port.ts';
import { makeTestServer, type TestServer } from '../helpers/server.ts';

/** The sample receiver of docs/webhooks.md, run as it stands there, and told by a real server. */

vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PATIENT = { timeout: 60_000 };

let server: TestServer;
let folder: string;
let receiver: ChildProcess;
let url: string;
let secret: string;
let endpointId: string;
let key: string;
let output = '';
const handled = () => output.split('\n').filter((line) => line.startsWith('Handled'));

beforeAll(async () => {
  const page = await readFile(join(ROOT, 'docs/webhooks.md'), 'utf8');
  const [, source] = /^```ts\n(\/\/ receiver\.ts\n.*?)^```/ms.exec(page)!;
  // Inside the repository, whose packages it imports.
  folder = await mkdtemp(join(ROOT, 'test', '.docs-'));
  await writeFile(join(folder, 'receiver.ts'), source!);
  const port = await freePort();
  url = `http://127.0.0.1:${port}/hooks`;
  server = await makeTestServer({
    webhooks: SCHEDULE,
    environment: { FETCH_ALLOW_HOSTS: `127.0.0.1:${port}` },
  });
  key = await server.makeKey('admin');
  const create = `mutation { createWebhook(webhook: { url: "${url}", events: [IMPORT_FINISHED] }) { secret endpoint { id } } }`;
  const { data } = await server.query(create, {}, { key });
  secret = data.createWebhook.secret;
  endpointId = data.createWebhook.endpoint.id;
  receiver = spawn(process.execPath, ['--import', 'tsx', join(folder, 'receiver.ts')], {
    cwd: ROOT,
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  receiver.stdout!.on('data', (chunk) => {
    output += chunk;
  });
  // It says that it waits.
  await once(receiver.stdout!, 'data');
});
afterAll(async () => {
  if (receiver) await endProcess(receiver);
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function send(body: string, by: string, at: Date, sent = body): Promise<number> {
  const id = 'msg_of-a-test';
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign(id, at, body),
  };
  return (await fetch(url, { method: 'POST', body: sent, headers })).status;
}

it('takes what the server sends', async () => {
  await server.query(`mutation { sendWebhookTest(endpointId: "${endpointId}") { id } }`, {}, { key });
  await expect.poll(handled, PATIENT).toEqual([`Handled webhook.test {"endpointId":"${endpointId}"}`]);
  const deliveries = `{ webhookDeliveries(endpointId: "${endpointId}") { edges { node { state answer } } } }`;
  await expect
    .poll(async () => (await server.query(deliveries, {}, { key })).data.webhookDeliveries.edges, PATIENT)
    .toEqual([{ node: { state: 'DELIVERED', answer: 'Thank you.' } }]);
});

it('refuses what is forged, changed or old, and handles nothing twice', async () => {
  const body = JSON.stringify({
    type: 'import.finished',
    timestamp: new Date().toISOString(),
    data: { n: 1 },
  });
  const before = handled().length;
  const now = new Date();
  const forged = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  expect(await send(body, forged, now)).toBe(401);
  expect(await send(body, secret, now, body.replace('1}', '2}'))).toBe(401);
  expect(await send(body, secret, new Date(Date.now() - 6 * 60_000))).toBe(401);
  expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
  expect((await fetch(url)).status).toBe(400);
  expect(handled().length).toBe(before);

  expect(await send(body, secret, now)).toBe(200);
  await expect.poll(() => handled().length, PATIENT).toBe(before + 1);
  // Captured and sent once more.
  expect(await send(body, secret, now)).toBe(200);
  expect(await send(body, secret, new Date())).toBe(200);
  expect(handled().length).toBe(before + 1);
});
