import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { MOST_AHEAD } from '../../../../server/http/one-at-a-time.ts';
import { openHttp } from '../../../../server/http/server.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function serve(answer: (path: string, response: ServerResponse) => void) {
  const begun: string[] = [];
  let handedOn = 0;
  const server = openHttp(({ url = '' }, response) => {
    begun.push(url);
    answer(url, response);
  }, 10_000);
  server.on('request', () => {
    handedOn += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  const open = async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const said: string[] = [];
    socket.on('data', (chunk) => said.push(String(chunk))).on('error', () => undefined);
    ends.push(() => socket.destroy());
    await once(socket, 'connect');
    const send = (...paths: string[]) =>
      socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
    return { socket, send, said: () => said.join('') };
  };
  return { begun, handedOn: () => handedOn, open, server };
}

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, i) => `/${name}${i}`);

it('begins a request once the one before it is answered, and answers all in their order', async () => {
  const held: ServerResponse[] = [];
  const { begun, open } = await serve((path, response) => {
    if (path === '/first') held.push(response);
    else response.end(path);
  });
  const client = await open();
  client.send('/first', ...numbered('a', 20));
  // Another connection does not wait.
  const other = await open();
  other.send('/other');
  await once(other.socket, 'data');
  expect(begun).toEqual(['/first', '/other']);
  held[0]!.end('/first');
  await expect.poll(() => client.said()).toMatch(/\/a19$/);
  expect(begun).toEqual(['/first', '/other', ...numbered('a', 20)]);
  // And the connection goes on.
  client.send('/later');
  await expect.poll(() => client.said()).toMatch(/\/later$/);
});

it('hears others between those that were sent ahead', async () => {
  const { begun, open } = await serve((path, response) => response.end(path));
  const clients = await Promise.all(Array.from({ length: 5 }, open));
  const other = await open();
  for (const [i, { send }] of clients.entries()) send(...numbered(`c${i}-`, MOST_AHEAD));
  other.send('/other');
  await once(other.socket, 'data');
  expect(begun.indexOf('/other')).toBeLessThan(MOST_AHEAD);
  await expect.poll(() => begun.length).toBe(5 * MOST_AHEAD + 1);
});

it('cuts a client off that sends very many ahead, and begins none of them afterwards', async () => {
  const { begun, handedOn, open } = await serve(
    (path, response) => void setTimeout(() => response.end(path), 5),
  );
  const client = await open();
  client.send(...numbered('a', 5000));
  // Not `once` of events: a reset of the connection is an error there.
  await new Promise((resolve) => client.socket.once('close', resolve));
  await sleep(50);
  expect(begun.length).toBeLessThan(10);
  // Node stops at once.
  expect(handedOn()).toBe(MOST_AHEAD + 2);
});

it('at a stop, half a request is ended, and one that is being answered is not', async () => {
  const answers: ServerResponse[] = [];
  const { open, server } = await serve((_, response) => void answers.push(response));
  const [half, early, whole, idle] = [await open(), await open(), await open(), await open()];
  half.socket.write('POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
  early.socket.write('POST /early HTTP/1.1\r\nHost: x\r\n');
  whole.send('/whole');
  await expect.poll(() => answers.length).toBe(2);
  const closed = once(server.close(), 'close');
  server.endArriving(100);
  await expect
    .poll(() => half.socket.destroyed && early.socket.destroyed && idle.socket.destroyed)
    .toBe(true);
  expect(half.said()).toMatch(/^HTTP\/1.1 503 .*"code":"UNAVAILABLE"/s);
  expect(whole.said()).toBe('');
  answers.at(-1)!.end('done');
  await closed;
  expect(whole.said()).toMatch(/done/);
});
