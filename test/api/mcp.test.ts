import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeShop } from '../helpers/factories.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { openStart } from '../helpers/multipart.ts';
import { drawPicture } from '../helpers/pictures.ts';
import { makeTestServer, STANDS_STILL, type TestServer, WIDGET_HOST } from '../helpers/server.ts';
import { fillShop, type ShopContents } from '../helpers/shop-contents.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOOLS = ['complete_the_look', 'get_item', 'list_categories', 'search_by_photo', 'similar_items'];

let server: TestServer;
let shop: ShopContents;
let photo: string;
const open: Client[] = [];
beforeAll(async () => {
  server = await makeTestServer({
    candidate: makeFakeCandidate(),
    clock: STANDS_STILL,
    environment: { SEARCHES_PER_MINUTE: '6', PARSES_PER_MINUTE: '10' },
  });
  shop = await fillShop(server, await makeShop(server.db), 'Own');
  // The picture that the shop's items look like.
  photo = (await drawPicture({ width: 123, height: 160 })).toString('base64');
}, 240_000);
afterAll(async () => {
  for (const client of open) await client.close();
  await server.close();
});

async function connect(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  open.push(client);
  return client;
}

const overHttp = (headers: Record<string, string> = {}) =>
  connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url), { requestInit: { headers } }));
const withKey = (key: string) => overHttp({ authorization: `Bearer ${key}` });
const overStdio = (key: string) =>
  connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['--import', 'tsx', 'server/cli/mcp.ts'],
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', ARMOIRE_URL: server.url, ARMOIRE_KEY: key },
    }),
  );

interface Result {
  isError?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into a result as deep as the tool's shape goes.
  structuredContent?: any;
  content: { type: string; text?: string; data?: string; mimeType?: string }[];
}
const call = async (client: Client, name: string, args: Record<string, unknown> = {}) =>
  (await client.callTool({ name, arguments: args })) as Result;
const refusalOf = ({ isError, content }: Result) => (isError ? JSON.parse(content[0]!.text!) : null);
const codeOf = (result: Result) => refusalOf(result)?.code;

describe.each([
  ['streamable HTTP', () => withKey(shop.key)],
  ['stdio', () => overStdio(shop.key)],
])('an agent over %s', (_, open) => {
  let client: Client;
  beforeAll(async () => {
    client = await open();
  });

  it('finds a similar item by photo and completes a look', async () => {
    expect((await client.listTools()).tools.map(({ name }) => name).sort()).toEqual(TOOLS);
    const found = await call(client, 'search_by_photo', { image: photo, first: 3 });
    const [garment] = found.structuredContent.garments;
    expect(garment.matches).toHaveLength(3);
    expect(garment.matches[0]).toMatchObject({ item: { title: 'Own title' }, score: expect.any(Number) });
    const { itemId } = garment.matches[0].item;

    const pictures = found.content.filter(({ type }) => type === 'image');
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    for (const { data, mimeType } of pictures) {
      const bytes = Buffer.from(data!, 'base64');
      expect([mimeType, (await sharp(bytes).metadata()).format]).toEqual(['image/webp', 'webp']);
      expect(bytes.length).toBeLessThanOrEqual(32 * 1024);
    }
    expect(JSON.parse(found.content[0]!.text!)).toEqual(found.structuredContent);

    const similar = await call(client, 'similar_items', { garmentId: garment.garmentId, first: 2 });
    expect(similar.structuredContent.matches).toHaveLength(2);

    const looks = await call(client, 'complete_the_look', { itemId, count: 2 });
    expect(looks.structuredContent.outfits.length).toBeGreaterThan(0);
    const pieces = looks.structuredContent.outfits[0].pieces;
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.find(({ isGiven }: { isGiven: boolean }) => isGiven).item.itemId).toBe(itemId);

    const item = await call(client, 'get_item', { itemId });
    expect(item.structuredContent).toMatchObject({ itemId, description: 'Own description' });
    const { categories, slots } = (await call(client, 'list_categories')).structuredContent;
    expect(categories.map(({ category }: { category: string }) => category)).toContain('SKIRT');
    expect(slots.map(({ name }: { name: string }) => name)).toContain('own-slot');
  });

  it('is refused with the API’s codes', async () => {
    expect(codeOf(await call(client, 'get_item', { itemId: 'nothing' }))).toBe('NOT_FOUND');
    expect(codeOf(await call(client, 'similar_items', {}))).toBe('INVALID_INPUT');
    expect(codeOf(await call(client, 'similar_items', { itemId: 'a', garmentId: 'b' }))).toBe(
      'INVALID_INPUT',
    );
    const text = Buffer.from('no picture').toString('base64');
    expect(codeOf(await call(client, 'search_by_photo', { image: text }))).toBe('NOT_AN_IMAGE');
    const inner = await call(client, 'search_by_photo', { url: 'http://127.0.0.1/photo.jpg' });
    expect(codeOf(inner)).toBe('FETCH_REFUSED');
  });
});

