import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { composeProxies, imageCommand } from '../helpers/images.ts';
import { sendStart } from '../helpers/multipart.ts';
import { type Started, startProcess } from '../helpers/process.ts';
import type { Answer } from '../helpers/server.ts';
import { zipOf } from '../helpers/zip.ts';

/** Pages and API as docker-compose.yml starts them: two processes, of which clients reach only the pages'. */
let dataDir: string;
let server: Started;
let front: Started;
let url: string;
let apiUrl: string;
let key: string;

const MEBIBYTE = 1024 * 1024;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'armoire-apart-'));
  const [apiPort, port] = [await freePort(), await freePort()];
  [apiUrl, url] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${port}`];
  server = startProcess(imageCommand('server'), dataDir, {
    PORT: String(apiPort),
    TRUST_PROXY: composeProxies(),
    QUERY_COST_PER_MINUTE: '1000',
  });
  front = startProcess(imageCommand('web'), dataDir, {
    API_ORIGIN: apiUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
  });
  await Promise.all([server.said(/Armoire is ready/), front.said(/pages are ready/)]);
  key = (await server.said(/shown only this once: (\S+)/))[1]!;
});
afterAll(async () => {
  for (const one of [front, server]) {
    one?.child.kill('SIGKILL');
    await one?.ended();
  }
  await rm(dataDir, { recursive: true, force: true });
});

async function upload(query: string, file: Buffer, name: string, base = url) {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { file: null } }));
  form.set('map', '{"0":["variables.file"]}');
  form.set('0', new Blob([new Uint8Array(file)]), name);
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    body: form,
    headers: { 'apollo-require-preflight': 'true', authorization: `Bearer ${key}` },
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

async function ask(query: string, variables: object = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as Answer).data;
}

const PARSE = 'mutation ($file: Upload!) { parsePhoto(image: $file) { id width height } }';
const IMPORT = 'mutation ($file: Upload!) { importCatalogue(feed: $file) { id } }';
const JOB = 'query ($id: ID!) { importJob(id: $id) { state rowsTotal rowsRejected errorsUrl } }';

/** A photo that compression leaves as large as it is. */
const noise = (side: number) =>
  sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();

async function importFeed(feed: Buffer) {
  const { data, errors } = await upload(IMPORT, feed, 'feed.zip');
  expect(errors).toBeUndefined();
  const job = async () => (await ask(JOB, data.importCatalogue)).importJob;
  await expect.poll(async () => (await job()).state, { timeout: 60_000 }).toBe('DONE');
  return job();
}

describe('pages and API in two processes', () => {
  it('take a photo of nearly 20 MB, and refuse a larger one in the words of the API', async () => {
    const photo = await noise(2560);
    expect(photo.length).toBeGreaterThan(18 * MEBIBYTE);
    expect(await upload(PARSE, photo, 'photo.png')).toMatchObject({ status: 200, data: { parsePhoto: {} } });
    const larger = Buffer.concat([await noise(2660), randomBytes(MEBIBYTE)]);
    const direct = await upload(PARSE, larger, 'photo.png', apiUrl);
    const refused = await upload(PARSE, larger, 'photo.png');
    expect(direct.errors?.[0]?.extensions.code).toBeDefined();
    expect([refused.status, refused.errors?.[0]?.extensions]).toEqual([
      direct.status,
      direct.errors?.[0]?.extensions,
    ]);
  });

  it('take a feed of 96 MB without keeping it in the memory of the pages', async () => {
    const before = peak(front);
    const feed = await zipOf({
      'feed.csv': 'id,title,image_link\na,,none.png\n',
      'noise.png': randomBytes(96 * MEBIBYTE),
    });
    expect(await importFeed(feed)).toMatchObject({ rowsTotal: 1, rowsRejected: 1 });
    expect(peak(front) - before).toBeLessThan(48 * MEBIBYTE);
  });

  it('serve the list of what an import left out', async () => {
    const { errorsUrl } = await importFeed(await zipOf({ 'feed.csv': 'id,title,image_link\na,,none.png\n' }));
    const response = await fetch(new URL(errorsUrl, url));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('title is missing');
  });

  it('know each client by its address, whatever it says of itself', async () => {
    const from = async (localAddress: string, forwarded?: string) => {
      const { statusCode, body } = await request(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
        },
        // Four fifths of what an address may ask in a minute.
        body: JSON.stringify({ query: '{ a: shop { brands colors } b: shop { brands colors } }' }),
        dispatcher: new Agent({ localAddress }),
      });
      await body.dump();
      return statusCode;
    };
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push(await from('127.0.0.2', `10.0.0.${i}`));
    expect(statuses).toEqual([200, 429, 429]);
    expect(await from('127.0.0.3')).toBe(200);
  });

  it('make one client’s pages wait for each other, not for those of others', async () => {
    const page = async (localAddress: string) => {
      const dispatcher = new Agent({ localAddress });
      const { statusCode, body } = await request(`${url}/items`, { dispatcher });
      await body.dump();
      return statusCode;
    };
    // Beyond what it may ask in a minute, so that its page takes no longer than theirs.
    for (let i = 0; i < 5; i++) await page('127.0.0.5');
    let done = 0;
    const many = Array.from({ length: 200 }, () => page('127.0.0.4').then(() => done++));
    // By then all have arrived.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await page('127.0.0.5')).toBe(200);
    // In one line with theirs, it would be the last.
    expect(done).toBeLessThan(200);
    await Promise.all(many);
    expect(done).toBe(200);
  });

  it('answer who speaks HTTP/1.0, as health checks do', async () => {
    expect(await sendStart(url, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
  });

  it('answer whoever announces trailers', async () => {
    const asked = 'GET /healthz HTTP/1.1\r\nHost: x\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n';
    expect(await sendStart(url, asked)).toMatch(/^HTTP\/1.1 200 /);
  });

  it('answer whoever wants a WebSocket, after a page was served, too', async () => {
    expect((await fetch(`${url}/items`)).status).toBe(200);
    expect((await fetch(`${url}/items/%ff`)).status).toBe(400);
    for (const path of ['/graphql', '/items']) {
      const asked = `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
      expect(await sendStart(url, asked)).toMatch(/^HTTP\/1.1 426 /);
    }
  });

  it('send security headers with pages as with answers', async () => {
    const [page, answer] = await Promise.all([fetch(url), fetch(`${apiUrl}/healthz`)]);
    expect(page.status).toBe(200);
    const names = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];
    for (const name of names) {
      expect(answer.headers.get(name)).not.toBeNull();
      expect(withoutNonce(page.headers.get(name))).toBe(withoutNonce(answer.headers.get(name)));
    }
    expect(page.headers.get('x-powered-by')).toBeNull();
  });

  it('say so in words when the API is gone, and stop when told', async () => {
    server.child.kill('SIGTERM');
    expect(await server.ended()).toBe(0);
    const { status, errors } = await upload(PARSE, await noise(64), 'photo.png');
    expect(status).toBe(503);
    expect(errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE', retryAfter: 5 });
    expect((await fetch(url)).status).toBe(200);
    const live = await fetch(`${url}/livez`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    front.child.kill('SIGTERM');
    expect(await front.ended()).toBe(0);
  });
});

/** Each answer has a nonce of its own. */
const withoutNonce = (header: string | null) => header?.replaceAll(/'nonce-[^']{24}'/g, 'NONCE');

/** Bytes of memory that the process has had at most. */
function peak({ child }: Started): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) * 1024;
}
