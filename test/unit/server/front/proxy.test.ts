import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { proxyTo } from '../../../../server/front/proxy.ts';
import { endUnread } from '../../../../server/http/refusals.ts';
import { nameRequest } from '../../../../server/http/request-id.ts';
import { openHttp } from '../../../../server/http/server.ts';

let frozen: Server;
let front: Server;
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  frozen = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(frozen, 'listening');
  front = createServer(express().use(proxyTo(new URL(urlOf(frozen)), 20).handle)).listen(0, '127.0.0.1');
  await once(front, 'listening');
});
afterAll(() => {
  front.close();
  frozen.closeAllConnections();
  frozen.close();
});

it('does not wait for the health of an API that has stopped', async () => {
  const response = await fetch(`${urlOf(front)}/healthz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
});

it.each([0, 1])(
  "takes a request's id from a proxy before it, and from nobody else: %i proxies",
  async (proxies) => {
    const api = createServer(({ headers }, response) => response.end(headers['x-request-id']));
    await once(api.listen(0, '127.0.0.1'), 'listening');
    const app = express().set('trust proxy', proxies);
    app.use(nameRequest, proxyTo(new URL(urlOf(api))).handle);
    const own = createServer(app).listen(0, '127.0.0.1');
    await once(own, 'listening');
    const response = await fetch(urlOf(own), { headers: { 'x-request-id': 'mine' } });
    const handedOn = await response.text();
    if (proxies > 0) expect(handedOn).toBe('mine');
    else expect(handedOn).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-request-id')).toBe(handedOn);
    for (const server of [own, api]) server.close();
  },
);

async function serve(handler: express.Handler): Promise<Server> {
  const server = openHttp(express().use(handler), 10_000).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The status of each of four uploads of 3 MB on one connection after another, or on a connection each. */
function upload(url: string, keepAlive: boolean): Promise<(number | undefined)[]> {
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  const statuses = Array.from({ length: 4 }, async () => {
    const sent = request(url, { agent, method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
    sent.end(Buffer.alloc(3_000_000));
    const [answer] = await once(sent, 'response');
    answer.resume();
    return answer.statusCode;
  });
  return Promise.all(statuses).finally(() => agent.destroy());
}

it.each([true, false])(
  'answers uploads to an API that is away, and what follows them: kept connections %s',
  async (keepAlive) => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const url = urlOf(gone);
    await new Promise((resolve) => gone.close(resolve));
    const own = await serve(proxyTo(new URL(url)).handle);
    expect(await upload(urlOf(own), keepAlive)).toEqual([503, 503, 503, 503]);
    own.close();
  },
);

it.each([true, false])(
  'hands on an answer that comes before all of an upload: kept connections %s',
  async (keepAlive) => {
    const api = await serve((request, response) =>
      endUnread(request, response, () => void response.status(429).json({})),
    );
    const own = await serve(proxyTo(new URL(urlOf(api))).handle);
    expect(await upload(urlOf(own), keepAlive)).toEqual([429, 429, 429, 429]);
    for (const server of [own, api]) server.close();
  },
);
