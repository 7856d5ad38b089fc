import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../server/catalogue/fetch/address.ts';
import { openFetcher } from '../../server/catalogue/fetch/fetcher.ts';
import { LIMITS } from '../../server/catalogue/limits.ts';

describe('a public address', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
    '%s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the fetcher', () => {
  let answer: RequestListener;
  let asked = 0;
  let server: Server;
  let host: string;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    asked = 0;
    for (const fetcher of open.splice(0)) await fetcher.close();
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  function fetcher(allowHosts: string[] = []) {
    const made = openFetcher({ allowHosts });
    open.push(made);
    return made;
  }

  it('gives the bytes of an allowed host', async () => {
    answer = (_, response) => response.end('bytes');
    expect(String(await fetcher([host]).fetch(`http://${host}/a.png`))).toBe('bytes');
  });

  it.each([
    'http://127.0.0.1/a.png',
    'http://2130706433/a.png',
    'http://0x7f.1/a.png',
    'http://[::1]/a.png',
    'http://[::ffff:127.0.0.1]/a.png',
    'http://0.0.0.0/a.png',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/a.png',
    'http://8.8.8.8:8080/a.png',
    'http://user:word@8.8.8.8/a.png',
    'ftp://8.8.8.8/a.png',
  ])('refuses %s', async (url) => {
    await expect(fetcher().fetch(url)).rejects.toMatchObject({ code: 'FETCH_REFUSED', transient: false });
  });

  it('never connects to what it refuses', async () => {
    answer = (_, response) => response.end('secret');
    await expect(fetcher().fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'FETCH_REFUSED' });
    expect(asked).toBe(0);
  });

  it('refuses a redirect to an inner address', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1/secret' }).end();
    await expect(fetcher([host]).fetch(`http://${host}/a.png`)).rejects.toMatchObject({
      code: 'FETCH_REFUSED',
    });
    expect(asked).toBe(1);
  });

  it('follows three redirects and no fourth', async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(301, { location: `/${left - 1}` }).end();
    };
    expect(String(await fetcher([host]).fetch(`http://${host}/3`))).toBe('there');
    await expect(fetcher([host]).fetch(`http://${host}/4`)).rejects.toMatchObject({ code: 'FETCH_FAILED' });
  });

  it('stops at 20 MB, announced or not', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': LIMITS.imageBytes + 1 }).write('x');
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    answer = (_, response) => {
      const piece = Buffer.alloc(1024 * 1024);
      for (let i = 0; i < 21; i++) response.write(piece);
      response.end();
    };
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it.each([
    [404, false],
    [403, false],
    [429, true],
    [503, true],
  ])('tells status %i: worth another try is %s', async (status, transient) => {
    answer = (_, response) => response.writeHead(status).end('no');
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      transient,
    });
  });

  it('tries again what broke off', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      response.destroy();
    };
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      transient: true,
    });
  });
});