it('answers over standard input what a script has piped in, before it ends', async () => {
  const env = { ...process.env, ARMOIRE_URL: server.url, ARMOIRE_KEY: shop.key };
  const params = { name: 'get_item', arguments: { itemId: shop.itemId } };
  const asked = promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/cli/mcp.ts'], {
    cwd: ROOT,
    env,
  });
  asked.child.stdin!.end(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })}\n`);
  const answer = JSON.parse((await asked).stdout);
  expect(answer.result.structuredContent).toMatchObject({ itemId: shop.itemId });
});

describe('a tool', () => {
  it.each([
    ['similar_items', { itemId: 'x'.repeat(101) }],
    ['similar_items', { itemId: 'a', first: 13 }],
    ['similar_items', { itemId: 'a', words: 'x'.repeat(201) }],
    ['complete_the_look', { itemId: 'a', count: 100 }],
    ['complete_the_look', { itemId: 'a', slots: Array(9).fill('top') }],
    ['search_by_photo', { url: `https://a.example/${'x'.repeat(2000)}` }],
    ['search_by_photo', { image: 'A'.repeat(5_600_000) }],
    ['get_item', {}],
  ])('takes no more than it says: %s', async (name, args) => {
    const { isError, content } = await call(await withKey(shop.key), name, args);
    expect(isError).toBe(true);
    expect(content[0]!.text).toMatch(/-32602|Invalid arguments/);
  });
});

describe('another shop', () => {
  it('reaches nothing by the ids of this one', async () => {
    const other = await fillShop(server, await makeShop(server.db), 'Else');
    const client = await withKey(other.key);
    const asks: [string, Record<string, unknown>][] = [
      ['get_item', { itemId: shop.itemId }],
      ['similar_items', { itemId: shop.itemId }],
      ['similar_items', { garmentId: shop.garmentId }],
      ['complete_the_look', { itemId: shop.itemId }],
      ['complete_the_look', { photoId: shop.photoId }],
    ];
    for (const [name, args] of asks) {
      const result = await call(client, name, args);
      expect([name, codeOf(result)]).toEqual([name, 'NOT_FOUND']);
      expect(JSON.stringify(result)).not.toContain('Own');
    }
    const found = await call(client, 'search_by_photo', { image: photo });
    expect(JSON.stringify(found)).not.toContain('Own title');
    expect(JSON.stringify(await call(client, 'list_categories'))).not.toContain('own-slot');
  });
});

describe('keys and limits', () => {
  it('without a key, the default shop is asked', async () => {
    const client = await overHttp();
    expect((await call(client, 'list_categories')).structuredContent.categories).toEqual([]);
    expect(codeOf(await call(client, 'get_item', { itemId: shop.itemId }))).toBe('NOT_FOUND');
  });

  it('a key that is unknown is refused before a tool is', async () => {
    await expect(withKey('arm_unknown-key-of-some-length')).rejects.toThrow(/UNAUTHENTICATED/);
    await expect(overStdio('arm_unknown-key-of-some-length')).rejects.toThrow(/UNAUTHENTICATED/);
  });

  it('a publishable key works on its hosts alone', async () => {
    const authorization = `Bearer ${await server.makeKey('widget', shop.shopId)}`;
    const client = await overHttp({ authorization, origin: `https://${WIDGET_HOST}` });
    expect((await call(client, 'get_item', { itemId: shop.itemId })).structuredContent.itemId).toBe(
      shop.itemId,
    );
    await expect(overHttp({ authorization })).rejects.toThrow(/FORBIDDEN/);
    await expect(overHttp({ authorization, origin: 'https://elsewhere.example' })).rejects.toThrow(
      /FORBIDDEN/,
    );
  });

  it('calls count to the limits of the client that makes them', async () => {
    const authorization = `Bearer ${await server.makeKey('widget', shop.shopId)}`;
    const client = await overHttp({ authorization, origin: `https://${WIDGET_HOST}` });
    const results = [];
    for (let i = 0; i < 7; i++)
      results.push(await call(client, 'similar_items', { itemId: shop.itemId, first: 1 }));
    expect(results.slice(0, 6).filter(({ isError }) => isError)).toEqual([]);
    expect(refusalOf(results[6]!)).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
    });
  });
});

describe('POST /mcp', () => {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('is not held by a body that brings single bytes', async () => {
    const { answer, send, ended } = openStart(
      server.url,
      'POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n',
    );
    const dripping = setInterval(() => send('{'), 500);
    await ended;
    clearInterval(dripping);
    expect(answer()).toMatch(/^HTTP\/1.1 408 /);
    expect(answer()).toContain('UPLOAD_TOO_SLOW');
  });

  it('answers one message at a time, and keeps no session', async () => {
    const response = await post(message);
    expect([response.status, response.headers.get('mcp-session-id')]).toEqual([200, null]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await post([message, message])).status).toBe(400);
    const read = await fetch(`${server.url}/mcp`, { headers: { accept: 'text/event-stream' } });
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each([
    ['no JSON', '{', {}, 400],
    ['no message', '{}', {}, 400],
    [
      'a message of many names',
      JSON.stringify({
        ...message,
        params: Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [i, 1])),
      }),
      {},
      400,
    ],
    ['another content type', '{}', { 'content-type': 'text/plain' }, 415],
    ['a body that is too long', JSON.stringify({ filler: 'x'.repeat(6_000_000) }), {}, 413],
  ] as const)('refuses %s', async (_, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status);
  });

  it('is allowed to the pages of a publishable key, and to no others', async () => {
    const foreign = await post(message, { origin: 'https://elsewhere.example' });
    expect([foreign.status, (await foreign.json()).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
    await server.makeKey('widget', shop.shopId);
    const preflight = (origin: string) =>
      fetch(`${server.url}/mcp`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight(`https://${WIDGET_HOST}`);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
    const refused = await preflight('https://elsewhere.example');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });
});
