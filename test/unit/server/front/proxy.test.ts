import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { proxyTo } from '../../../../server/front/proxy.ts';

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
