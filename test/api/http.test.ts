import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUnavailable } from '../../server/errors/unavailable.ts';
import { openStart, sendStart } from '../helpers/multipart.ts';
import { makeTestServer, STANDS_STILL, type TestServer } from '../helpers/server.ts';
import { subscribeTo } from '../helpers/subscribe.ts';

let server: TestServer;
beforeAll(async () => {
  server = await makeTestServer({
    clock: STANDS_STILL,
    environment: { SEARCHES_PER_MINUTE: '1', QUERY_COST_PER_MINUTE: '1000' },
  });
});
afterAll(() => server.close());

const post = (body: string, url = server.url) =>
  fetch(`${url}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
const codeOf = async (response: Response) => (await response.json()).errors[0].extensions.code;

describe('a refusal that passes', () => {
  it('has a status of its own and says when to come again', async () => {
    const search =
      '{ a: similarItems(to: { itemId: "x" }) { edges { cursor } } b: similarItems(to: { itemId: "x" }) { edges { cursor } } }';
    const response = await post(JSON.stringify({ query: search }));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(response)).toBe('RATE_LIMITED');
  });

  it('has them before anything was resolved, too', async () => {
    const dear = JSON.stringify({ query: '{ shop { brands } }' });
    const statuses = [];
    for (let i = 0; i < 10; i++) statuses.push(await post(dear));
    const refused = statuses.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await refused!.json()).errors[0].extensions).toMatchObject({ retryAfter: expect.any(Number) });
  });
});

describe('what no reader or page should see', () => {
  let withPages: TestServer;
  const seen: string[] = [];
  beforeAll(async () => {
    withPages = await makeTestServer({
      pages: () => (request, response) => {
        seen.push(request.url);
        response.send('a page');
      },
    });
  });
  afterAll(() => withPages.close());

  it.each([
    ['GET /items/%ff', 400],
    ['GET /photos/%ff?a=1', 400],
    ['GET /manage/imports/%', 400],
    ['OPTIONS *', 400],
    ['GET /graphql', 426, 'Connection: Upgrade\r\nUpgrade: websocket\r\n'],
    ['GET /items', 426, 'Connection: Upgrade\r\nUpgrade: h2c, WebSocket\r\n'],
  ])('is refused: %s', async (start, status, headers = '') => {
    seen.length = 0;
    const close = status === 426 ? '' : 'Connection: close\r\n';
    const answer = await sendStart(withPages.url, `${start} HTTP/1.1\r\nHost: x\r\n${headers}${close}\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('"code":');
    expect(seen).toEqual([]);
    expect(withPages.logged).toEqual([]);
  });

  it('is a body in a coding that is not read', async () => {
    const start = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const body = '18\r\n{"query":"{__typename}"}\r\n0\r\n\r\n';
    const answer = await sendStart(withPages.url, `${start}Transfer-Encoding: gzip, chunked\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('transfer coding');
  });

  it('is the host of a first line that names the whole address', async () => {
    seen.length = 0;
    const answer = await sendStart(
      withPages.url,
      'GET http://shop.example/items?x=1 HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('a page');
    expect(seen).toEqual(['/items?x=1']);
  });

  it.each(['/items/%C3%BC', '/items/100%25', '/items/a%2Fb?x=%ff'])('is not %s', async (path) => {
    expect(await (await fetch(withPages.url + path)).text()).toBe('a page');
  });

  it.each([
    ['POST /items', 'Next-Action: x\r\nContent-Length: 0'],
    [
      'POST /',
      'Next-Action: 4\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked',
    ],
    ['DELETE /items/a', ''],
  ])('is a method that no page has: %s', async (start, headers) => {
    seen.length = 0;
    const lines = `Host: x\r\nConnection: close${headers && `\r\n${headers}`}`;
    const answer = await sendStart(withPages.url, `${start} HTTP/1.1\r\n${lines}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 405 .*\r\nAllow: GET, HEAD\r\n/s);
    expect(seen).toEqual([]);
    expect(withPages.logged).toEqual([]);
  });

  it.each([
    ['/graphql', 413],
    ['/items', 405],
    ['/nowhere', 405],
  ])('is the rest of a body after its answer: %s', async (path, status) => {
    const headers = 'Host: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked';
    const { answer, send, ended } = openStart(withPages.url, `POST ${path} HTTP/1.1\r\n${headers}\r\n\r\n`);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const sending = setInterval(() => send(chunk), 20);
    await ended;
    clearInterval(sending);
    expect(answer()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(withPages.logged).toEqual([]);
  });

  it('is not an offer of HTTP/2', async () => {
    const headers =
      'Host: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n';
    expect(await sendStart(withPages.url, `GET /items HTTP/1.1\r\n${headers}\r\n`)).toContain('a page');
  });

  it.each([
    ['application/json', 2_000_000, 'BODY_TOO_LARGE'],
    ['application/json', 99_000_000_000, 'BODY_TOO_LARGE'],
    ['text/plain', 99_000_000_000, 'BODY_TOO_LARGE'],
    ['multipart/form-data; boundary=x', 99_000_000_000, 'IMAGE_TOO_LARGE'],
  ])('is a body of %s that says it has %d bytes', async (type, length, code) => {
    const headers = `Host: x\r\nContent-Type: ${type}\r\napollo-require-preflight: 1\r\nContent-Length: ${length}`;
    const answer = await sendStart(withPages.url, `POST /graphql HTTP/1.1\r\n${headers}\r\n\r\n{`);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain(code);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
  });
});

