import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { proxyTo } from '../../../../server/front/proxy.ts';
import { nameRequest } from '../../../../server/http/request-id.ts';

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
