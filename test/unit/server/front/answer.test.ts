import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerFrom } from '../../../../server/front/answer.ts';

let api: Server;
let front: Server;
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  api = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.statusCode = 429;
    response.end(JSON.stringify({ from: request.headers['x-forwarded-for'], body: JSON.parse(body) }));
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  const answerFor = answerFrom(new URL(urlOf(api)));
  const app = express().use(async (request, response) => {
    response.json(await answerFor(request)({ query: '{ shop { id } }', variables: { a: 1 } }));
  });
  front = createServer(app).listen(0, '127.0.0.1');
  await once(front, 'listening');
});
afterAll(() => {
  api.close();
  front.close();
});

it('asks the API as a proxy of the client: its address comes last, where the API looks for it', async () => {
  const body = { query: '{ shop { id } }', variables: { a: 1 } };
  const ask = (headers: Record<string, string>) => fetch(urlOf(front), { headers }).then((r) => r.json());
  expect(await ask({})).toEqual({ status: 429, body: { from: '127.0.0.1', body } });
  expect(await ask({ 'x-forwarded-for': '192.0.2.9' })).toEqual({
    status: 429,
    body: { from: '192.0.2.9, 127.0.0.1', body },
  });
});