describe('a client’s mistake', () => {
  it.each(['/images/%', '/crops/%', '/imports/%/errors.csv'])('is not ours: GET %s', async (path) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(400);
    expect(server.logged).toEqual([]);
  });

  const PROGRESS = 'subscription ($id: ID!) { importProgress(id: $id) { id } }';
  it.each([
    ['no variables', PROGRESS, {}, 'BAD_USER_INPUT'],
    ['a wrong variable', PROGRESS, { id: { a: 1 } }, 'BAD_USER_INPUT'],
    [
      '@skip',
      'subscription { importProgress(id: "x") @skip(if: true) { id } }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      '@include in a fragment',
      'subscription { ...F } fragment F on Subscription { importProgress(id: "x") @include(if: false) { id } }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      '@skip on a fragment',
      'subscription { ... @skip(if: true) { importProgress(id: "x") { id } } }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('is not ours: a subscription with %s', async (_, query, variables, code) => {
    const { status, results } = await subscribeTo(server.url, query, variables);
    const { value } = await results.next();
    expect([status, value.errors[0].extensions.code]).toEqual([400, code]);
    expect(server.logged).toEqual([]);
  });

  it('is not ours: it hangs up within a body', async () => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.logged).toEqual([]);
  });
});

describe('a database that is down', () => {
  const failing = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const withDatabase = async (
    work: (url: string, logged: unknown[]) => Promise<void>,
    broken: () => Promise<never>,
  ) => {
    const down = await makeTestServer();
    const { asOwner, askAsOwner, inShop, as } = down.db;
    const { db } = down.services;
    Object.assign(db, { asOwner: broken, askAsOwner: broken, inShop: broken, as: () => db });
    try {
      await work(down.url, down.logged);
    } finally {
      Object.assign(db, { asOwner, askAsOwner, inShop, as });
      await down.close();
    }
  };

  it('is told with a code and when to come again, and logged', async () => {
    await withDatabase(
      async (url, logged) => {
        const response = await post('{"query":"{ items { totalCount } }"}', url);
        expect([response.status, Number(response.headers.get('retry-after'))]).toEqual([503, 10]);
        expect((await response.json()).errors[0].extensions).toMatchObject({
          code: 'UNAVAILABLE',
          retryAfter: 10,
        });
        expect(logged).toEqual([failing]);
        const health = await fetch(`${url}/healthz`);
        expect(health.status).toBe(503);
        expect(await health.json()).toMatchObject({ status: 'failing', failing: [{ part: 'database' }] });
      },
      () => Promise.reject(failing),
    );
  });

  it('does not keep /healthz waiting where it does not answer', async () => {
    await withDatabase(
      async (url) => {
        const all = await Promise.all([1, 2, 3].map(() => fetch(`${url}/healthz`)));
        // The embedded one has a single connection, which work may keep for a while.
        if (process.env.TEST_ENGINE === 'embedded') {
          expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
          expect(await all[0]!.json()).toMatchObject({ status: 'busy' });
          return;
        }
        expect(all.map(({ status }) => status)).toEqual([503, 503, 503]);
        expect(await all[0]!.json()).toMatchObject({
          failing: [{ part: 'database', problem: 'It does not answer.' }],
        });
      },
      () => new Promise<never>(() => undefined),
    );
  });

  it.each([
    [Object.assign(new Error('write'), { code: 'ENOSPC' }), true],
    [new Error('while storing', { cause: Object.assign(new Error('write'), { code: 'ENOSPC' }) }), true],
    [new Error('timeout exceeded when trying to connect'), true],
    [new Error('Connection terminated unexpectedly'), true],
    [new TypeError('x is undefined'), false],
    [Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }), false],
    ['text', false],
  ])('is told from our own faults: %s', (error, expected) => {
    expect(isUnavailable(error)).toBe(expected);
  });
});
